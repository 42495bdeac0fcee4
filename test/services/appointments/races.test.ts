import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import { closeSessions } from '../../../src/services/appointments/close-sessions.js';
import { holdSession } from '../../../src/services/appointments/hold-session.js';
import { readySample, twinsOf, wib } from '../../support/appointments.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';
import type { Got, Wish } from './race-child.js';

const CHILD = fileURLToPath(new URL('race-child.ts', import.meta.url));
/** Holds made on Monday at 10.00 have run out. */
const LATER = wib('2026-03-02T10:30');

let test: TestServices;
let processes: AppProcess[];
beforeAll(async () => {
  test = await createTestServices();
  processes = await Promise.all([startProcess(), startProcess()]);
});
afterAll(async () => {
  for (const process of processes) await process.end();
  await test.close();
});
beforeEach(async () => {
  await test.services.models.appointments.deleteMany({});
});

interface AppProcess {
  all(wishes: readonly Wish[]): Promise<Got[]>;
  end(): Promise<void>;
}

async function startProcess(): Promise<AppProcess> {
  const [, server = '', query = ''] = /^([^?]*\/\/[^/?]+)[^?]*(\?.*)?$/.exec(inject('mongoUri')) ?? [];
  const uri = `${server}/${test.services.models.connection.name}${query}`;
  const child: ChildProcessWithoutNullStreams = spawn(
    process.execPath,
    ['--import', 'tsx', CHILD, uri, LATER.toISOString()],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done) throw new Error(`the process ended: ${errors}`);
    return JSON.parse(line.value) as unknown;
  };
  expect(await read()).toBe('ready');
  return {
    all: async (wishes) => {
      child.stdin.write(`${JSON.stringify(wishes)}\n`);
      return (await read()) as Got[];
    },
    end: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

/** Every second wish in the other process, all at once. */
async function atOnce(wishes: readonly Wish[]): Promise<Got[]> {
  const halves = processes.map((process, half) =>
    process.all(wishes.filter((_, index) => index % processes.length === half)),
  );
  return (await Promise.all(halves)).flat();
}

const count = (got: readonly Got[], code: string): number => got.filter((one) => one.code === code).length;
const claimants = async (claim: string): Promise<Appointment[]> =>
  test.services.models.appointments.find({ claims: { $type: 'string', $in: [claim] } }).lean();

it(
  'of 200 who confirm the last session at once over two processes one has it, the others hear so with the next free ones (R-C3)',
  { timeout: 120_000 },
  async () => {
    const { services } = test;
    const actor = await addStaff(services, 'rani', 'agent');
    const last = { date: '2026-03-05', room: null, from: '10:00', reason: 'Rapat kerja' };
    await closeSessions(services, { ...last, actor, now: MONDAY_MORNING });
    const all = await twinsOf(services, await readySample(services), 200);
    const wishes = all.map(({ _id: id }, index): Wish => {
      const act = index % 10 < 8 ? 'take' : 'book';
      return { act, id, startsAt: wib('2026-03-05T09:00').toISOString() };
    });
    const got = await atOnce(wishes);
    expect(count(got, 'done')).toBe(1);
    expect(count(got, 'session-taken')).toBe(199);
    const next = [wib('2026-03-06T09:00').toISOString(), wib('2026-03-06T10:00').toISOString()];
    for (const { code, next: offered } of got) if (code !== 'done') expect(offered).toEqual(next);
    const winner = got.find(({ code }) => code === 'done');
    const holders = await claimants('visit:2026-03-05T09:00');
    expect(holders.map(({ _id }) => _id)).toEqual([winner?.id]);
    expect(holders[0]?.thread.filter(({ step }) => step === 'book')).toHaveLength(1);
    // Whoever got nothing has nothing.
    expect(await services.models.appointments.countDocuments({ claims: { $type: 'string' } })).toBe(1);
  },
);

it(
  'of 60 of one region at once on as many sessions two of a month have one (R-C4)',
  { timeout: 120_000 },
  async () => {
    const { services } = test;
    const days = [6, 9, 10, 11, 12, 13, 16, 17, 25, 26, 27, 30, 31];
    const times = ['09:00', '10:00', '13:00', '14:00'];
    const sessions = days.flatMap((day) =>
      times.map((time) => `2026-03-${String(day).padStart(2, '0')}T${time}`),
    );
    const all = await twinsOf(services, await readySample(services), 60, () => '73.06');
    const wishes = all.map(({ _id: id }, index): Wish => {
      const startsAt = wib(sessions[(index * 7) % sessions.length] ?? '').toISOString();
      return { act: index % 2 === 0 ? 'take' : 'book', id, startsAt };
    });
    const got = await atOnce(wishes);
    expect(count(got, 'done')).toBe(2);
    const refusals = new Set(got.map(({ code }) => code).filter((code) => code !== 'done'));
    refusals.delete('session-taken');
    refusals.delete('region-day-taken');
    expect([...refusals]).toEqual(['region-month-full']);
    const full = got.find(({ code }) => code === 'region-month-full');
    expect(full?.params).toEqual({ region: 'Daerah 73.06', earliest: '2026-04-01' });
    const there = await services.models.appointments.find({ claims: { $type: 'string' } }).lean();
    const dates = there.map(({ agreed }) => agreed?.startsAt.toISOString().slice(0, 10));
    expect(new Set(dates).size).toBe(2);
  },
);

it(
  'a hold that runs out while it is confirmed goes to the holder or to one who takes it, never to both (R-C3)',
  { timeout: 120_000 },
  async () => {
    const { services } = test;
    const template = await readySample(services);
    for (const time of ['2026-03-06T09:00', '2026-03-06T10:00', '2026-03-09T09:00', '2026-03-09T10:00']) {
      const startsAt = wib(time);
      const holder = await readySample(services, { region: `H${time}` });
      await holdSession(services, { id: holder._id, startsAt, now: MONDAY_MORNING });
      const takers = await twinsOf(services, template, 11, (index) => `T${time}-${index}`);
      const wishes = takers.map(({ _id: id }): Wish => ({
        act: 'take',
        id,
        startsAt: startsAt.toISOString(),
      }));
      wishes.splice(5, 0, { act: 'confirm', id: holder._id, startsAt: startsAt.toISOString() });
      const got = await atOnce(wishes);
      expect(count(got, 'done')).toBe(1);
      const own = got.find(({ id }) => id === holder._id);
      expect(own?.code).toBe(got.find(({ code }) => code === 'done') === own ? 'done' : 'hold-over');
      expect(count(got, 'session-taken')).toBe(own?.code === 'done' ? 11 : 10);
      const has = await claimants(`visit:${time}`);
      expect(has.map(({ _id }) => _id)).toEqual(
        got.filter(({ code }) => code === 'done').map(({ id }) => id),
      );
    }
  },
);
