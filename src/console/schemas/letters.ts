import { z } from 'zod';
import { LETTER_STEPS } from '../../services/letters/letter-steps.js';
import { LETTER_VIEWS } from '../../services/letters/list-letters.js';
import { LETTER_KINDS } from '../../services/letters/routes.js';
import { post } from './account.js';
import { identifier, instant, line, pageQuery, text } from './common.js';
import { fileReference } from './files.js';

const version = z.int().min(1).describe('The version that was shown');
const remark = z
  .string()
  .max(2_000)
  .regex(/^[^\0]*$/)
  .describe('Why; may not be empty');
const MOST_LINES = 10;

export const lettersQuery = z.strictObject({ view: z.enum(LETTER_VIEWS), ...pageQuery });

export const letterStep = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('edit'),
    version,
    text: z.strictObject({
      addressees: z.array(line(200)).min(1).max(MOST_LINES),
      copies: z.array(line(200)).max(MOST_LINES),
      subject: line(300),
      body: text(10_000),
    }),
  }),
  z.strictObject({ step: z.enum(['submit', 'initial', 'sign']), version }),
  z.strictObject({ step: z.enum(['return', 'withdraw']), version, remark }),
]);

export const fileOfLetter = z.strictObject({ id: identifier, fileId: identifier });

export const letterCounts = z.object({ myTurn: z.int().describe('Letters that wait for the reader') });

const state = z.enum(['draft', 'circulating', 'signed', 'withdrawn']);

const summaryFields = {
  id: z.string(),
  version: z.int(),
  kind: z.enum(LETTER_KINDS),
  state,
  replaced: z.boolean().describe('A later letter followed it after the conference was moved'),
  appointmentId: z.string(),
  ticketNumber: z.string(),
  number: z.string().nullable(),
  date: z.string().nullable().describe('yyyy-MM-dd, of the signature'),
  from: post,
  subject: z.string(),
  addressees: z.array(z.string()),
  turn: post.nullable(),
  mine: z.boolean().describe('It waits for the reader'),
  startsAt: instant.describe('Of the conference'),
  updatedAt: instant,
};

export const letterSummary = z.object(summaryFields).meta({ id: 'LetterSummary' });

export const letter = z
  .object({
    ...summaryFields,
    copies: z.array(z.string()),
    body: z.string(),
    way: z.array(
      z.object({
        post,
        act: z.enum(['type', 'initial', 'sign']),
        name: z.string().nullable().describe('Who was there since it last went back to the typist'),
        at: instant.nullable(),
        current: z.boolean(),
      }),
    ),
    thread: z.array(
      z.object({
        n: z.int(),
        step: z.enum(['draft', ...LETTER_STEPS]),
        at: instant,
        byId: z.string().nullable(),
        byName: z.string(),
        post: post.nullable(),
        remark: z.string().optional(),
      }),
    ),
    files: z.array(fileReference).describe('PDF and DOCX of the signed letter'),
    allowed: z.array(z.enum(LETTER_STEPS)).describe('What the reader may do now'),
  })
  .meta({ id: 'Letter' });
