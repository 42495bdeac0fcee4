import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agreed,
  asked,
  createOffice,
  summarised,
  twinOf,
  WHO_I_AM,
  type Chat,
  type Office,
} from '../support/conversation.js';

let office: Office;
const at: { menu?: Chat; question?: Chat; summary?: Chat } = {};
beforeAll(async () => {
  office = await createOffice();
  at.menu = await agreed(office.chat());
  at.question = await asked(office.chat());
  at.summary = await summarised(office.chat());
});
afterAll(async () => office.close());

async function person(place: keyof typeof at): Promise<Chat> {
  return twinOf(office, at[place] ?? expect.fail('prepared'));
}

/** At the question for the e-mail address. */
async function atEmail(): Promise<Chat> {
  const chat = await person('menu');
  await chat.says('1', 'Sari Contoh', 'Kepala Bidang', 'BPKAD Kabupaten Gowa');
  chat.expectReply(/alamat e-mail mana/);
  return chat;
}

describe('words that work at every prompt', () => {
  const prompts: [string, () => Promise<Chat>][] = [
    ['the e-mail', atEmail],
    [
      'the name',
      async () => {
        const chat = await person('menu');
        await chat.says('1');
        return chat;
      },
    ],
    [
      'the topic',
      async () => {
        const chat = await person('menu');
        await chat.says('1', WHO_I_AM);
        return chat;
      },
    ],
    ['the question', async () => person('question')],
    [
      'a question begun',
      async () => {
        const chat = await person('question');
        await chat.says('Kapan disalurkan?');
        return chat;
      },
    ],
    ['the summary', async () => person('summary')],
    [
      'the choice of what to change',
      async () => {
        const chat = await person('summary');
        await chat.says('ubah data');
        return chat;
      },
    ],
  ];

  it.each(prompts)('at %s: bantuan explains and the question is asked again', async (_where, lead) => {
    const chat = await lead();
    await chat.says('bantuan');
    expect(chat.replies[0]).toMatch(/Kapan saja Bapak\/Ibu dapat mengetik/);
    expect(chat.replies.length).toBeGreaterThan(1);
  });

  it.each(prompts)('at %s: batal drops it, says so and shows the menu', async (_where, lead) => {
    const chat = await lead();
    await chat.says('batal');
    chat.expectReply(/dibatalkan\. Tidak ada yang dikirim/, /Ada yang dapat saya bantu/);
    expect(await chat.tickets()).toEqual([]);
  });

  it.each(prompts)('at %s: menu shows the menu', async (_where, lead) => {
    const chat = await lead();
    await chat.says('menu');
    expect(chat.replies).toEqual([expect.stringMatching(/Ada yang dapat saya bantu/)]);
  });

  it.each(prompts)('at %s: petugas asks for a person, and kembali goes on', async (_where, lead) => {
    const chat = await lead();
    await chat.says('petugas');
    chat.expectReply(/petugas akan membalas di percakapan ini\. Nomor tiket: \*DJPK-/);
    await chat.says('kembali');
    chat.expectReply(/tetap ada di antrean/);
    expect(chat.replies.length).toBeGreaterThan(1);
  });

  it.each(prompts)('at %s: kembali is never met with silence', async (_where, lead) => {
    const chat = await lead();
    await chat.says('kembali');
    expect(chat.replies.length).toBeGreaterThan(0);
    await chat.says('kembali', 'kembali', 'kembali', 'kembali', 'kembali', 'kembali', 'kembali');
    expect(chat.replies.length).toBeGreaterThan(0);
  });

  it.each(prompts.slice(0, 3))(
    'at %s: a greeting or thanks is not taken for an answer',
    async (_where, lead) => {
      const chat = await lead();
      await chat.says('halo');
      expect(chat.replies.join('\n')).not.toMatch(/belum/);
      expect(chat.replies).toHaveLength(1);
    },
  );

  it('kembali goes to the question before and keeps what was said', async () => {
    const chat = await atEmail();
    await chat.says('kembali', 'Kota Makassar');
    chat.expectReply(/e-mail/);
    await chat.says(
      'sari@contoh.go.id',
      '0812 3456 7890',
      'DAK Fisik',
      'Kapan tahap satu disalurkan?',
      'selesai',
    );
    chat.expectReply(/Nama: Sari Contoh/, /Daerah: Kota Makassar/);
  });
});
