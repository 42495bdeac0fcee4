import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resolveAndTell } from '../../src/conversation/close-ticket.js';
import { escalateAndSettle } from '../../src/conversation/step-escalation.js';
import type { Escalation } from '../../src/models/escalation.js';
import { findColleague } from '../../src/services/staff/find-colleague.js';
import { createOffice, submitted, twinOf, type Chat, type Office } from '../support/conversation.js';
import { addCast, freshTicketOf, UNIT, type Cast } from '../support/escalations.js';
import { startTeamsServer, TENANT_ID, type Json, type TeamsServer } from '../support/teams-server/index.js';
import { BUDI, CHANNEL, Person, TEAM, wordsOf } from '../support/teams-server/person.js';
import { databaseOf } from './mortal-process.js';

const CHILD = fileURLToPath(new URL('unit-teams-child.ts', import.meta.url));

/** People of Teams behind the cast: Budi is andi, a member; the head of the unit; and a member of another unit. */
const HEAD = { userId: '29:1kepala-contoh', aadObjectId: '00000000-1111-4222-8333-666666666666' };
const STRANGER = { userId: '29:1joko-contoh', aadObjectId: '00000000-1111-4222-8333-777777777777' };

let office: Office;
let cast: Cast;
let first: Chat;
let server: TeamsServer;
let person: Person;
let running: TeamsProcess | undefined;
let started = 0;

beforeAll(async () => {
  office = await createOffice();
  cast = await addCast(office.services);
  first = await submitted(office.chat());
});
afterAll(async () => office.close());

beforeEach(async () => {
  server = await startTeamsServer();
  person = new Person(server, () => office.clock.now());
  for (const [{ userId, aadObjectId }, name] of [
    [BUDI, 'andi'],
    [HEAD, 'hari'],
    [STRANGER, 'joko'],
  ] as const) {
    const email = `${name}@contoh.go.id`;
    server.members.set(userId, { id: userId, aadObjectId, name, email, userPrincipalName: email });
  }
  const teamsChannel = {
    ...{ teamId: TEAM.id, channelId: CHANNEL.id },
    ...{ serviceUrl: server.serviceUrl, tenantId: TENANT_ID },
  };
  await office.services.models.units.updateOne({ _id: UNIT }, { $set: { teamsChannel } });
  // Every stand-in counts its ids from the same number.
  await office.services.models.escalations.deleteMany({});
  await office.services.models.teamsPlaces.deleteMany({});
  await findColleague(office.services, { directoryId: HEAD.aadObjectId, email: 'hari@contoh.go.id' });
});
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await server.close();
});

/** A process of the office that Teams talks with. */
interface TeamsProcess {
  child: ChildProcessWithoutNullStreams;
  /** Undefined when the process was gone before it answered. */
  post(activity: Json, token?: string): Promise<{ status: number; body: Json } | undefined>;
  /** Lets time pass there. @returns false when it died of it */
  tick(seconds: number): Promise<boolean>;
  /** So many steps of the database later it is gone. */
  dieAfter(steps: number): Promise<boolean>;
  /** An agent lays a ticket before its unit there. @returns false when it died of it */
  escalate(number: string): Promise<boolean>;
  end(): Promise<void>;
}

async function startProcess(): Promise<TeamsProcess> {
  started += 1;
  // Minutes later than the one before: its leases have run out.
  office.clock.advance(1_200_000);
  const startedAt = office.clock.now().toISOString();
  const folder = office.services.config.dataDir;
  const given = [databaseOf(office), startedAt, `teams-${started}`, server.origin, `${folder}/files`];
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, ...given]);
  child.stderr.pipe(process.stderr);
  child.stdin.on('error', () => undefined);
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Json | undefined> => {
    const line = await lines.next();
    return line.done ? undefined : (JSON.parse(line.value) as Json);
  };
  const ask = async (command: object): Promise<boolean> => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    return (await next()) !== undefined;
  };
  const url = (await next())?.url as string;
  running = {
    child,
    async post(activity, token = server.token(office.clock.now())) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      try {
        const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity) });
        const text = await response.text();
        return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
      } catch {
        return undefined;
      }
    },
    tick: (seconds) => ask({ tick: seconds }),
    dieAfter: (steps) => ask({ die: steps }),
    escalate: (number) => ask({ escalate: { number, actor: cast.agent } }),
    async end() {
      child.stdin.end();
      await exited;
    },
  };
  return running;
}

/** A user's ticket that an agent lays before the unit in the console. */
async function escalated(): Promise<{ chat: Chat; number: string; id: string }> {
  const chat = await twinOf(office, first);
  const { number } = await freshTicketOf(office.services, await first.ticket(), await chat.conversation());
  const asked = { number, actor: cast.agent, summary: 'Ringkasan.', now: office.clock.now() };
  const { id } = await escalateAndSettle(office.engine, asked);
  await office.engine.queue.idle();
  return { chat, number, id };
}

const stored = async (id: string): Promise<Escalation> =>
  (await office.services.models.escalations.findById(id).lean())!;

