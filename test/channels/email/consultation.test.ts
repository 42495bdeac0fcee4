import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmailWorld, type EmailWorld } from './email-world.js';

describe('try', () => {
  let world: EmailWorld;
  beforeEach(async () => {
    world = await createEmailWorld();
  });
  afterEach(() => world.close());
  it('x', async () => {
    const show = (mails: any[]) => {
      for (const m of mails)
        console.log(
          `#### ${m.subject} | to ${m.to.text} | irt ${m.inReplyTo} | ${m.headers.get('auto-submitted')}\n${m.text}`,
        );
    };
    let sent = await world.writes({
      id: '<m1@contoh.go.id>',
      subject: 'Pertanyaan penyaluran DAK Fisik',
      text: 'Yth. DJPK,\n\nKapan DAK Fisik tahap I tahun 2026 disalurkan ke daerah kami?\n\nTerima kasih.',
    });
    show(sent);
    sent = await world.writes({
      references: ['<m1@contoh.go.id>', sent[0]!.messageId!],
      subject: `Re: ${sent[0]!.subject}`,
      text: 'Setuju\nNama: Sari Contoh\nJabatan: Kepala Bidang Anggaran\nInstansi: BPKAD Kabupaten Gowa\n\nPada Sen, 2 Mar 2026 pukul 10.00 Contact Center DJPK <kantor@dering.example> menulis:\n\n> Yth. Bapak/Ibu\n> apakah setuju?',
    });
    show(sent);
    sent = await world.writes({
      references: [sent[0]!.messageId!],
      subject: `Re: ${sent[0]!.subject}`,
      text: '1\n\nSalam,\nSari',
    });
    show(sent);
    show(await world.time(100));
    show(
      await world.writes({
        references: [sent[0]!.messageId!],
        subject: `Re: ${sent[0]!.subject}`,
        text: 'Tambahan: kami sudah mengunggah laporan realisasi tahun lalu.',
      }),
    );
    const notes = await world.services.models.messages.find({ direction: 'note' }).lean();
    console.log(notes.map((n: any) => n.content.text).join('\n=====\n'));
  });
});
