import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChannelError } from '../../../src/conversation/channel.js';
import type {
  AdaptiveCard,
  CardAction,
  CardAnswer,
  PostedCard,
  ThreadReply,
  UnitChannel,
} from '../../../src/conversation/unit-board.js';
import { TENANT_ID, type Json } from '../../support/teams-server/index.js';
import { BUDI, CHANNEL, SARI, TEAM, wordsOf } from '../../support/teams-server/person.js';
import { startBot, type TestBot } from './bot.js';

let bot: TestBot;
let actions: CardAction[];
let replies: ThreadReply[];
let answer: (action: CardAction) => Promise<CardAnswer>;

const cardOf = (text: string): AdaptiveCard => ({
  ...{ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
  actions: [{ type: 'Action.Execute', title: 'Ambil', data: { v: 1, kind: 'escalation', id: 'E1' } }],
});
const CLAIM = { v: 1, kind: 'escalation', id: 'E1', version: 3, action: 'claim' };

beforeEach(async () => {
  bot = await startBot();
  [actions, replies] = [[], []];
  answer = () => Promise.resolve({ kind: 'card', card: cardOf('Diambil Budi') });
  const userPrincipalName = 'budi@contoh.go.id';
  const member = {
    id: BUDI.userId,
    aadObjectId: BUDI.aadObjectId,
    name: 'Budi Contoh',
    email: userPrincipalName,
  };
  bot.server.members.set(BUDI.userId, { ...member, userPrincipalName });
  bot.teams.board.listen({
    act: (action) => {
      actions.push(action);
      return answer(action);
    },
    reply: (reply) => {
      replies.push(reply);
      return Promise.resolve(reply.posted.conversationId.startsWith(CHANNEL.id));
    },
  });
});
afterEach(() => bot.close());

const unit = (): UnitChannel => ({
  ...{ teamId: TEAM.id, channelId: CHANNEL.id, serviceUrl: bot.server.serviceUrl, tenantId: TENANT_ID },
});
const posted = (): Promise<PostedCard> => bot.teams.board.post(unit(), cardOf('Tiket baru'), 'Tiket baru');
const thread = (root: string): Json[] => bot.server.of(`${CHANNEL.id};messageid=${root}`);
const failureOf = async (task: Promise<unknown>): Promise<ChannelError> => {
  const error: unknown = await task.catch((one: unknown) => one);
  if (!(error instanceof ChannelError)) throw new Error(`no failure: ${String(error)}`);
  return error;
};

describe('cards', () => {
  it('are posted as a thread, changed in place and answered below', async () => {
    const place = await posted();
    expect(place).toEqual({
      conversationId: `${CHANNEL.id};messageid=${place.activityId}`,
      ...{ activityId: place.activityId, serviceUrl: bot.server.serviceUrl },
    });
    await bot.teams.board.update(place, cardOf('Diambil'));
    const id = await bot.teams.board.reply(place, 'Mohon <segera>');
    expect(thread(place.activityId)).toMatchObject([
      { id: place.activityId, attachments: [{ content: cardOf('Diambil') }] },
      { id, text: 'Mohon &lt;segera&gt;' },
    ]);
  });

  it('reach one person in their chat, known or not', async () => {
    await bot.post(bot.person.text('Halo'));
    const known = await bot.teams.board.sendToPerson(SARI.aadObjectId, cardOf('Setujui?'), 'Setujui?');
    expect(known.conversationId).toBe(SARI.chat);
    const first = await bot.teams.board.sendToPerson(BUDI.aadObjectId, cardOf('Setujui?'), 'Setujui?');
    const second = await bot.teams.board.sendToPerson(BUDI.aadObjectId, cardOf('Lagi'), 'Lagi');
    expect(second.conversationId).toBe(first.conversationId);
    expect(bot.server.of(first.conversationId)).toHaveLength(2);
  });

  it('leave room for plain words to one person, known or not', async () => {
    await bot.post(bot.person.text('Halo'));
    await bot.teams.board.tellPerson(SARI.aadObjectId, 'Tamu <sudah> tiba');
    await bot.teams.board.tellPerson(BUDI.aadObjectId, 'Tamu sudah tiba');
    await bot.teams.board.tellPerson(BUDI.aadObjectId, 'Tamu menunggu');
    expect(bot.server.of(SARI.chat).at(-1)).toMatchObject({ text: 'Tamu &lt;sudah&gt; tiba' });
    const { conversationId } = await bot.teams.board.sendToPerson(BUDI.aadObjectId, cardOf('x'), 'x');
    const told = bot.server.of(conversationId).slice(0, 2);
    expect(told).toMatchObject([{ text: 'Tamu sudah tiba' }, { text: 'Tamu menunggu' }]);
  });

  it.each([
    ['post', 'open', { status: 403, code: 'BotNotInConversationRoster' }, 'recipient-unreachable', true],
    ['post', 'open', { status: 429, retryAfter: 3 }, 'rate-limited', false],
    ['post', 'open', { status: 504 }, 'unreachable', false],
    ['update', 'update', { status: 404, code: 'ActivityNotFoundInConversation' }, 'recipient-unknown', true],
    ['update', 'update', { status: 412 }, 'unreachable', false],
    [
      'sendToPerson',
      'open',
      { status: 403, code: 'ForbiddenOperationException' },
      'recipient-unreachable',
      true,
    ],
    [
      'tellPerson',
      'open',
      { status: 403, code: 'ForbiddenOperationException' },
      'recipient-unreachable',
      true,
    ],
  ] as const)('say when %s fails at %s with %j', async (method, kind, fault, reason, permanent) => {
    const place = await posted();
    bot.server.fails(kind, fault);
    const board = bot.teams.board;
    const tasks = {
      post: () => posted(),
      update: () => board.update(place, cardOf('x')),
      sendToPerson: () => board.sendToPerson('orang-lain', cardOf('x'), 'x'),
      tellPerson: () => board.tellPerson('orang-lain', 'x'),
    };
    expect(await failureOf(tasks[method]())).toMatchObject({ reason, permanent });
  });

  it('go to no service URL that the settings do not allow', async () => {
    const serviceUrl = 'http://127.0.0.1:1/teams/';
    const failure = await failureOf(bot.teams.board.post({ ...unit(), serviceUrl }, cardOf('x'), 'x'));
    expect(failure).toMatchObject({ reason: 'service-url-refused', permanent: true });
  });
});

describe('a press', () => {
  it('is answered at once with the new card, and says who pressed', async () => {
    const { activityId } = await posted();
    const { status, body } = await bot.post(bot.person.execute(activityId, { ...CLAIM, catatan: 'isian' }));
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: cardOf('Diambil Budi') },
    });
    expect(actions).toMatchObject([
      {
        data: { ...CLAIM, catatan: 'isian' },
        person: { aadObjectId: BUDI.aadObjectId, name: 'Budi Contoh', email: 'budi@contoh.go.id' },
        posted: { conversationId: `${CHANNEL.id};messageid=${activityId}`, activityId },
      },
    ]);
  });

  it('is looked up in the team, not in the thread', async () => {
    const { activityId } = await posted();
    await bot.post(bot.person.execute(activityId, CLAIM));
    const { path } = bot.server.calls.find((call) => call.path.includes('/members/'))!;
    expect(decodeURIComponent(path)).toBe(`/teams/v3/conversations/${TEAM.id}/members/${BUDI.userId}`);
  });

  it('delivered again is one step, with the same answer', async () => {
    const { activityId } = await posted();
    const press = bot.person.execute(activityId, CLAIM);
    const [one, two] = await Promise.all([bot.post(press), bot.post(press)]);
    expect(one).toEqual(two);
    expect(actions).toHaveLength(1);
  });

  it('that could not be stored is delivered again and then counts', async () => {
    const { activityId } = await posted();
    const press = bot.person.execute(activityId, CLAIM);
    const right = answer;
    answer = () => Promise.reject(new Error('the database is away'));
    expect((await bot.post(press)).status).toBe(503);
    answer = right;
    expect((await bot.post(press)).body).toMatchObject({ value: cardOf('Diambil Budi') });
    expect(actions.map((action) => action.activityId)).toEqual(Array(2).fill(actions[0]?.activityId));
  });

  it('by Action.Submit changes the card in place', async () => {
    const { activityId } = await posted();
    const submit = bot.person.inThread(activityId, { type: 'message', value: CLAIM, replyToId: activityId });
    expect((await bot.post(submit)).body).toEqual({});
    await bot.until(() => JSON.stringify(thread(activityId)).includes('Diambil Budi'));
    await bot.post(submit);
    expect(actions).toHaveLength(1);
  });

  it('that takes long is answered in time, and the card follows', async () => {
    const { activityId } = await posted();
    let finish: ((given: CardAnswer) => void) | undefined;
    answer = () => new Promise((resolve) => (finish = resolve));
    const answered = bot.post(bot.person.execute(activityId, CLAIM));
    await bot.until(() => actions.length > 0 && bot.waits.length > 0);
    for (const end of bot.waits.splice(0)) end();
    expect((await answered).body.value).toMatch(/Sedang diproses/);
    finish?.({ kind: 'card', card: cardOf('Selesai') });
    await bot.until(() => JSON.stringify(thread(activityId)).includes('Selesai'));
  });

  it.each([
    { v: 2, kind: 'escalation' },
    { v: 0, kind: 'escalation' },
    { kind: 'escalation' },
    { msteams: {} },
    null,
    7,
  ])('with data of another time or maker is answered politely: %j', async (data) => {
    const { activityId } = await posted();
    const { status, body } = await bot.post(bot.person.execute(activityId, data));
    expect([status, body.value]).toEqual([200, expect.stringMatching(/Kartu ini sudah tidak berlaku/)]);
    expect(actions).toEqual([]);
  });

  it('is answered even when the directory does not say who it was beyond the id', async () => {
    const { activityId } = await posted();
    bot.server.fails('member', { status: 502 });
    await bot.post(bot.person.execute(activityId, CLAIM));
    expect(actions[0]?.person).toEqual({ aadObjectId: BUDI.aadObjectId, name: 'Budi Contoh', email: null });
  });
});