/** Cards about a ticket in threads of the channel, and in chats with one person. */
function cardsOf(number: string): { threads: Json[]; chats: Json[] } {
  const cards = server.shown.filter((one) => JSON.stringify(one.attachments ?? '').includes(number));
  const inChannel = ({ conversationId }: Json): boolean => String(conversationId).startsWith(CHANNEL.id);
  return { threads: cards.filter(inChannel), chats: cards.filter((card) => !inChannel(card)) };
}

/** The data behind a card's button for a step, wherever it stands. */
function dataOf(card: Json | undefined, step: string): Json {
  const found: Json[] = [];
  JSON.stringify(card, (key, value: unknown) => {
    if (key === 'data' && (value as Json).step === step) found.push(value as Json);
    return value;
  });
  return found[0] ?? expect.fail(`a button ${step} on ${JSON.stringify(card)}`);
}

const hasButtons = (card: unknown): boolean => JSON.stringify(card).includes('"step":');

/** The head presses the card in their own chat with the bot. */
function approval(card: Json, inputs: Json): Json {
  const data = { ...dataOf(card, 'approve'), ...inputs };
  return person.personal({
    ...{ type: 'invoke', name: 'adaptiveCard/action', replyToId: card.id },
    from: { id: HEAD.userId, name: 'Kepala Contoh', aadObjectId: HEAD.aadObjectId },
    conversation: { conversationType: 'personal', tenantId: TENANT_ID, id: card.conversationId },
    value: { action: { type: 'Action.Execute', verb: 'approve', data }, trigger: 'manual' },
  });
}

describe('an escalation over Teams (R-A5)', () => {
  it('goes from the card in the channel over the head’s chat to the user', { timeout: 120_000 }, async () => {
    const { chat, number, id } = await escalated();
    const teams = await startProcess();
    await teams.tick(10);
    const [posted] = cardsOf(number).threads;
    const root = String(posted?.id);
    expect(posted?.conversationId).toBe(`${CHANNEL.id};messageid=${root}`);

    const claim = person.execute(root, dataOf(posted, 'claim'));
    expect((await teams.post(claim, server.token(office.clock.now(), { forged: true })))?.status).toBe(401);
    const from = { id: STRANGER.userId, name: 'joko', aadObjectId: STRANGER.aadObjectId };
    const foreign = await teams.post({ ...claim, id: 'asing', from });
    expect(foreign?.body.value).toMatch(/Peran Anda belum mencakup/);
    expect((await stored(id)).state).toBe('sent');
    const claimed = await teams.post(claim);
    expect(JSON.stringify(claimed?.body.value)).toMatch(/Sedang dikerjakan.*andi Contoh/);
    expect(JSON.stringify(claimed?.body.value)).not.toMatch(/@contoh\.go\.id|0812/);

    const text = 'Tahap I disalurkan Maret.\n\nDasar hukum:\n- PMK Contoh 1';
    expect((await teams.post(person.reply(root, text)))?.status).toBe(200);
    await teams.tick(10);
    expect(await stored(id)).toMatchObject({ state: 'submitted', answer: { legalBasis: ['PMK Contoh 1'] } });
    const [headCard] = cardsOf(number).chats;
    const edited = { 'approve.text': 'Disalurkan Maret 2026.', 'approve.legalBasis': 'PMK Contoh 1' };
    const approved = await teams.post(approval(headCard!, edited));
    expect(JSON.stringify(approved?.body.value)).toMatch(/Disetujui/);
    await teams.tick(10);
    const { threads, chats } = cardsOf(number);
    expect([threads.length, chats.length, ...[...threads, ...chats].map(hasButtons)]).toEqual([
      1,
      1,
      false,
      false,
    ]);
    const said = server.of(`${CHANNEL.id};messageid=${root}`).map((one) => wordsOf(one));
    expect(said.join('\n')).toMatch(/andi Contoh dicatat[^]*hari Contoh menyetujui/);
    await teams.end();

    const { answer } = await stored(id);
    const { text: final = '', legalBasis = [] } = answer ?? {};
    const now = office.clock.now();
    await resolveAndTell(office.engine, { number, actor: cast.agent, answer: final, legalBasis, now });
    await office.time(10);
    chat.expectReply(/Disalurkan Maret 2026/, /PMK Contoh 1/);
  });

  it(
    'killed at any step after the approval, it is approved once, and its user answered once',
    { timeout: 400_000 },
    async () => {
      const { topics } = office.services.models;
      await topics.updateOne({ _id: 'dak-fisik' }, { $set: { sendsApprovedAnswer: true } });
      let survived = false;
      let deaths = 0;
      let dead: (() => Promise<void>) | undefined;
      let teams = await startProcess();
      for (const steps of LIFETIMES) {
        await dead?.();
        const round = await brought(teams, steps);
        await teams.dieAfter(steps);
        const answered = await teams.post(round.press);
        survived = answered !== undefined && (await teams.tick(600));
        if (survived) break;
        deaths += 1;
        teams = await startProcess();
        dead = () => check(teams, round);
      }
      await dead?.();
      await teams.end();
      expect([survived, deaths]).toEqual([true, LIFETIMES.length - 1]);
      await topics.updateOne({ _id: 'dak-fisik' }, { $set: { sendsApprovedAnswer: false } });
    },
  );

  it(
    'killed at any step of it, an escalation is made once, and told once to unit, agent and user',
    { timeout: 400_000 },
    async () => {
      let survived = false;
      let deaths = 0;
      for (const steps of SHORT_LIVES) {
        const chat = await twinOf(office, first);
        const { number } = await freshTicketOf(
          office.services,
          await first.ticket(),
          await chat.conversation(),
        );
        let teams = await startProcess();
        await teams.dieAfter(steps);
        survived = (await teams.escalate(number)) && (await teams.tick(600));
        if (!survived) {
          deaths += 1;
          teams = await startProcess();
          await teams.escalate(number);
          await teams.tick(600);
        }
        await checkEscalated(number, chat, `killed after ${steps} steps`);
        await teams.end();
        if (survived) break;
      }
      expect([survived, deaths]).toEqual([true, SHORT_LIVES.length - 1]);
    },
  );
});

