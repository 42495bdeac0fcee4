import type { CommandStartedEvent, Document } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  closeAndTell,
  finishClosings,
  nextClosing,
  resolveAndTell,
} from '../../src/conversation/close-ticket.js';
import { handBack } from '../../src/conversation/hand-over.js';
import { readMessages } from '../../src/conversation/history.js';
import { noteReceipts } from '../../src/conversation/note-receipts.js';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { addNote, sendStaffMessage } from '../../src/conversation/staff-message.js';
import { loadBlocked } from '../../src/conversation/sweep.js';
import { JOBS } from '../../src/scheduler/jobs/index.js';
import { createOffice, WHO_I_AM, type Chat, type Office } from '../support/conversation.js';
import { SARI } from '../support/tickets.js';
import { startMortalProcess, type MortalProcess } from '../conversation/mortal-process.js';

/** So many documents of each kind lie about; a query that reads more than FEW of them has no index. */
const MANY = 800;
const FEW = 100;

/** Read whole when the process starts, or one document that everybody shares: a handful of rows each. */
const SMALL = new Set(['topics', 'units', 'settings', 'nonWorkingDays', 'counters', 'staff']);

const QUERIES = ['find', 'findAndModify', 'update', 'delete', 'distinct', 'aggregate', 'count'];

let office: Office;
let watched: MortalProcess;
beforeAll(async () => {
  office = await createOffice();
  await fill(office);
  watched = await startMortalProcess(office, Number.POSITIVE_INFINITY);
});
afterAll(async () => {
  await watched.bury();
  await office.close();
});

it(
  'every query of a turn, of the staff and of every sweep goes by an index',
  { timeout: 120_000 },
  async () => {
    const seen = new Map<string, Document>();
    const { connection } = watched.engine.services.models;
    connection.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      if (!QUERIES.includes(commandName)) return;
      for (const one of single(commandName, command)) seen.set(shapeOf(one), one);
    });
    await wholeConsultation(office.chat());
    await everySweep();

    const findings: string[] = [];
    for (const [shape, command] of seen) {
      const collection = String(Object.values(command)[0]);
      if (SMALL.has(collection)) continue;
      const { scans, examined } = await explain(command);
      if (scans || examined > FEW) findings.push(`${shape}: ${scans ? 'no index' : ''} ${examined} read`);
    }
    expect(findings).toEqual([]);
    expect(seen.size).toBeGreaterThan(30);
  },
);

/** From the first word to the rating, with everything staff can do in between. */
async function wholeConsultation(chat: Chat): Promise<void> {
  const { engine } = watched;
  const says = async (text: string): Promise<void> => {
    office.clock.advance(10_000);
    const message = chat.message({ kind: 'text', text });
    await receiveMessage(engine, message);
    await receiveMessage(engine, message);
    await engine.queue.idle();
  };
  for (const text of [
    'halo',
    'setuju',
    'konsultasi',
    WHO_I_AM,
    'DAK Fisik',
    'Kapan disalurkan?',
    'selesai',
    '1',
  ])
    await says(text);
  const { number, conversationId } = await chat.ticket();
  const actor = await office.agent('sari');
  const act = { number, actor, now: office.clock.now() };
  await sendStaffMessage(engine, { ...act, clientId: 'reply', text: 'Sebentar.' });
  await addNote(engine, { ...act, clientId: 'note', text: 'Cek dulu.' });
  await engine.queue.idle();
  for (const text of ['Baik.', 'Terima kasih.']) await says(text);
  await handBack(engine, act);
  await engine.queue.idle();
  for (const text of ['status tiket', `status ${number}`]) await says(text);
  await resolveAndTell(engine, { ...act, answer: 'Februari.', legalBasis: [], now: office.clock.now() });
  await engine.queue.idle();
  for (const text of ['5', 'Bagus.', 'petugas', 'Halo?']) await says(text);
  await closeAndTell(engine, { ...act, number: (await chat.ticket()).number, reason: 'Selesai.' });
  await engine.queue.idle();
  const page = { conversationIds: [conversationId], limit: 30, staff: { matters: [null] } };
  const { items } = await readMessages(engine, page);
  const upTo = items.at(-1)?._id ?? '';
  await readMessages(engine, { ...page, before: upTo });
  await readMessages(engine, { ...page, after: items[0]?._id });
  await noteReceipts(engine, { conversationId, upTo, state: 'read', now: office.clock.now() });
}

