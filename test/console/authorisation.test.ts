import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../src/services/staff/roles.js';
import { asker, startConsoleServer, type Ask, type ConsoleServer } from './console-server.js';

/** Who may use which operation, as the contract has it: written down here apart from the routes. */
const T = ['agent', 'supervisor', 'administrator'];
const W = ['agent', 'supervisor'];
/** Whose unit it is, the services decide. */
const D = [...T, 'unit-member', 'head-of-unit'];
const DW = [...W, 'unit-member', 'head-of-unit'];
/** The reception; agents look. */
const R = ['receptionist', 'agent', 'supervisor'];
const RW = ['receptionist', 'supervisor'];
const A = ['administrator'];
const S = ['supervisor', 'administrator'];
const EVERYBODY = [...ROLES] as string[];
const EXPECTED: Record<string, readonly string[] | 'public'> = {
  'setup.show': 'public',
  'setup.complete': 'public',
  'session.start': 'public',
  'session.show': EVERYBODY,
  'session.update': EVERYBODY,
  'session.end': EVERYBODY,
  'session.change-password': EVERYBODY,
  'session.list': EVERYBODY,
  'session.revoke': EVERYBODY,
  'ticket.list': T,
  'ticket.counts': T,
  'ticket.show': T,
  'ticket.update': W,
  'ticket.history': T,
  'ticket.messages': T,
  'ticket.claim': W,
  'ticket.take-over': W,
  'ticket.hand-back': W,
  'ticket.seen': W,
  'ticket.assign': W,
  'ticket.close': W,
  'ticket.resolve': W,
  'ticket.reply': W,
  'ticket.note': W,
  'ticket.move': W,
  'ticket.mark-concerned': W,
  'contact.show': T,
  'contact.merge': W,
  'contact.unmerge': W,
  'escalation.list-of-ticket': T,
  'escalation.deadline': T,
  'escalation.escalate': W,
  'escalation.list': D,
  'escalation.units': D,
  'escalation.show': D,
  'escalation.step': DW,
  'escalation.download': D,
  'appointment.list': D,
  'appointment.list-of-ticket': T,
  'appointment.consultants': D,
  'appointment.show': D,
  'appointment.free-sessions': D,
  'appointment.step': DW,
  'appointment.download': D,
  'appointment.minutes': D,
  'appointment.calendar': D,
  'closed-session.close': W,
  'closed-session.reopen': W,
  'room.list': EVERYBODY,
  'room.save': A,
  'reception.day': R,
  'reception.search': R,
  'reception.show': R,
  // The unit's people say that they have come.
  'reception.step': [...RW, 'unit-member', 'head-of-unit'],
  'reception.signature': R,
  'reception.minutes': R,
  'reception.print-day': R,
  'reception.print-attendance': R,
  'reception.how-to-book': R,
  'reception.unscheduled': RW,
  'file.upload': DW,
  'file.download': T,
  'events.follow': EVERYBODY,
  // Whom a letter concerns, the services decide.
  'letter.list': EVERYBODY,
  'letter.counts': EVERYBODY,
  'letter.show': EVERYBODY,
  'letter.step': EVERYBODY,
  'letter.download': EVERYBODY,
  'mail.list': T,
  'mail.show': T,
  'mail.source': T,
  'mail.retry': T,
  'minutes.list': T,
  'audit.list': S,
  'overview.show': S,
  'channel.list': S,
  'channel.show-pairing': A,
  'channel.pair': A,
  'channel.unpair': A,
  'staff.list': A,
  'staff.invite': A,
  'staff.update': A,
  'staff.setup-link': A,
  'staff.revoke-sessions': A,
  'assignee.list': T,
  'topic.list': EVERYBODY,
  'topic.save': A,
  'unit.list': EVERYBODY,
  'unit.save': A,
  'unit.list-channels': A,
  'unit.choose-channel': A,
  'holiday.list': EVERYBODY,
  'holiday.save': A,
  'holiday.remove': A,
  'office-hours.show': EVERYBODY,
  'office-hours.change': A,
  'clocks.show': EVERYBODY,
  'clocks.change': A,
  'deadlines.preview': A,
  'region.find': EVERYBODY,
};

