import { z } from 'zod';
import { channel, code, email, identifier, instant, line, pageQuery, regionCode, text } from './common.js';
import { fileReference } from './files.js';
import { phone } from './phone.js';

const ticketKinds = [
  ...(['consultation', 'assistance', 'complaint', 'suggestion'] as const),
  ...(['visit', 'video-application', 'video-network'] as const),
] as const;
const ticketStatuses = [
  ...(['open', 'in-progress', 'waiting-user', 'waiting-unit', 'scheduled'] as const),
  ...(['resolved', 'closed'] as const),
] as const;

const views = [
  ...(['unassigned', 'mine', 'open', 'overdue', 'complaints', 'suggestions'] as const),
  ...(['waiting-unit', 'resolved', 'closed', 'all'] as const),
] as const;

export const ticketQuery = z.strictObject({
  view: z.enum(views).default('all'),
  q: z.string().trim().max(100).optional().describe('Number, or beginnings of words of name or agency'),
  ...pageQuery,
});

const summaryFields = {
  number: z.string(),
  kind: z.enum(ticketKinds),
  status: z.enum(ticketStatuses),
  channel,
  name: z.string().nullable(),
  agency: z.string().nullable(),
  regionName: z.string().nullable(),
  anonymous: z.boolean().describe('Nobody sees whose it is'),
  topic: z.object({ code: z.string(), name: z.string() }),
  question: z.string(),
  receivedAt: instant,
  dueAt: instant,
  overdue: z.boolean(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  holder: z.enum(['bot', 'staff']),
  unread: z.number().int(),
  updatedAt: instant,
};

export const ticketSummary = z.object(summaryFields).meta({ id: 'TicketSummary' });

export const ticketCounts = z
  .object({
    unassigned: z.number().int(),
    mine: z.number().int(),
    open: z.number().int(),
    overdue: z.number().int(),
    complaints: z.number().int(),
    suggestions: z.number().int(),
  })
  .meta({ id: 'TicketCounts', description: 'Counted up to 100' });

const profile = z.object({
  name: z.string().nullable(),
  position: z.string().nullable(),
  agency: z.string().nullable(),
  regionCode: z.string().nullable(),
  regionName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

const rating = z.object({ score: z.number().int(), comment: z.string().nullable(), at: instant });
const minutes = z.object({
  number: z.string(),
  revision: z.number().int(),
  fileId: z.string(),
  verificationUrl: z.string(),
  issuedAt: instant,
});

const TICKET_ACTIONS = [
  'mark-concerned',
  'claim',
  'take-over',
  'hand-back',
  'reply',
  'note',
  'resolve',
  'close',
  'assign',
  'edit',
  'escalate',
] as const;

export const ticket = z
  .object({
    ...summaryFields,
    conversationId: z.string(),
    conversationIds: z.array(z.string()).describe('Every conversation of the person; none when anonymous'),
    about: z
      .string()
      .nullable()
      .describe('What a complaint or suggestion is about, in the words of the user'),
    concerns: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .describe('Whom of the staff a complaint is about: hidden from them'),
    profile,
    unit: z.object({ code: z.string(), name: z.string() }),
    attachments: z.array(fileReference),
    countedFrom: instant,
    firstResponseAt: instant.nullable(),
    answer: z.string().nullable(),
    legalBasis: z.array(z.string()),
    resolvedAt: instant.nullable(),
    closedAt: instant.nullable(),
    closeReason: z.string().nullable(),
    rating: rating.nullable(),
    minutes: minutes.nullable().describe('The BAK, once it is made'),
    deadlineExplanation: z.string(),
    holderName: z.string().nullable(),
    unreachableAt: instant
      .nullable()
      .describe('Since when the user does not let us in, e.g. has blocked the bot'),
    allowed: z.array(z.enum(TICKET_ACTIONS)).describe('What the reader may do now'),
  })
  .meta({ id: 'Ticket' });

export const move = z.strictObject({ conversationId: identifier });

export const ticketChanges = z.strictObject({
  profile: z
    .strictObject({
      name: line(120).nullable().exactOptional(),
      position: line(120).nullable().exactOptional(),
      agency: line(160).nullable().exactOptional(),
      regionCode: regionCode.nullable().exactOptional(),
      regionName: line(120).nullable().exactOptional().describe('Ignored: the name follows from the code'),
      email: email.nullable().exactOptional(),
      phone: z.exactOptional(z.nullable(phone)),
    })
    .describe('Null clears a field')
    .exactOptional(),
  topicCode: code.exactOptional(),
  question: text(10_000).exactOptional(),
});

export const assignment = z.strictObject({ staffId: identifier });
export const concerned = z.strictObject({
  staffId: identifier.nullable().describe('Null takes the mark away'),
});
export const closing = z.strictObject({ reason: text(1_000) });
export const resolution = z.strictObject({
  answer: text(20_000),
  legalBasis: z.array(line(500)).max(30),
  withUnitFiles: z
    .boolean()
    .exactOptional()
    .describe("The files of the unit's approved answer go to the user as well"),
});

export const historyEntry = z
  .object({
    id: z.string(),
    at: instant,
    name: z.string(),
    who: z.string().nullable(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'HistoryEntry' });
