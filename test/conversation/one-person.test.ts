import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undoMerge } from '../../src/services/contacts/undo-merge.js';
import { agreed, createOffice, submitted, type Chat, type Office } from '../support/conversation.js';

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

const PHONE = '+6281234567890';
const onWhatsApp = (address: string) =>
  office.chat({ channel: 'whatsapp', address, known: { phone: PHONE } });

/** From "halo" to the ticket number; the platform has told the telephone number. */
async function consults(chat: Chat): Promise<void> {
  await agreed(chat);
  await chat.says('1', 'Sari Contoh', 'Kepala Bidang Anggaran', 'BPKAD Kabupaten Gowa', 'sari@contoh.go.id');
  await chat.presses('topic:dak-fisik');
  await chat.says('Kapan disalurkan?', 'selesai');
  await chat.presses('send');
}

const offered = (chat: Chat) => chat.choices.map(({ title }) => title).join();

describe('one person, many addresses', () => {
  it('is greeted as known, is not asked for consent again and finds their ticket, where the platform vouches for the same number', async () => {
    const first = onWhatsApp('81@lid');
    await consults(first);
    const { number } = await first.ticket();

    const second = onWhatsApp('6281234567890@s.whatsapp.net');
    await second.says('status tiket');
    second.expectReply(number);
    expect(second.replies.join()).not.toMatch(/UU 27|persetujuan/i);
    expect((await second.conversation()).contactId).toBe((await first.conversation()).contactId);
  });

  it("does not let anybody in who only writes somebody else's number", async () => {
    const owner = onWhatsApp('82@lid');
    await consults(owner);
    const { number } = await owner.ticket();

    const stranger = await submitted(office.chat());
    await stranger.says(`status ${number}`);
    expect(stranger.replies.join()).not.toMatch('Kapan disalurkan');
    expect((await stranger.conversation()).contactId).not.toBe((await owner.conversation()).contactId);
  });

  it('joins two histories when a platform vouches only later, and staff can take them apart', async () => {
    const web = await submitted(office.chat({ channel: 'whatsapp', address: 'unvouched' }));
    const phone = onWhatsApp('83@lid');
    await consults(phone);
    const later = office.chat({ channel: 'whatsapp', address: 'unvouched', known: { phone: PHONE } });
    await later.says('status tiket');
    expect(offered(later)).toContain((await phone.ticket()).number);
    expect(offered(later)).toContain((await web.ticket()).number);

    const merge = await office.services.models.contactMerges.findOne().lean();
    expect(merge).toMatchObject({ reason: 'verified', byName: null });
    const actor = await office.agent('sari');
    await undoMerge(office.services, { mergeId: merge!._id, actor, now: office.clock.now() });
    await later.says('menu', 'status tiket');
    expect(later.replies.join()).not.toMatch((await phone.ticket()).number);
    later.expectReply((await web.ticket()).number);
  });
});
