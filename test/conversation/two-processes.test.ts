import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { recoverInbox, wakeConversations } from '../../src/conversation/sweep.js';
import { agreed, asked, createOffice, type Office } from '../support/conversation.js';
import { recordingDialogs, saidIn } from './recording-dialog.js';

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

describe('two processes on one database', () => {
  it('open one conversation when both meet the same new person', async () => {
    const other = office.anotherEngine();
    const chats = Array.from({ length: 10 }, () => office.chat());
    await Promise.all(
      chats.flatMap((chat) =>
        [office.engine, other].map(async (engine) =>
          receiveMessage(engine, chat.message({ kind: 'text', text: 'halo' })),
        ),
      ),
    );
    await office.engine.queue.idle();
    await other.queue.idle();
    const addresses = chats.map(({ address }) => address);
    const opened = await office.services.models.conversations.countDocuments({ address: { $in: addresses } });
    expect(opened).toBe(chats.length);
  });

  it('handed the same messages take each turn once and send each answer once', async () => {
    const dialogs = recordingDialogs();
    const [one, two] = [office.anotherEngine({ dialogs }), office.anotherEngine({ dialogs })];
    const chat = office.chat();
    const texts = Array.from({ length: 8 }, (_, index) => `Pesan ${index + 1}`);
    for (const text of texts) {
      const message = chat.message({ kind: 'text', text });
      await Promise.all([one, two].map(async (engine) => receiveMessage(engine, message)));
      await Promise.all([one.queue.idle(), two.queue.idle()]);
    }
    expect(saidIn((await chat.conversation()).stack)).toEqual(texts);
    expect(office.webChat.textsTo(chat.address)).toEqual(texts.map((text, index) => `${index + 1}: ${text}`));
  });

  it('with different messages of one person answer every one exactly once', async () => {
    const dialogs = recordingDialogs();
    const engines = [office.anotherEngine({ dialogs }), office.anotherEngine({ dialogs })];
    const chat = office.chat();
    const texts = Array.from({ length: 12 }, (_, index) => `Pesan ${index + 1}`);
    await Promise.all(
      texts.map(async (text, index) => {
        const engine = engines[index % 2] ?? expect.fail('an engine');
        await receiveMessage(engine, chat.message({ kind: 'text', text }));
      }),
    );
    for (const engine of engines) await engine.queue.idle();
    for (let sweep = 0; sweep < 3; sweep += 1) {
      office.clock.advance(11_000);
      for (const engine of engines) {
        await recoverInbox(engine, office.clock.now());
        await engine.queue.idle();
      }
    }
    const said = saidIn((await chat.conversation()).stack);
    expect(said.toSorted()).toEqual(texts.toSorted());
    const answers = office.webChat.textsTo(chat.address).map((text) => text.replace(/^\d+: /u, ''));
    expect(answers).toEqual(said);
  });

  it('wake a conversation once', async () => {
    const chat = await asked(office.chat());
    await chat.says('Kapan DAU disalurkan?');
    const other = office.anotherEngine();
    const before = office.webChat.textsTo(chat.address).length;
    office.clock.advance(91_000);
    const now = office.clock.now();
    await Promise.all([wakeConversations(office.engine, now), wakeConversations(other, now)]);
    await Promise.all([office.engine.queue.idle(), other.queue.idle()]);
    const told = office.webChat.textsTo(chat.address).slice(before);
    expect(told.filter((text) => text.includes('Mohon diperiksa'))).toHaveLength(1);
  });
});

describe('a lease of a process that died', () => {
  it('holds a message up for half a minute, then another process takes it', async () => {
    const chat = await agreed(office.chat());
    const { _id } = await chat.conversation();
    const leaseUntil = new Date(office.clock.now().getTime() + 40_000);
    await office.services.models.conversations.updateOne({ _id }, { leaseOwner: 'dead', leaseUntil });
    await chat.says('status tiket', 'jam layanan?');
    chat.expectSilence();
    await chat.time(40);
    chat.expectReply(/Belum ada tiket[^]*Jam layanan/);
  });
});
