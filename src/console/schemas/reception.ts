import { z } from 'zod';
import { date, identifier, instant } from './common.js';

const PHASES = ['expected', 'arrived', 'called', 'met', 'handed-over', 'left'] as const;
const STATES = [
  ...(['awaiting-letter', 'planning', 'scheduled', 'under-way', 'over'] as const),
  ...(['done', 'cancelled', 'no-show', 'declined'] as const),
] as const;
const STEPS = [
  ...(['arrive', 'call', 'meet', 'attendance', 'check-travel-orders'] as const),
  ...(['sign-travel-orders', 'hand-over', 'leave'] as const),
] as const;

/** A signature of 100 kB in base64 and half as much again: what is too large is refused by its size. */
const LONGEST_IMAGE = 200_000;

export const dayQuery = z.strictObject({ date: date.optional() });
export const searchQuery = z.strictObject({ q: z.string().trim().min(2).max(200) });
export const dayParams = z.strictObject({ date });
export const paperQuery = z.strictObject({ format: z.enum(['pdf', 'xlsx']) });
export const signatureParams = z.strictObject({ id: identifier, fileId: identifier });

const key = identifier.optional().describe('The same press sent twice is one step');
const orders = z
  .array(z.strictObject({ guestId: identifier, number: z.string().trim().min(1).max(80) }))
  .max(10);

export const visitStep = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('arrive'),
    guestCards: z
      .array(z.string().max(20))
      .min(1)
      .max(4)
      .describe('Numbers of the guest cards given for identity cards; nothing of the identity card is kept'),
    room: identifier.optional(),
    key,
  }),
  z.strictObject({ step: z.enum(['call', 'meet', 'hand-over', 'leave']), key }),
  z.strictObject({
    step: z.literal('attendance'),
    guestId: identifier,
    signature: z.enum(['screen', 'paper', 'absent']),
    image: z
      .base64()
      .max(LONGEST_IMAGE)
      .optional()
      .describe('The signature drawn on the screen, PNG, at most 100 kB'),
    key,
  }),
  z.strictObject({ step: z.enum(['check-travel-orders', 'sign-travel-orders']), orders, key }),
]);

export const unscheduled = z.strictObject({ key: identifier });
export const unscheduledCount = z.object({ today: z.int().describe('So far on the day') });

/** What somebody without a schedule is told (R-C2). */
export const howToBook = z.object({
  chatUrl: z.string(),
  phone: z.string(),
  whatsapp: z.string(),
  email: z.string(),
  today: z.int().describe('How many came without a schedule today'),
});

const named = z.object({ code: z.string(), name: z.string() });
const clock = z
  .object({
    startedAt: instant,
    dueAt: instant,
    stoppedAt: instant.nullable(),
    minutes: z.int(),
    late: z.boolean(),
  })
  .nullable();

const summaryFields = {
  id: z.string(),
  version: z.int(),
  ticketNumber: z.string(),
  state: z.enum(STATES),
  phase: z.enum(PHASES).nullable(),
  who: z.object({ name: z.string(), agency: z.string(), regionName: z.string().nullable() }),
  purpose: z.string(),
  unit: named,
  consultant: z.string().nullable(),
  agreed: z.object({ startsAt: instant, endsAt: instant, room: named }).nullable(),
  present: z.int().describe('Guests on the attendance list'),
  guestCard: z.string().nullable(),
  consultantClock: clock.describe('10 minutes from calling the consultant (R-C8)'),
  visitClock: clock.describe("1 hour from registering to the identity card's return (R-C8)"),
};

export const visitSummary = z
  .object({ ...summaryFields, guests: z.array(z.string()) })
  .meta({ id: 'VisitSummary' });

export const visitDay = z.object({ date: z.string(), items: z.array(visitSummary) });

const guest = z.object({
  id: z.string(),
  name: z.string(),
  position: z.string().nullable(),
  isHead: z.boolean(),
  attendance: z
    .object({ signature: z.enum(['screen', 'paper']), signatureFileId: z.string().nullable(), at: instant })
    .nullable(),
  travelOrder: z.object({ number: z.string(), signedAt: instant.nullable() }).nullable(),
});

export const visit = z
  .object({
    ...summaryFields,
    guests: z.array(guest),
    admission: z.object({ from: instant, until: instant }).nullable(),
    arrivedAt: instant.nullable(),
    calledAt: instant.nullable(),
    metAt: instant.nullable(),
    handedOverAt: instant.nullable(),
    leftAt: instant.nullable(),
    reported: z.boolean().describe('The consultant has written the BAK'),
    minutes: z.string().nullable().describe('Number of the BAK once it can be printed'),
    thread: z.array(z.object({ step: z.string(), at: instant, byName: z.string() })),
    allowed: z.array(z.enum(STEPS)).describe('What the reader may do now'),
  })
  .meta({ id: 'Visit' });