describe('a reply in a thread', () => {
  it('is handed on once, with its words, its writer and what hangs on it', async () => {
    const { activityId, conversationId } = await posted();
    const file = (bot.person.file('dasar.pdf', Buffer.from('%PDF-1.4 x')).attachments as unknown[])[0];
    const outOfReach = {
      contentType: 'reference',
      name: 'rahasia.docx',
      contentUrl: 'https://contoh.sharepoint.com/x',
    };
    const reply = bot.person.reply(activityId, 'Jawabannya: Pasal 5', { attachments: [file, outOfReach] });
    await bot.post(reply);
    await bot.post(reply);
    expect(replies).toMatchObject([
      {
        text: 'Jawabannya: Pasal 5',
        posted: { conversationId, activityId },
        person: { email: 'budi@contoh.go.id', aadObjectId: BUDI.aadObjectId },
        files: [{ name: 'dasar.pdf', mimeType: 'application/pdf' }],
        missingFiles: ['rahasia.docx'],
      },
    ]);
    expect(bot.inbox.attempts).toBe(0);
  });

  it('that belongs to no ticket is answered politely', async () => {
    bot.teams.board.listen({ act: answer, reply: () => Promise.resolve(false) });
    await bot.post(bot.person.reply('900', 'Halo?'));
    await bot.until(() => thread('900').length > 0);
    expect(wordsOf(thread('900')[0] as never)).toMatch(/tidak terhubung dengan tiket/);
  });

  it('that belongs to no ticket and does not call the bot is people’s own talk', async () => {
    bot.teams.board.listen({ act: answer, reply: () => Promise.resolve(false) });
    await bot.post(bot.person.reply('901', 'Siapa yang ikut rapat?', { entities: [] }));
    await bot.post(bot.person.reply('902', 'Halo?'));
    await bot.until(() => thread('902').length > 0);
    expect(thread('901')).toEqual([]);
  });
});