interface Operation {
  id: string;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With something harmless in place of each parameter, so that the guard alone decides. */
  path: string;
  described: string;
}

let server: ConsoleServer;
let anybody: Ask;
let operations: Operation[];
const asks = new Map<string, Ask>();

beforeAll(async () => {
  server = await startConsoleServer();
  anybody = asker(server.app);
  operations = await readOperations();
  for (const role of ROLES) asks.set(role, (await server.signedInAs(`peran-${role}`, role)).ask);
  // Without a unit there is no desk for its people.
  await server.services.models.units.create({ _id: 'contoh', name: 'Unit Contoh', active: true });
  await server.services.models.staff.updateMany({}, { $set: { unitCode: 'contoh' } });
});
afterAll(() => server.close());

async function readOperations(): Promise<Operation[]> {
  const document = (await anybody('GET', '/openapi.json')).json<{
    paths: Record<string, Record<string, { operationId: string; description: string }>>;
  }>();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, description }]) => ({
      id: operationId,
      method: method.toUpperCase() as Operation['method'],
      path: path.replace(/\{[^}]+\}/g, '~'),
      described: description,
    })),
  );
}

/** Signing out or listening would end or hang the test; these two are tried by tests of their own. */
const TRIED_ELSEWHERE = ['session.end', 'events.follow'];

describe('every operation', () => {
  it('is in the table of who may use it, and the other way round', () => {
    expect(operations.map(({ id }) => id).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it('wants a session unless it is for the public', async () => {
    for (const { id, method, path } of operations) {
      const { statusCode } = await anybody(method, path, method === 'GET' ? undefined : {});
      if (EXPECTED[id] === 'public') expect([200, 400], id).toContain(statusCode);
      else expect([id, statusCode]).toEqual([id, 401]);
    }
  });

  it.each([...ROLES])('lets the role %s do exactly what the table says', async (role) => {
    const ask = asks.get(role)!;
    const found: Record<string, boolean> = {};
    const wanted: Record<string, boolean> = {};
    for (const { id, method, path } of operations.filter(
      (operation) => !TRIED_ELSEWHERE.includes(operation.id),
    )) {
      const expected = EXPECTED[id];
      const { statusCode } = await ask(method, path, method === 'GET' ? undefined : { unknown: 1 });
      found[id] = statusCode !== 403;
      wanted[id] = expected === 'public' || expected?.includes(role) === true;
      expect(statusCode, id).not.toBe(401);
      expect(statusCode, id).toBeLessThan(500);
    }
    expect(found).toEqual(wanted);
  });

  it('says in its description who may use it', () => {
    for (const { id, described } of operations) {
      const expected = EXPECTED[id];
      if (expected === 'public') expect(described, id).toMatch(/no session/);
      else if (expected === EVERYBODY) expect(described, id).toMatch(/everybody who is signed in/);
      else for (const role of expected ?? []) expect(described, id).toContain(role);
    }
  });

  it('refuses a write that lacks the header of the page, whoever asks', async () => {
    const ask = asks.get('administrator')!;
    for (const { id, method, path } of operations.filter((operation) => operation.method !== 'GET')) {
      const { statusCode } = await ask(method, path, {}, { 'x-requested-with': 'XMLHttpRequest' });
      expect([id, statusCode]).toEqual([id, 403]);
    }
  });
});

describe('roles', () => {
  it('count at once when they are taken away', async () => {
    const admin = asks.get('administrator')!;
    const { ask, staffId } = await server.signedInAs('naik-turun', 'supervisor');
    expect((await ask('GET', '/audit')).statusCode).toBe(200);
    await admin('PATCH', `/staff/${staffId}`, { roles: ['agent'] });
    expect((await ask('GET', '/audit')).statusCode).toBe(403);
  });
});
