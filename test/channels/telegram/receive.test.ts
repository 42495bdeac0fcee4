import { afterEach, describe, expect, it } from 'vitest';
import { createFakeOffice } from '../web-chat/fake-office.js';
import { nextUpdate, SARI_ID } from '../../support/telegram-server/person.js';
import { startBot, type TestBot } from './bot.js';

let bot: TestBot;
afterEach(() => bot.close());

const MENU = { id: 950, keyboard: [[{ text: 'Konsultasi', callback_data: 'menu:consult' }]] };
const contents = (): unknown[] => bot.inbox.received.map(({ content }) => content);
const idle = async (): Promise<void> => {
  await bot.telegram.stop();
};

describe('a press', () => {
  it('is answered at once, and the keyboard shrinks to what was picked', async () => {
    bot = await startBot();
    await bot.telegram.send({
      ...{ id: 'M1', conversationId: 'C1', address: String(SARI_ID), author: { kind: 'bot' } },
      content: { kind: 'text', text: 'Pilih:', choices: [{ id: 'menu:consult', title: 'Konsultasi' }] },
    });
    expect(await bot.server.push(bot.person.press('Konsultasi'))).toBe(200);
    await idle();
    expect(contents()).toEqual([{ kind: 'choice', choice: 'menu:consult', text: 'Konsultasi' }]);
    expect(bot.server.callsOf('answerCallbackQuery')).toEqual([
      { callback_query_id: expect.any(String) as string },
    ]);
    expect(bot.person.seen()[0]?.keyboard).toEqual([[{ text: '✓ Konsultasi', callback_data: '~picked' }]]);
  });

  it('counts once, however often and wherever the keyboard is tapped', async () => {
    bot = await startBot();
    await Promise.all(
      ['menu:consult', 'menu:consult', 'menu:status'].map((data) =>
        bot.server.push(bot.person.pressOf(data, MENU)),
      ),
    );
    await idle();
    expect(contents()).toEqual([{ kind: 'choice', choice: 'menu:consult', text: 'Konsultasi' }]);
    const answers = bot.server.callsOf('answerCallbackQuery').map(({ text }) => text);
    expect(answers.filter((text) => text === undefined)).toHaveLength(1);
  });

  it('on a stale button is answered with a sentence and answers no open question', async () => {
    bot = await startBot({ ports: { isOffered: () => Promise.resolve(false) } });
    expect(await bot.server.push(bot.person.pressOf('consent:yes', MENU))).toBe(200);
    expect(await bot.server.push(bot.person.pressOf('consent:yes', undefined))).toBe(200);
    await idle();
    expect(contents()).toEqual([]);
    for (const { text } of bot.server.callsOf('answerCallbackQuery')) expect(text).toMatch(/tidak berlaku/);
    expect(bot.server.callsOf('answerCallbackQuery')).toHaveLength(2);
  });

  it('on what was picked already is answered, too', async () => {
    bot = await startBot();
    await bot.server.push(bot.person.pressOf('~picked', MENU));
    await idle();
    expect(contents()).toEqual([]);
    expect(bot.server.callsOf('answerCallbackQuery')).toHaveLength(1);
  });

  it('counts though its answer fails', async () => {
    bot = await startBot({ before: (server) => server.fails('answerCallbackQuery', { code: 400 }) });
    bot.server.fails('editMessageReplyMarkup', 'drop');
    expect(await bot.server.push(bot.person.pressOf('menu:consult', MENU))).toBe(200);
    await idle();
    expect(contents()).toHaveLength(1);
  });
});

