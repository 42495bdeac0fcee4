import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/services/service-context.js';
import { claimTicket } from '../../../src/services/tickets/claim-ticket.js';
import { closeTicket } from '../../../src/services/tickets/close-ticket.js';
import { countTickets } from '../../../src/services/tickets/count-tickets.js';
import { listTickets } from '../../../src/services/tickets/list-tickets.js';
import { resolveTicket } from '../../../src/services/tickets/resolve-ticket.js';
import { ticketQuery } from '../../../src/services/tickets/ticket-query.js';
import type { TicketView } from '../../../src/services/tickets/ticket-views.js';
import { addStaff, createTestServices, type TestServices } from '../../support/services.js';
import { openSample, SARI } from '../../support/tickets.js';

const HOUR = 3_600_000;
const monday = new Date('2026-03-02T08:00:00+07:00');
const later = (hours: number) => new Date(monday.getTime() + hours * HOUR);
/** Wednesday after closing: what came on Monday is overdue, what came on Tuesday is not. */
const now = new Date('2026-03-04T17:30:00+07:00');

let test: TestServices;
let sari: Actor;
let budi: Actor;
/** Ticket numbers by what was done with them. */
const made: Record<'free' | 'sari' | 'budi' | 'tuesday' | 'resolved' | 'closed', string> = {
  ...{ free: '', sari: '', budi: '', tuesday: '', resolved: '', closed: '' },
};

beforeAll(async () => {
  test = await createTestServices();
  const { services } = test;
  sari = await addStaff(services, 'sari', 'agent');
  budi = await addStaff(services, 'budi', 'agent');
  const open = async (at: Date, name: string, agency: string) =>
    (await openSample(services, { now: at, profile: { ...SARI, name, agency } })).number;
  made.free = await open(monday, 'Sari Contoh', 'BPKAD Kabupaten Gowa');
  made.sari = await open(later(1), 'Made Permana', 'Dinas Pendidikan Provinsi Bali');
  made.budi = await open(later(2), 'Ujang Contoh', 'Bappeda Kota Bandung');
  made.resolved = await open(later(3), "Ma'ruf Teladan", 'Sekretariat DPRD 000045');
  made.closed = await open(later(4), 'Élan Vital', 'BPKPD');
  made.tuesday = await open(later(24), 'Sartono', 'Kecamatan Contoh');
  await claimTicket(services, { number: made.sari, actor: sari, now: later(5) });
  await claimTicket(services, { number: made.budi, actor: budi, now: later(6) });
  await resolveTicket(services, {
    number: made.resolved,
    actor: sari,
    answer: 'Ya.',
    legalBasis: [],
    now: later(7),
  });
  await closeTicket(services, { number: made.closed, actor: sari, reason: 'Ganda', now: later(8) });
});
afterAll(async () => {
  await test.close();
});

const page = (view: TicketView, more: { q?: string; cursor?: string; limit?: number } = {}) =>
  listTickets(test.services, { view, actor: sari, language: 'id', limit: 25, now, ...more });
const numbers = async (view: TicketView, q?: string) =>
  (await page(view, q === undefined ? {} : { q })).items.map(({ number }) => number);

