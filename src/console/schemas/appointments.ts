import { z } from 'zod';
import { APPOINTMENT_VIEWS } from '../../services/appointments/list-appointments.js';
import { channel, code, date, identifier, instant, line, pageQuery, text } from './common.js';
import { fileReference } from './files.js';

const KINDS = ['visit', 'video-application', 'video-network'] as const;
const STATES = [
  ...(['awaiting-letter', 'planning', 'scheduled', 'under-way', 'over'] as const),
  ...(['done', 'cancelled', 'no-show', 'declined'] as const),
] as const;
const STEPS = [
  ...(['request', 'letter', 'book', 'move', 'displace', 'propose', 'wait', 'guests', 'assign'] as const),
  ...(['meeting', 'trial', 'solve', 'late', 'cancel', 'decline', 'no-show'] as const),
  ...(['arrive', 'call', 'meet', 'attendance', 'check-travel-orders', 'sign-travel-orders'] as const),
  ...(['hand-over', 'leave', 'begin', 'end', 'report'] as const),
] as const;
const RULES = ['lead-time', 'region-limit', 'new-letter', 'guests'] as const;

/** ISO 8601 with a zone. */
const moment = z.iso.datetime({ offset: true }).max(40);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const webAddress = z.url({ protocol: /^https$/ }).max(1_000);

export const listQuery = z.strictObject({
  view: z.enum(APPOINTMENT_VIEWS),
  unit: code.optional(),
  q: z.string().trim().max(100).optional(),
  ...pageQuery,
});

export const freeQuery = z.strictObject({
  from: date.optional(),
  days: z.coerce.number().int().min(1).max(60).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

export const calendarQuery = z.strictObject({ from: date, to: date });
export const fileOfAppointment = z.strictObject({ id: identifier, fileId: identifier });

const override = z
  .strictObject({ rules: z.array(z.enum(RULES)).min(1).max(RULES.length), reason: text(1_000) })
  .optional()
  .describe('Rules that a supervisor sets aside, and why');

export const stepRequest = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('book').describe('Gives it a time, or another one where it has one'),
    startsAt: moment,
    room: code.optional(),
    version: z.int().min(1).optional().describe('The version that was shown'),
    override,
  }),
  z.strictObject({
    step: z.literal('letter').describe('The request letter, as it came some other way than by chat'),
    fileId: identifier,
    number: line(120),
    date,
    addressee: line(200),
    sender: line(200),
    receivedAt: moment.describe('R-B2 and R-C1 count from it'),
    via: channel,
    override,
  }),
  z.strictObject({ step: z.literal('propose'), startsAts: z.array(moment).min(1).max(10) }),
  z.strictObject({
    step: z.literal('guests'),
    guests: z
      .array(z.strictObject({ name: line(160), position: line(160).nullable(), isHead: z.boolean() }))
      .min(1)
      .max(20),
    override,
  }),
  z.strictObject({
    step: z.literal('assign'),
    unitCode: code.optional(),
    consultantId: identifier.nullable(),
  }),
  z.strictObject({ step: z.literal('meeting'), url: webAddress }),
  z.strictObject({
    step: z.literal('trial'),
    at: moment.optional(),
    result: z.enum(['passed', 'failed']).optional(),
    hindrance: text(2_000).optional(),
  }),
  z.strictObject({ step: z.literal('solve'), remark: text(2_000) }),
  z.strictObject({ step: z.literal('cancel'), reason: text(1_000) }),
  z.strictObject({ step: z.literal('decline'), reason: text(1_000) }),
  z.strictObject({
    step: z.literal('report'),
    answer: text(20_000),
    legalBasis: z.array(line(500)).max(20),
    recordingUrl: webAddress.nullable(),
  }),
]);

const named = z.object({ code: z.string(), name: z.string() });
const sessionFields = { startsAt: instant, endsAt: instant, room: named };
const session = z.object(sessionFields);
const consultantName = z.object({ id: z.string(), name: z.string() }).nullable();

