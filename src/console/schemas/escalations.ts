import { z } from 'zod';
import { code, identifier, instant, line, pageQuery } from './common.js';
import { fileReference } from './files.js';

const states = ['sent', 'claimed', 'asking', 'submitted', 'approved', 'declined', 'withdrawn'] as const;
const laterSteps = [
  ...(['claim', 'answer', 'ask-user', 'user-answer', 'pass-on'] as const),
  ...(['decline', 'approve', 'return', 'withdraw'] as const),
] as const;

export const deskQuery = z.strictObject({
  view: z.enum(['open', 'mine', 'closed', ...states]),
  unit: code.optional(),
  ...pageQuery,
});

/** Words may be left out or empty where a step needs none; which do is the services' to say. */
const words = z.string().regex(/^[^\0]*$/);
const fileIds = z.array(identifier).max(100);

export const escalationRequest = z.strictObject({
  unitCode: code.optional(),
  summary: words.max(4_000),
  question: words.max(20_000).optional(),
  fileIds: fileIds.optional(),
});

export const stepRequest = z.strictObject({
  step: z.enum(laterSteps),
  version: z.int().min(1).describe('The version that was shown'),
  text: words.max(20_000).optional(),
  legalBasis: z.array(line(500)).max(20).optional(),
  fileIds: fileIds.optional(),
  toUnitCode: code.optional(),
});

export const fileOfEscalation = z.strictObject({ id: identifier, fileId: identifier });

export const unitName = z.object({ code: z.string(), name: z.string() });

const summaryFields = {
  id: z.string(),
  version: z.int(),
  state: z.enum(states),
  open: z.boolean(),
  ticketNumber: z.string(),
  unit: unitName,
  asker: z.object({
    name: z.string().nullable(),
    agency: z.string().nullable(),
    regionName: z.string().nullable(),
  }),
  summary: z.string(),
  question: z.string(),
  sentAt: instant,
  sentByName: z.string(),
  dueAt: instant,
  overdue: z.boolean(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  reminders: z.int(),
  updatedAt: instant,
};

export const escalationSummary = z.object(summaryFields).meta({ id: 'EscalationSummary' });

const threadLine = z
  .object({
    n: z.int().describe('The version after the step'),
    step: z.enum(['escalate', ...laterSteps]),
    at: instant,
    byId: z.string().nullable(),
    byName: z.string(),
    unit: unitName.describe('Who had it before the step'),
    toUnit: unitName.optional(),
    text: z.string().optional(),
    legalBasis: z.array(z.string()).optional(),
    files: z.array(fileReference).optional(),
    workingMinutes: z.int().describe('Since the step before'),
  })
  .meta({ id: 'EscalationStep' });

export const escalation = z
  .object({
    ...summaryFields,
    files: z.array(fileReference),
    answer: z
      .object({
        text: z.string(),
        legalBasis: z.array(z.string()),
        files: z.array(fileReference),
        byId: z.string(),
        byName: z.string(),
        at: instant,
      })
      .nullable()
      .describe("The unit's latest answer"),
    openQuestion: z.object({ n: z.int(), text: z.string(), at: instant }).nullable(),
    cardFailure: z.string().nullable().describe('Why its card in Teams is not up to date, a code'),
    thread: z.array(threadLine),
    workingMinutes: z.int().describe('From the first step to the last, or to now'),
    allowed: z.array(z.enum(laterSteps)).describe('What the reader may do now'),
  })
  .meta({ id: 'Escalation' });

export const escalationWithCard = z.object({
  escalation,
  card: z.record(z.string(), z.unknown()).describe("Adaptive Card 1.5, in the reader's language"),
});

export const escalationDeadline = z.object({ dueAt: instant });
