import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeAppointmentStep } from '../../src/console/take-appointment-step.js';
import type { Appointment, AppointmentState } from '../../src/models/appointment.js';
import type { BookingKind } from '../../src/models/ticket.js';
import { allowedSteps, standingAt } from '../../src/services/appointments/allowed-steps.js';
import type { Actor } from '../../src/services/service-context.js';
import { DomainError } from '../../src/shared/errors.js';
import { readySample, sampleLetter, wib } from '../support/appointments.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../support/services.js';

const STATES: readonly AppointmentState[] = [
  ...(['awaiting-letter', 'planning', 'scheduled', 'under-way', 'over'] as const),
  ...(['done', 'cancelled', 'no-show', 'declined'] as const),
];

type Request = Parameters<typeof takeAppointmentStep>[1]['request'];

let test: TestServices;
let agent: Actor;
let member: Actor;
let fileId: string;
const UNIT = 'dana-transfer-khusus';

beforeAll(async () => {
  test = await createTestServices();
  agent = await addStaff(test.services, 'sari', 'agent');
  member = await addStaff(test.services, 'joko', 'unit-member');
  await test.services.models.staff.updateOne({ _id: member.staffId }, { $set: { unitCode: UNIT } });
  fileId = (await sampleLetter(test.services)).file.fileId;
});
afterAll(() => test.close());

const FACTS = {
  number: '900/77/BPKAD/2026',
  date: '2026-02-27',
  addressee: 'Dirjen',
  sender: 'BPKAD Contoh',
};

/** Each step as a page would ask for it, and what the page calls it. */
function requests(session: string): [string[], Request][] {
  const reason = 'Alasan contoh';
  return [
    [
      ['letter'],
      { step: 'letter', fileId, ...FACTS, receivedAt: MONDAY_MORNING.toISOString(), via: 'email' },
    ],
    [['book', 'move'], { step: 'book', startsAt: session }],
    [['propose'], { step: 'propose', startsAts: [session] }],
    [['guests'], { step: 'guests', guests: [{ name: 'Sari Contoh', position: null, isHead: false }] }],
    [['assign'], { step: 'assign', consultantId: null }],
    [['meeting'], { step: 'meeting', url: 'https://contoh.go.id/rapat' }],
    [['trial'], { step: 'trial', result: 'passed', at: MONDAY_MORNING.toISOString() }],
    [['solve'], { step: 'solve', remark: reason }],
    [['cancel'], { step: 'cancel', reason }],
    [['decline'], { step: 'decline', reason }],
    [['report'], { step: 'report', answer: 'Jawaban contoh', legalBasis: [], recordingUrl: null }],
  ];
}

/** What a service says that will not take a step from where the booking stands, or not from this person. */
const IMPOSSIBLE = new Set([
  'step-not-possible',
  'appointment-over',
  'not-allowed',
  'letter-missing',
  'trial-not-passed',
]);

const AGAIN: Partial<Record<AppointmentState, string>> = { cancelled: 'cancel', declined: 'decline' };

let days = 0;

/** One booking of the kind, put into a state again and again. */
async function bookingOf(kind: BookingKind, hindered: boolean) {
  const base = await readySample(test.services, { kind, region: null });
  const trial = { at: MONDAY_MORNING, state: 'failed' as const, hindrance: 'Contoh', solvedAt: null };
  return async (state: AppointmentState): Promise<Appointment> => {
    const letter = state === 'awaiting-letter' ? null : base.letter;
    const appointment = { ...base, state, letter, ...(hindered ? { trial } : {}) };
    await test.services.models.appointments.replaceOne({ _id: base._id }, appointment);
    return appointment;
  };
}

async function isTaken(id: string, request: Request, actor: Actor): Promise<boolean> {
  try {
    await takeAppointmentStep(test.services, { id, request, actor, now: MONDAY_MORNING });
    return true;
  } catch (error) {
    if (error instanceof DomainError) return !IMPOSSIBLE.has(error.code);
    throw error;
  }
}

describe('what a page offers of a booking', () => {
  it.each([
    ['visit', false],
    ['video-application', false],
    ['video-network', false],
    ['video-network', true],
  ] as const)('is just what the services take, in every state: %s, hindered %s', async (kind, hindered) => {
    const put = await bookingOf(kind, hindered);
    for (const actor of [agent, member]) {
      for (const state of hindered ? (['planning'] as const) : STATES) {
        days += 1;
        const session = new Date(wib('2026-06-01T09:00').getTime() + days * 7 * 86_400_000).toISOString();
        for (const [names, request] of requests(session)) {
          // Whom else a conference has is asked in the chat alone.
          if (request.step === 'guests' && kind !== 'visit') continue;
          // Done once more it changes nothing.
          if (AGAIN[state] === request.step) continue;
          const appointment = await put(state);
          const allowed = allowedSteps(appointment, standingAt(appointment, actor, UNIT));
          const offered = names.some((name) => allowed.some((step) => step === name));
          expect([state, names[0], await isTaken(appointment._id, request, actor)]).toEqual([
            state,
            names[0],
            offered,
          ]);
        }
      }
    }
  });
});