const summaryFields = {
  id: z.string(),
  version: z.int(),
  kind: z.enum(KINDS),
  state: z.enum(STATES),
  ticketNumber: z.string(),
  who: z.object({ name: z.string(), agency: z.string(), regionName: z.string().nullable() }),
  purpose: z.string(),
  unit: named,
  consultant: consultantName,
  requestedAt: instant,
  updatedAt: instant,
  agreed: session.nullable(),
  held: z.object({ ...sessionFields, until: instant }).nullable(),
  waiting: z.object({ from: z.string(), to: z.string(), since: instant }).nullable(),
  displaced: z.boolean(),
  planBy: instant.nullable().describe('R-B2: when it is to have an agreed time'),
  planningLate: z.boolean(),
  hindered: z.boolean().describe('R-B5: a trial run failed and what hindered it is not solved'),
};

export const appointmentSummary = z
  .object({ ...summaryFields, proposed: z.int().describe('How many times the user may choose from') })
  .meta({ id: 'AppointmentSummary' });

const threadLine = z
  .object({
    n: z.int(),
    step: z.enum(STEPS),
    at: instant,
    byId: z.string().nullable(),
    byName: z.string(),
    by: z.enum(['user', 'staff', 'product']),
    text: z.string().optional(),
    startsAt: instant.optional(),
    overridden: z.array(z.enum(RULES)).optional(),
  })
  .meta({ id: 'AppointmentStep' });

export const appointment = z
  .object({
    ...summaryFields,
    proposed: z.array(session),
    topicCode: z.string(),
    regionCode: z.string().nullable(),
    kanwil: z.string().nullable(),
    contact: z
      .object({
        email: z.string().nullable(),
        phone: z.string().nullable(),
        position: z.string().nullable(),
      })
      .nullable()
      .describe('For the contact centre only'),
    letter: z
      .object({
        file: fileReference,
        number: z.string(),
        date: z.string(),
        addressee: z.string(),
        sender: z.string(),
        receivedAt: instant,
        via: channel,
      })
      .nullable(),
    guests: z.array(
      z.object({ id: z.string(), name: z.string(), position: z.string().nullable(), isHead: z.boolean() }),
    ),
    meetingUrl: z.string().nullable(),
    meetingFailure: z.string().nullable().describe('Why no meeting could be made by itself, a code'),
    trial: z
      .object({
        at: instant.nullable(),
        state: z.enum(['due', 'passed', 'failed']),
        hindrance: z.string().nullable(),
        solvedAt: instant.nullable(),
      })
      .nullable(),
    report: z
      .object({
        answer: z.string(),
        legalBasis: z.array(z.string()),
        recordingUrl: z.string().nullable(),
      })
      .nullable()
      .describe('What the BAK is made of'),
    thread: z.array(threadLine),
    allowed: z.array(z.enum(STEPS)).describe('What the reader may do now'),
  })
  .meta({ id: 'Appointment' });

export const freeSessions = z
  .object({
    earliest: z.string().describe('yyyy-MM-dd; R-B2, R-C1'),
    sessions: z.array(session),
    full: z.array(
      z.object({
        date: z.string(),
        why: z.enum(['region-day-taken', 'region-month-full', 'full', 'closed']),
        name: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'FreeSessions' });

export const consultant = z
  .object({ id: z.string(), name: z.string(), unitCode: z.string().nullable() })
  .meta({ id: 'Consultant' });

export const closedSession = z
  .object({
    id: z.string(),
    date: z.string(),
    room: z.string().nullable().describe('Code; null for every room'),
    startsAt: instant,
    endsAt: instant,
    reason: z.string(),
    byName: z.string(),
  })
  .meta({ id: 'ClosedSession' });

export const closeRequest = z.strictObject({
  date,
  room: code.nullable(),
  from: time.optional().describe('Left out: the whole day'),
  to: time.optional(),
  reason: line(300),
});

export const calendar = z
  .object({
    entries: z.array(
      z.object({
        ...sessionFields,
        id: z.string(),
        ticketNumber: z.string(),
        kind: z.enum(KINDS),
        state: z.enum(STATES),
        held: z.boolean(),
        name: z.string(),
        agency: z.string(),
        unitCode: z.string(),
        consultant: consultantName,
      }),
    ),
    daysOff: z.array(z.object({ date: z.string(), name: z.string().nullable() })),
    closed: z.array(closedSession),
  })
  .meta({ id: 'BookingCalendar' });

const roomFields = {
  name: line(120),
  kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length),
  active: z.boolean(),
};
export const roomRequest = z.strictObject(roomFields);
export const room = z.object({ code: z.string(), ...roomFields }).meta({ id: 'Room' });
