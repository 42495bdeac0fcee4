import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STACK_VERSION } from '../../src/conversation/dialog-stack.js';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { recoverInbox, wakeConversations } from '../../src/conversation/sweep.js';
import { agreed, asked, createOffice, twinOf, type Chat, type Office } from '../support/conversation.js';
import { recordingDialogs, saidIn } from './recording-dialog.js';

let office: Office;
let ready: Chat;
beforeAll(async () => {
  office = await createOffice();
  ready = await agreed(office.chat());
});
afterAll(async () => office.close());

describe('a turn that fails', () => {
  it('every time ends after three tries in an apology, and the conversation is usable again', async () => {
    const engine = office.anotherEngine({
      dialogs: recordingDialogs((_turn, text) => {
        if (text === 'rusak') throw new Error('a fault in a dialog');
      }),
    });
    const chat = office.chat();
    await receiveMessage(engine, chat.message({ kind: 'text', text: 'rusak' }));
    await engine.queue.idle();
    for (let sweep = 0; sweep < 3; sweep += 1) {
      expect(office.webChat.textsTo(chat.address)).toEqual([]);
      office.clock.advance(11_000);
      await recoverInbox(engine, office.clock.now());
      await engine.queue.idle();
    }
    expect(office.webChat.textsTo(chat.address)).toEqual([expect.stringMatching(/Mohon maaf, ada gangguan/)]);
    await receiveMessage(engine, chat.message({ kind: 'text', text: 'halo' }));
    await engine.queue.idle();
    expect(office.webChat.textsTo(chat.address).at(-1)).toBe('1: halo');
  });

  it('once is taken up by the sweep, and later messages wait behind it', async () => {
    let faults = 1;
    const engine = office.anotherEngine({
      dialogs: recordingDialogs((_turn, text) => {
        if (text === 'satu' && faults-- > 0) throw new Error('the database is away');
      }),
    });
    const chat = office.chat();
    for (const text of ['satu', 'dua', 'tiga']) {
      await receiveMessage(engine, chat.message({ kind: 'text', text }));
      await engine.queue.idle();
    }
    expect(office.webChat.textsTo(chat.address)).toEqual([]);
    office.clock.advance(11_000);
    await recoverInbox(engine, office.clock.now());
    await engine.queue.idle();
    expect(saidIn((await chat.conversation()).stack)).toEqual(['satu', 'dua', 'tiga']);
    await receiveMessage(engine, chat.message({ kind: 'text', text: 'empat' }));
    await engine.queue.idle();
    expect(office.webChat.textsTo(chat.address).at(-1)).toBe('4: empat');
  });

  it('on waking does not wake for ever', async () => {
    const chat = await twinOf(office, ready);
    const { _id } = await chat.conversation();
    await office.services.models.conversations.updateOne({ _id }, { $set: { wakeAt: office.clock.now() } });
    const engine = office.anotherEngine({
      dialogs: recordingDialogs(() => {
        throw new Error('a fault in a dialog');
      }),
    });
    for (let sweep = 0; sweep < 4; sweep += 1) {
      await wakeConversations(engine, office.clock.now());
      await engine.queue.idle();
    }
    expect((await chat.conversation()).wakeAt).toBeNull();
  });
});

describe('a message that was held up on the way', () => {
  it('from yesterday is answered, with an apology for the interruption', async () => {
    const chat = await twinOf(office, ready);
    await office.time(24 * 3600);
    const sentAt = new Date(office.clock.now().getTime() - 20 * 3_600_000);
    await chat.sends({ kind: 'text', text: 'status tiket' }, { sentAt });
    chat.expectReply(/sambungan kami sempat terputus/, /Belum ada tiket/);
  });

  it('among several is apologised for once', async () => {
    const chat = await twinOf(office, ready);
    await office.time(3600);
    const sentAt = new Date(office.clock.now().getTime() - 3_000_000);
    const before = office.webChat.textsTo(chat.address).length;
    for (const text of ['status tiket', 'jam layanan?', 'menu'])
      await chat.sends({ kind: 'text', text }, { sentAt });
    const told = office.webChat.textsTo(chat.address).slice(before);
    expect(told.filter((text) => text.includes('terputus'))).toHaveLength(1);
  });
});

describe('a conversation stored by another version', () => {
  it.each([STACK_VERSION - 1, STACK_VERSION + 1])('(%i) starts again politely', async (stackVersion) => {
    const chat = await twinOf(office, await asked(office.chat()));
    const { _id } = await chat.conversation();
    const stack = [{ dialog: 'gone', state: { shape: 'unknown' } }];
    await office.services.models.conversations.updateOne({ _id }, { $set: { stackVersion, stack } });
    await chat.says('1');
    chat.expectReply(/baru saja diperbarui/, /Ada yang dapat saya bantu/);
    await chat.says('1');
    chat.expectReply(/nama lengkap|Apakah masih benar/);
  });
});

describe('the state of a conversation', () => {
  it('stays small: a question takes 100 parts and 20,000 characters, and the rest is refused with a way out', async () => {
    const chat = await asked(office.chat());
    for (let index = 0; index < 4; index += 1) await chat.says('a'.repeat(6000));
    chat.expectReply(/sudah sangat panjang.*berkas/);
    const size = JSON.stringify((await chat.conversation()).stack).length;
    expect(size).toBeLessThan(30_000);
    await chat.says('selesai', '1');
    expect((await chat.ticket()).question.length).toBeLessThanOrEqual(20_000);
  });

  it('stays small before there is a question: what is written at the menu is bounded as well', async () => {
    const chat = await twinOf(office, ready);
    for (let index = 0; index < 6; index += 1) await chat.says(`Mengapa ${'panjang sekali '.repeat(400)}?`);
    const size = JSON.stringify((await chat.conversation()).stack).length;
    expect(size).toBeLessThan(30_000);
  });

  it('a text longer than a message can keep is cut, and the user is told', async () => {
    const chat = await asked(office.chat());
    await chat.says('b'.repeat(25_000));
    chat.expectReply(/20\.000/);
  });
});
