import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bookSession } from '../../src/services/appointments/book-session.js';
import { readySample, wib } from '../support/appointments.js';
import { agreed, createOffice, twinOf, type Chat, type Office } from '../support/conversation.js';
import { addCast, type Cast } from '../support/escalations.js';
import type { Errand } from './appointments-child.js';
import { databaseOf } from './mortal-process.js';

const CHILD = fileURLToPath(new URL('appointments-child.ts', import.meta.url));

/** Agreeing on a visit and what follows take some thirty answers of the database: the deaths lie within. */
const LIFETIMES = [8, 14, 20, 26] as const;

let office: Office;
let cast: Cast;
let ready: Chat;
beforeAll(async () => {
  office = await createOffice();
  cast = await addCast(office.services);
  ready = await agreed(office.chat());
});
afterAll(() => office.close());

/** @returns the signal that ended it */
async function run(errand: Errand): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(errand)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

it(
  'a process that is killed while it agrees on visits loses and doubles nothing (R-C3, R-C7)',
  { timeout: 180_000 },
  async () => {
    const { services } = office;
    const { models, config } = services;
    const sheet = { direction: 'out', 'content.name': /^Konfirmasi-Kedatangan/ } as const;
    for (const [index, lifetime] of LIFETIMES.entries()) {
      const chat = await twinOf(office, ready);
      const { _id: conversationId } = await chat.conversation();
      const conversation = { _id: conversationId, channel: 'web-chat', contactId: null } as const;
      const now = office.clock.now();
      const { _id: id, ticketId } = await readySample(services, { region: null, conversation, now });
      await office.time(60);
      const startsAt = wib(`2026-03-${index + 9 < 10 ? '0' : ''}${index + 9}T09:00`);
      const where = { uri: databaseOf(office), folder: join(config.dataDir, 'files') };
      const times = { now: office.clock.now().toISOString(), startsAt: startsAt.toISOString() };
      const signal = await run({ ...where, ...times, id, actor: cast.agent, lifetime });
      const after = `killed after ${lifetime}`;
      expect(signal, after).toBe('SIGKILL');
      await office.time(180);
      const found = await models.appointments.findById(id).lean();
      if (!found?.agreed) {
        await bookSession(services, { id, startsAt, actor: cast.agent, now: office.clock.now() });
        await office.time(60);
      }
      const appointment = await models.appointments.findById(id).lean();
      expect(appointment, after).toMatchObject({
        state: 'scheduled',
        unsettled: false,
        agreed: { startsAt },
      });
      const told = { conversationId, direction: 'out', 'content.text': /Petugas menjadwalkan/ } as const;
      expect(await models.messages.countDocuments(told), after).toBe(1);
      expect(await models.messages.countDocuments({ conversationId, ...sheet }), after).toBe(1);
      expect(await models.mails.countDocuments({ ticketId }), after).toBe(1);
      const facts = { ticketId, name: 'appointment-book' } as const;
      expect(await models.serviceEvents.countDocuments(facts), after).toBe(1);
      expect(await models.tickets.findById(ticketId).lean(), after).toMatchObject({ status: 'scheduled' });
    }
  },
);
