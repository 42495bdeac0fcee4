import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/scheduler/job.js';
import { JOBS } from '../../src/scheduler/jobs/index.js';
import { runUntil } from '../../src/scheduler/run-until.js';
import { VirtualClock } from '../../src/shared/clock.js';
import { createOffice, submitted, type Office } from '../support/conversation.js';

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

const START = new Date('2026-03-02T10:00:00+07:00');
const later = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);
const context = (): Parameters<typeof runUntil>[1] => ({
  engine: office.engine,
  mailTransport: { mode: 'folder', send: () => Promise.resolve() },
});

describe('a virtual clock with jobs', () => {
  it('runs each job at the moment its work falls due, in order of time, and stops at the end', async () => {
    const ran: string[] = [];
    const clock = new VirtualClock(START);
    const job = (name: string, due: Date[]): Job => ({
      ...{ name, every: 5 },
      nextDue: () => Promise.resolve(due[0]),
      run: (_context, now) => {
        ran.push(`${name} ${(now.getTime() - START.getTime()) / 1000}`);
        due.shift();
        return Promise.resolve();
      },
    });
    const jobs = [job('a', [later(10), later(30), later(31)]), job('b', [later(20), later(30)])];
    await runUntil(jobs, context(), clock, later(30));
    expect(ran).toEqual(['a 10', 'b 20', 'a 30', 'b 30']);
    expect(clock.now()).toEqual(later(30));
  });

  it('tries work that a run could not do again after the interval of the job', async () => {
    const ran: number[] = [];
    const clock = new VirtualClock(START);
    const stubborn: Job = {
      ...{ name: 'stubborn', every: 10 },
      nextDue: () => Promise.resolve(START),
      run: (_context, now) => {
        ran.push((now.getTime() - START.getTime()) / 1000);
        return Promise.resolve();
      },
    };
    await runUntil([stubborn], context(), clock, later(25));
    expect(ran).toEqual([0, 10, 20]);
  });

  it('names a job that always finds more to do at the same moment', async () => {
    let due = 0;
    const endless: Job = {
      ...{ name: 'endless', every: 5 },
      nextDue: () => Promise.resolve(new Date(START.getTime() - 10_000 + due++)),
      run: () => Promise.resolve(),
    };
    const running = runUntil([endless], context(), new VirtualClock(START), later(1));
    await expect(running).rejects.toThrow(/endless leaves its work undone/);
  });
});

describe('the jobs', () => {
  it('record a deadline that comes and one that passes, once each (R-A3)', async () => {
    const chat = await submitted(office.chat());
    const { _id: ticketId, dueAt } = await chat.ticket();
    await office.until(new Date(dueAt.getTime() + 86_400_000));
    const facts = await office.services.models.serviceEvents.find({ ticketId }).sort({ at: 1 }).lean();
    const times = facts.map(({ name, at }) => [name, at.toISOString()]);
    expect(times.slice(1)).toEqual([
      ['due-soon', '2026-03-04T01:00:00.000Z'],
      ['overdue', '2026-03-04T10:00:00.000Z'],
    ]);
  });

  it('run twice in a row change nothing the second time', async () => {
    const count = async (): Promise<number[]> => {
      const { models } = office.services;
      return Promise.all(
        [models.messages, models.serviceEvents, models.mails].map(async (m) => m.countDocuments()),
      );
    };
    await office.time(60);
    const before = await count();
    for (const job of [...JOBS, ...JOBS]) await job.run(context(), office.clock.now());
    await office.engine.queue.idle();
    expect(await count()).toEqual(before);
  });
});