describe('the views of the console', () => {
  it('show what they say, the latest change first', async () => {
    expect(await numbers('unassigned')).toEqual([made.tuesday, made.free]);
    expect(await numbers('mine')).toEqual([made.sari]);
    expect(await numbers('open')).toEqual([made.tuesday, made.budi, made.sari, made.free]);
    expect(await numbers('resolved')).toEqual([made.resolved]);
    expect(await numbers('closed')).toEqual([made.closed]);
    expect(await numbers('all')).toEqual([
      ...[made.tuesday, made.closed, made.resolved, made.budi, made.sari, made.free],
    ]);
  });

  it('show what is overdue, the longest overdue first (R-A3)', async () => {
    expect(await numbers('overdue')).toEqual([made.free, made.sari, made.budi]);
  });

  it('show for each ticket what an agent needs to choose', async () => {
    const [line] = (await page('mine')).items;
    expect(line).toEqual({
      ...{ number: made.sari, kind: 'consultation', status: 'in-progress', channel: 'web-chat' },
      ...{ anonymous: false },
      ...{ name: 'Made Permana', agency: 'Dinas Pendidikan Provinsi Bali', regionName: 'Kabupaten Gowa' },
      topic: {
        code: 'dak-fisik',
        name: test.services.reference.topics.find(({ _id }) => _id === 'dak-fisik')?.name.id,
      },
      question: 'Kapan DAK Fisik tahap I disalurkan?',
      ...{ receivedAt: later(1), dueAt: new Date('2026-03-04T17:00:00+07:00'), overdue: true },
      ...{ assignee: { id: sari.staffId, name: sari.name }, holder: 'bot', unread: 0, updatedAt: later(5) },
    });
  });

  it('are for those who work on tickets or watch over them', async () => {
    const actor = { ...sari, roles: ['receptionist'] };
    await expect(
      listTickets(test.services, { view: 'all', actor, language: 'id', limit: 25, now }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('searching', () => {
  it.each([
    ['the beginning of a name', 'sar', ['tuesday', 'free']],
    ['any word of a name', 'contoh', ['tuesday', 'budi', 'free']],
    ['the beginning of a word of the agency', 'bapp', ['budi']],
    ['words in any order, of name and agency', 'gowa sari', ['free']],
    ['capital letters and accents', 'ÉLAN', ['closed']],
    ['a long word', 'pendidikan', ['sari']],
    ['a word with an apostrophe', "ma'ruf", ['resolved']],
    ['a number with leading zeros in the agency', '000045', ['resolved']],
    ['what nobody is called', 'zzz', []],
    ['no letters at all', '!?', []],
    ['an operator', '{"$ne":null}', []],
    ['a pattern', '.*', []],
  ] as const)('finds by %s', async (_case, q, expected) => {
    expect(await numbers('all', q)).toEqual(expected.map((name) => made[name]));
  });

  it('finds by number, in full, by its beginning, and by its running number', async () => {
    expect(await numbers('all', made.budi.toLowerCase())).toEqual([made.budi]);
    expect(await numbers('all', 'DJPK-2026-00000')).toEqual([
      ...[made.tuesday, made.closed, made.resolved, made.budi, made.sari, made.free],
    ]);
    expect(await numbers('all', '3')).toEqual([made.budi]);
    expect(await numbers('all', '000003')).toEqual([made.budi]);
  });

  it('stays within the view', async () => {
    expect(await numbers('unassigned', 'contoh')).toEqual([made.tuesday, made.free]);
  });
});

describe('paging', () => {
  it.each(['open', 'overdue', 'all'] as const)('shows every ticket of %s once', async (view) => {
    const whole = await numbers(view);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { items, next }: Awaited<ReturnType<typeof page>> = await page(view, {
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...items.map(({ number }) => number));
      cursor = next;
    } while (cursor);
    expect(seen).toEqual(whole);
  });

  it.each(['contoh', 'DJPK-2026'])('shows every result of a search for %s once', async (q) => {
    const first = await page('all', { q, limit: 2 });
    const rest = await page('all', { q, cursor: first.next! });
    expect([...first.items, ...rest.items].map(({ number }) => number)).toEqual(await numbers('all', q));
    expect(rest.next).toBeNull();
  });

  it('tells tickets apart that changed in the same instant', async () => {
    const at = new Date('2026-02-02T09:00:00+07:00');
    for (let count = 0; count < 5; count += 1) await openSample(test.services, { now: at });
    const whole = await numbers('open');
    const first = await page('open', { limit: 6 });
    const second = await page('open', { limit: 6, cursor: first.next! });
    expect([...first.items, ...second.items].map(({ number }) => number)).toEqual(whole);
  });

  it.each([
    'x',
    'W10',
    Buffer.from('["a",{"$gt":1}]').toString('base64url'),
    Buffer.from('["a"]').toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    await expect(page('open', { cursor })).rejects.toMatchObject({
      code: 'invalid-input',
      params: { field: 'cursor' },
    });
  });
});

describe('counting', () => {
  it('counts each view, at most to 100', async () => {
    expect(await countTickets(test.services, { actor: budi, now })).toEqual({
      ...{ unassigned: 7, mine: 1, open: 9, overdue: 8, complaints: 0, suggestions: 0 },
    });
    const template = (await test.services.models.tickets.findOne({ number: made.free }).lean())!;
    await test.services.models.tickets.insertMany(
      Array.from({ length: 120 }, (_, index) => ({
        ...template,
        ...{ _id: `copy-${index}`, number: `COPY-${index}`, openingKey: `copy-${index}` },
      })),
    );
    expect(await countTickets(test.services, { actor: budi, now })).toMatchObject({
      unassigned: 100,
      open: 100,
    });
  });
});

describe('every list', () => {
  it.each([
    ['unassigned', {}],
    ['mine', {}],
    ['open', {}],
    ['overdue', {}],
    ['resolved', {}],
    ['all', {}],
    ['all', { q: 'contoh' }],
    ['all', { q: 'DJPK-2026' }],
  ] as const)('%s %j uses an index', async (view, more) => {
    const { filter, sort } = ticketQuery({ view, staffId: sari.staffId, now, ...more });
    const explained: unknown = await test.services.models.tickets
      .find(filter)
      .sort(sort)
      .limit(26)
      .explain('queryPlanner');
    const plan = JSON.stringify(
      (explained as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan,
    );
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
  });
});
