import { performance } from 'node:perf_hooks';
import type * as modelsModule from '../../../src/models/index.js';
import type { Appointment } from '../../../src/models/appointment.js';
import type * as claimsModule from '../../../src/services/appointments/claims.js';
import type * as freeModule from '../../../src/services/appointments/find-free-sessions.js';
import type * as timesModule from '../../../src/services/appointments/session-times.js';
import type { ServiceContext } from '../../../src/services/service-context.js';
import type * as referenceModule from '../../../src/services/settings/load-reference-data.js';
import type * as seedModule from '../../../src/services/settings/seed-defaults.js';
import { databaseUri } from '../durable/measure-durable.js';
import { built } from '../harness/built.js';
import { percentile, type Figures } from '../harness/figures.js';
import { calibrate, watchOthers } from '../harness/noise.js';

const FIRST = '2026-03-02';
const NOW = new Date('2026-02-23T09:00:00+07:00');
const WINDOWS = { month: 30, year: 366 } as const;
type WindowName = keyof typeof WINDOWS;

const WARM_UP = 15;
const MEASURED = 60;

/** Microseconds that a search and a read take by turns, with every visit of a year booked but the last of the window. */
export async function measureSessions(arm: string, storeUri: string): Promise<Figures> {
  const window = arm as WindowName;
  const { connectModels } = await built<typeof modelsModule>('models/index.js');
  const { seedDefaults } = await built<typeof seedModule>('services/settings/seed-defaults.js');
  const { loadReferenceData } = await built<typeof referenceModule>(
    'services/settings/load-reference-data.js',
  );
  const models = await connectModels(databaseUri(storeUri, `bench-sessions-${process.pid}`));
  try {
    await seedDefaults(models, NOW);
    const context = { models, reference: await loadReferenceData(models) } as ServiceContext;
    const booked = await fill(context, WINDOWS[window]);
    return await timed(await searchOf(context, window), readOf(context, window, booked));
  } finally {
    await models.connection.dropDatabase();
    await models.connection.close();
  }
}

/** @throws Error when the answer is wrong */
type Work = () => Promise<void>;

/** What a user waits for: the one session that is left of so many. */
async function searchOf(context: ServiceContext, window: WindowName): Promise<Work> {
  const { findFreeSessions } = await built<typeof freeModule>('services/appointments/find-free-sessions.js');
  const appointment = visit('asking', null);
  return async () => {
    const days = WINDOWS[window];
    const { sessions } = await findFreeSessions(context, { appointment, from: FIRST, days, now: NOW });
    if (sessions.length !== 1) throw new Error(`found ${sessions.length} sessions`);
  };
}

/** One indexed read of the same bookings, by the driver alone. */
function readOf({ models }: ServiceContext, window: WindowName, booked: number): Work {
  const from = new Date(`${FIRST}T00:00:00+07:00`);
  const to = new Date(from.getTime() + WINDOWS[window] * 86_400_000);
  return async () => {
    const found = await models.appointments.collection
      .find({ 'agreed.startsAt': { $type: 'date', $gte: from, $lt: to } })
      .toArray();
    if (found.length !== booked) throw new Error(`read ${found.length} of ${booked} bookings`);
  };
}

/** By turns, so that whatever else the machine does falls on both alike. */
async function timed(search: Work, read: Work): Promise<Figures> {
  for (let i = 0; i < WARM_UP; i += 1) {
    await search();
    await read();
  }
  const calibration = calibrate();
  const others = watchOthers();
  const [searches, reads] = [new Samples(), new Samples()];
  for (let i = 0; i < MEASURED; i += 1) {
    await searches.take(search);
    await reads.take(read);
  }
  const all = { ...searches.figures('search'), ...reads.figures('read') };
  return { ...all, others: others(), calibration };
}

class Samples {
  readonly #times: number[] = [];
  #cpu = 0;

  async take(work: Work): Promise<void> {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    await work();
    this.#times.push((performance.now() - start) * 1000);
    const { user, system } = process.cpuUsage(cpu);
    this.#cpu += user + system;
  }

  figures(name: string): Figures {
    return {
      [`${name} p50`]: percentile(this.#times, 0.5),
      [`${name} p99`]: percentile(this.#times, 0.99),
      [`${name} cpu`]: this.#cpu / this.#times.length,
    };
  }
}

/** Books a year; gives how many of the window are booked. */
async function fill(context: ServiceContext, windowDays: number): Promise<number> {
  const { models, reference } = context;
  const { claimsOf } = await built<typeof claimsModule>('services/appointments/claims.js');
  const { offeredTimes, sessionAt, startOf } = await built<typeof timesModule>(
    'services/appointments/session-times.js',
  );
  const { calendar } = reference;
  const visits: Appointment[] = [];
  let [booked, last] = [0, 0];
  for (let day = 0; day < 372; day += 1) {
    const date = new Date(Date.parse(FIRST) + day * 86_400_000).toISOString().slice(0, 10);
    for (const time of offeredTimes(calendar, 'visit', date)) {
      const session = sessionAt(startOf(calendar, date, time), 'vc-lantai-3');
      const appointment = visit(`${date}T${time}`, session);
      const claims = claimsOf(calendar, appointment, session, 1);
      if (day < windowDays) [booked, last] = [booked + 1, visits.length];
      visits.push({ ...appointment, claims });
    }
  }
  visits.splice(last, 1);
  await models.appointments.insertMany(visits);
  return booked - 1;
}

/** As large as bookings are: letter, guests, five steps. */
function visit(id: string, agreed: Appointment['agreed']): Appointment {
  const file = { fileId: `file-${id}`, name: 'surat permohonan.pdf', mimeType: 'application/pdf', size: 1 };
  const step = { at: NOW, byId: null, byName: 'Sari Contoh', by: 'user' as const };
  const steps = ['request', 'letter', 'guests', 'book', 'assign'] as const;
  return {
    ...{
      _id: id,
      ticketId: `ticket-${id}`,
      ticketNumber: `DJPK-${id}`,
      conversationId: `conversation-${id}`,
    },
    ...{ kind: 'visit', state: agreed ? 'scheduled' : 'planning', regionCode: `region-${id}` },
    who: { name: 'Sari Contoh', agency: 'BPKAD Kabupaten Gowa', regionName: 'Kabupaten Gowa' },
    purpose: 'Konsultasi penyaluran DAK Fisik tahap I dan sisa dana tahun sebelumnya',
    ...{ topicCode: 'dak-fisik', unitCode: 'dana-transfer-khusus', kanwil: null, requestedAt: NOW },
    letter: {
      ...{ file, number: `900/${id}/BPKAD/2026`, date: '2026-02-16', receivedAt: NOW, via: 'web-chat' },
      ...{ addressee: 'Direktur Jenderal Perimbangan Keuangan', sender: 'BPKAD Kabupaten Gowa' },
    },
    letterKeys: [`file:${id}`, `number:${id}`],
    guests: ['g1', 'g2'].map((guest) => ({
      id: guest,
      name: 'Sari Contoh',
      position: 'Analis',
      isHead: false,
    })),
    ...{ agreed, held: null, proposed: [], waiting: null, displaced: false },
    ...{ consultantId: null, consultantName: null, meetingUrl: null, trial: null, visit: null, report: null },
    thread: steps.map((name, index) => ({ ...step, n: index + 1, step: name, key: `${id}-${index}` })),
    ...{ version: 5, updatedAt: NOW, settledEntry: 5, unsettled: false, nextSettleAt: NOW },
    ...{ nextNoticeAt: null, noticed: [], openingKey: `opening-${id}` },
  };
}