describe('a file', () => {
  it('is fetched with its caption', async () => {
    bot = await startBot();
    await bot.server.push(
      bot.person.document('surat.pdf', Buffer.from('%PDF-1.4 a'), { caption: 'Surat kami' }),
    );
    expect(contents()).toEqual([
      expect.objectContaining({ kind: 'file', name: 'surat.pdf', size: 10, caption: 'Surat kami' }),
    ]);
  });

  it('over the limit is refused without being fetched', async () => {
    bot = await startBot();
    const document = { file_id: 'x', file_name: 'besar.pdf', file_size: 21 * 1024 * 1024 };
    await bot.server.push(bot.person.message({ document }));
    expect(contents()).toEqual([{ kind: 'refused-file', name: 'besar.pdf', reason: 'too-large' }]);
    expect(bot.server.callsOf('getFile')).toEqual([]);
  });

  it('that lies about its size is cut off at the limit', async () => {
    bot = await startBot();
    const file_id = bot.server.addFile(Buffer.alloc(1_100_000, '%PDF'));
    await bot.server.push(
      bot.person.message({ document: { file_id, file_name: 'kecil.pdf', file_size: 10 } }),
    );
    expect(contents()).toEqual([{ kind: 'refused-file', name: 'kecil.pdf', reason: 'too-large' }]);
  });

  it('that Telegram finds too big is refused as such', async () => {
    bot = await startBot();
    bot.server.fails('getFile', { code: 400, description: 'Bad Request: file is too big' });
    await bot.server.push(bot.person.document('a.pdf', Buffer.from('%PDF')));
    expect(contents()).toEqual([{ kind: 'refused-file', name: 'a.pdf', reason: 'too-large' }]);
  });

  it.each(['getFile', 'file'])('is fetched again when the connection breaks (%s)', async (method) => {
    bot = await startBot();
    bot.server.fails(method, 'drop');
    const answer = bot.server.push(bot.person.document('a.pdf', Buffer.from('%PDF')));
    await bot.until(() => bot.waits.open.includes(500));
    bot.waits.end();
    expect(await answer).toBe(200);
    expect(contents()).toMatchObject([{ kind: 'file', name: 'a.pdf' }]);
  });

  it('that cannot be fetched holds nobody up: it is recorded as unreadable', async () => {
    bot = await startBot();
    bot.server.fails('file', 'drop', { code: 502 }, 'drop');
    const answer = bot.server.push(bot.person.document('a.pdf', Buffer.from('%PDF')));
    for (const pause of [500, 2_000]) {
      await bot.until(() => bot.waits.open.includes(pause));
      bot.waits.end();
    }
    expect(await answer).toBe(200);
    expect(contents()).toEqual([{ kind: 'refused-file', name: 'a.pdf', reason: 'unreadable' }]);
  });

  it('whose path leads elsewhere is not followed', async () => {
    bot = await startBot();
    const { files } = bot.server.state;
    files.set('../../../bot/getMe', Buffer.from('%PDF'));
    const document = { file_id: '../../../bot/getMe', file_name: 'a.pdf', file_size: 4 };
    await bot.server.push(bot.person.message({ document }));
    expect(contents()).toEqual([{ kind: 'refused-file', name: 'a.pdf', reason: 'unreadable' }]);
    expect(bot.server.callsOf('file')).toEqual([]);
  });

  it('that the office cannot store is not acknowledged', async () => {
    const office = createFakeOffice();
    let full = true;
    bot = await startBot({
      ports: {
        storeFile: ({ stream, name, now }) =>
          full
            ? Promise.reject(new Error('the disk is full'))
            : office.ports.storeFile({
                ...{ stream, name, now },
                conversationKey: { channel: 'web-chat', account: 'web', address: 'a' },
              }),
      },
    });
    const update = bot.person.document('a.pdf', Buffer.from('%PDF'));
    expect(await bot.server.push(update)).toBe(503);
    full = false;
    expect(await bot.server.push(update)).toBe(200);
    expect(contents()).toMatchObject([{ kind: 'file', name: 'a.pdf' }]);
  });
});

describe('a group', () => {
  const GROUP = -1001234567890;
  const group = (fields: object = {}): ReturnType<typeof nextUpdate> =>
    nextUpdate({
      message: {
        ...{ message_id: 7, date: 1_772_413_200, chat: { id: GROUP, type: 'supergroup' } },
        ...{ from: { id: SARI_ID, first_name: 'Sari' }, text: 'Halo bot', ...fields },
      },
    });
  const member = (status: string, chatId = GROUP): ReturnType<typeof nextUpdate> =>
    nextUpdate({ my_chat_member: { chat: { id: chatId, type: 'supergroup' }, new_chat_member: { status } } });

  it('is told one kind sentence and left, however much is written there', async () => {
    bot = await startBot();
    for (const update of [member('member'), group(), group(), group()]) await bot.server.push(update);
    await idle();
    expect(bot.server.sentTo(GROUP).map(({ text }) => text)).toEqual([
      expect.stringMatching(/percakapan pribadi/),
    ]);
    expect(bot.server.callsOf('leaveChat')).toEqual([{ chat_id: GROUP }]);
    expect(contents()).toEqual([]);
  });

  it('is left in silence where the bot may not write, and told again when it invites again', async () => {
    bot = await startBot();
    bot.server.fails('sendMessage', { code: 403, description: 'Forbidden: bot was kicked' });
    await bot.server.push(member('member'));
    await bot.server.until(() => bot.server.callsOf('leaveChat').length === 1);
    await bot.server.push(member('kicked'));
    await bot.server.push(member('member'));
    await idle();
    expect(bot.server.sentTo(GROUP)).toHaveLength(1);
  });

  it('that became a supergroup is told and left under its new id', async () => {
    bot = await startBot();
    const parameters = { migrate_to_chat_id: -1009 };
    bot.server.fails('sendMessage', {
      code: 400,
      description: 'Bad Request: group chat was upgraded',
      parameters,
    });
    await bot.server.push(member('member'));
    await idle();
    expect(bot.server.sentTo(-1009)).toHaveLength(1);
    expect(bot.server.callsOf('leaveChat')).toEqual([{ chat_id: -1009 }]);
  });
});

describe('a user', () => {
  it('who blocks the bot is noted as unreachable, and as reachable when they let it in again', async () => {
    bot = await startBot();
    await bot.server.push(bot.person.membership('kicked'));
    expect(bot.reachable.get(String(SARI_ID))).toBe(false);
    await bot.server.push(bot.person.membership('member'));
    expect(bot.reachable.get(String(SARI_ID))).toBe(true);
  });

  it('finds the words that work anywhere in the menu of Telegram, in both languages', async () => {
    bot = await startBot();
    const [id, en] = bot.server.callsOf('setMyCommands');
    expect(id).toMatchObject({
      commands: expect.arrayContaining([
        { command: 'petugas', description: 'Bicara dengan petugas' },
      ]) as object,
    });
    expect(en).toMatchObject({ language_code: 'en' });
  });
});