describe('channels', () => {
  it('are known once the bot is let in, named as they are named, and forgotten with their team', async () => {
    for (const activity of bot.person.installedInTeam()) expect((await bot.post(activity)).status).toBe(200);
    await bot.until(() => bot.server.of(TEAM.id).length > 0);
    expect(bot.server.of(TEAM.id).map(wordsOf)).toEqual([expect.stringMatching(/kanal ini kini dikenal/)]);
    await bot.post(bot.person.reply('900', 'Perkenalkan'));
    const renamed = bot.person.inThread('x', {
      type: 'conversationUpdate',
      channelData: {
        ...{ eventType: 'channelRenamed', team: TEAM, tenant: { id: TENANT_ID } },
        channel: { ...CHANNEL, name: 'Kanal Baru' },
      },
    });
    await bot.post(renamed);
    const place = {
      teamId: TEAM.id,
      teamName: TEAM.name,
      tenantId: TENANT_ID,
      serviceUrl: bot.server.serviceUrl,
    };
    expect(await bot.teams.board.channels()).toEqual([
      { ...place, channelId: TEAM.id, channelName: null },
      { ...place, channelId: CHANNEL.id, channelName: 'Kanal Baru' },
    ]);
    const [, installed] = bot.person.installedInTeam();
    await bot.post({ ...installed, action: 'remove' });
    expect(await bot.teams.board.channels()).toEqual([]);
  });
});