async function everySweep(): Promise<void> {
  const { engine } = watched;
  const mailTransport = { mode: 'folder' as const, send: () => Promise.resolve() };
  office.clock.advance(3_600_000);
  for (const job of JOBS) {
    await job.nextDue({ engine, mailTransport });
    await job.run({ engine, mailTransport }, office.clock.now());
    await engine.queue.idle();
  }
  await loadBlocked(engine);
  await finishClosings(engine, office.clock.now());
  await nextClosing(engine);
}

/** A bulk of updates as the single ones that can be explained. */
function single(
  name: string,
  { lsid: _l, $db: _d, $clusterTime: _c, txnNumber: _t, ...command }: Document,
): Document[] {
  const [list, key] = name === 'update' ? ['updates', 'update'] : ['deletes', 'delete'];
  if (name !== 'update' && name !== 'delete') return [command];
  return (command[list] as Document[]).map((one) => ({ [key]: String(command[key]), [list]: [one] }));
}

/** The command without its values: queries that differ in these alone are the same query. */
function shapeOf(command: Document): string {
  return JSON.stringify(command, (key, value: unknown) =>
    value !== null && typeof value === 'object'
      ? value
      : key === 'find' || key === 'update'
        ? value
        : typeof value,
  ).slice(0, 400);
}

async function explain(command: Document): Promise<{ scans: boolean; examined: number }> {
  const { db } = office.services.models.connection;
  const plan = await db?.command({ explain: command, verbosity: 'executionStats' });
  const text = JSON.stringify(plan);
  const examined = [...text.matchAll(/"totalDocsExamined":(\d+)/gu)].map(([, count]) => Number(count));
  return { scans: text.includes('"COLLSCAN"'), examined: Math.max(0, ...examined) };
}

/** What a year of service leaves behind, as far as a query could stumble over it. */
async function fill({ services }: Office): Promise<void> {
  const { models, newId } = services;
  const at = new Date('2026-01-05T10:00:00+07:00');
  const numbers = Array.from({ length: MANY }, (_, index) => index);
  const conversations = numbers.map((index) => ({
    ...{ _id: newId(), channel: 'web-chat' as const, account: 'web-chat', address: `lama-${index}` },
    ...{ createdAt: at, contactId: `contact-${index}`, profile: SARI },
  }));
  await models.conversations.insertMany(conversations);
  await models.contacts.insertMany(
    conversations.map(({ contactId, channel, account, address }) => ({
      ...{ _id: contactId, profile: SARI, createdAt: at, updatedAt: at },
      addresses: [{ channel, account, address }],
    })),
  );
  await models.messages.insertMany(
    conversations.flatMap(({ _id: conversationId, channel, account }, index) =>
      (['in', 'out'] as const).map((direction) => ({
        ...{ _id: newId(), conversationId, channel, account, direction, sentAt: at, receivedAt: at },
        ...{ author: { kind: 'user' as const }, content: { kind: 'text' as const, text: 'lama' } },
        providerId: direction === 'in' ? `lama-${index}` : null,
        delivery:
          direction === 'in'
            ? null
            : { state: 'read' as const, attempts: 1, nextAttemptAt: null, reason: null, at },
      })),
    ),
  );
  await models.tickets.insertMany(
    conversations.map(({ _id: conversationId, contactId }, index) => ({
      ...{
        _id: newId(),
        number: `DJPK-2025-${String(index + 1).padStart(6, '0')}`,
        kind: 'consultation' as const,
      },
      ...{
        status: 'resolved' as const,
        conversationId,
        contactId,
        channel: 'web-chat' as const,
        profile: SARI,
      },
      ...{ topicCode: 'dau', unitCode: 'dana-transfer-umum', receivedAt: at, countedFrom: at, dueAt: at },
      ...{ updatedAt: at, openingKey: `lama-${index}` },
    })),
  );
  await models.serviceEvents.insertMany(
    numbers.map((index) => ({ _id: newId(), key: `lama:${index}`, name: 'user-wrote' as const, at })),
  );
  await models.mails.insertMany(
    numbers.map((index) => ({
      ...{ _id: newId(), key: `lama:${index}`, to: 'lama@contoh.go.id', subject: 'BAK', text: 'BAK' },
      ...{ state: 'sent' as const, createdAt: at, messageId: `<${index}@contoh>` },
    })),
  );
}