/** Once each: the escalation, its fact and audit line, the word to the user, the card in the channel. */
async function checkEscalated(number: string, chat: Chat, after: string): Promise<void> {
  const { models } = office.services;
  const made = await models.escalations.find({ ticketNumber: number }).lean();
  expect(
    made.map(({ state, version, unsettled }) => [state, version, unsettled]),
    after,
  ).toEqual([['sent', 1, false]]);
  const ticket = (await models.tickets.findOne({ number }).lean())!;
  expect([ticket.status, ticket.assigneeId], after).toEqual(['waiting-unit', cast.agent.staffId]);
  const fact = { ticketId: ticket._id, name: 'escalated' as const };
  expect(await models.serviceEvents.countDocuments(fact), after).toBe(1);
  const line = { subject: number, action: 'escalation.escalate' };
  expect(await models.auditEntries.countDocuments(line), after).toBe(1);
  const { _id: conversationId } = await chat.conversation();
  const text = new RegExp(`${number}.*diteruskan ke unit teknis`);
  const told = { conversationId, direction: 'out' as const, 'content.text': text };
  expect(await models.messages.countDocuments(told), after).toBe(1);
  expect(cardsOf(number).threads, after).toHaveLength(1);
}

/** The same for escalating, which takes some ninety steps with all that follows. */
const SHORT_LIVES = [1, 4, 8, 12, 16, 20, 28, 36, 48, 2_000];

/** Steps of the database after which the process is gone; the last is more than the whole way has. */
const LIFETIMES = [1, 8, 14, 20, 28, 36, 48, 64, 90, 2_000];

interface Round {
  steps: number;
  press: Json;
  chat: Chat;
  number: string;
  id: string;
}

/** An answer that lies before the head. */
async function brought(teams: TeamsProcess, steps: number): Promise<Round> {
  const { chat, number, id } = await escalated();
  await teams.tick(10);
  const root = String(cardsOf(number).threads[0]?.id);
  await teams.post(person.reply(root, `Jawaban ${steps} dari unit.`));
  await teams.tick(10);
  const [card] = cardsOf(number).chats;
  return { steps, chat, number, id, press: approval(card!, {}) };
}

/** What the next process makes of what the dead one left; Teams may deliver the press again, or the head presses anew. */
async function check(teams: TeamsProcess, { steps, press, chat, number, id }: Round): Promise<void> {
  const { models } = office.services;
  const after = `killed after ${steps} steps`;
  await teams.tick(300);
  await teams.post(steps % 2 === 0 ? press : { ...press, id: `lagi-${steps}` });
  await teams.tick(300);
  const { state, thread, unsettled } = await stored(id);
  expect([state, thread.filter(({ step }) => step === 'approve').length, unsettled], after).toEqual([
    ...['approved', 1, false],
  ]);
  const ticket = (await models.tickets.findOne({ number }).lean())!;
  expect([ticket.status, ticket.answer, ticket.closingPending], after).toEqual([
    ...['resolved', `Jawaban ${steps} dari unit.`, false],
  ]);
  const { _id: conversationId } = await chat.conversation();
  const told = {
    conversationId,
    direction: 'out' as const,
    'content.text': new RegExp(`Jawaban ${steps} dari`),
  };
  expect(await models.messages.countDocuments(told), after).toBe(1);
  expect(await models.messages.countDocuments({ conversationId, pending: true }), after).toBe(0);
  const ofTicket = { ticketId: ticket._id };
  for (const name of ['escalation-approved', 'ticket-resolved'] as const)
    expect(await models.serviceEvents.countDocuments({ ...ofTicket, name }), `${name} ${after}`).toBe(1);
  const action = 'escalation.approve';
  expect(await models.auditEntries.countDocuments({ subject: number, action }), after).toBe(1);
  expect(await models.minutes.countDocuments(ofTicket), after).toBe(1);
  expect(await models.mails.countDocuments(ofTicket), after).toBe(1);
  const { threads, chats } = cardsOf(number);
  expect([threads.length, chats.length, ...[...threads, ...chats].map(hasButtons)], after).toEqual([
    ...[1, 1, false, false],
  ]);
}
