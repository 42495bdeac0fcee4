import { z } from 'zod';
import { ERROR_STATUS, type ErrorCode } from '../../shared/errors.js';
import { CHANNEL_NAMES } from '../../shared/channel-name.js';
import { LANGUAGES } from '../../shared/i18n.js';

const ERROR_CODES = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]];

/** One line that a person typed: no control signs, so no line breaks. */
export function line(max: number): z.ZodString {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
}

/** Text of several lines. The zero byte is never part of what a person writes. */
export function text(max: number): z.ZodString {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/);
}

/** Our identifiers: ULIDs, hashes, codes such as `dak-fisik`. */
export const identifier = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
export const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
export const regionCode = z.string().regex(/^\d{2}(\.\d{2})?$/);
const ticketNumber = z.string().regex(/^[A-Z]{2,10}-\d{4}-\d{6,9}$/);
/** A real date or not is for the rules; the form is checked here. */
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const email = z.email().max(254);
export const language = z.enum(LANGUAGES);
export const channel = z.enum(CHANNEL_NAMES);

/** Written as ISO 8601 in UTC. */
export const instant = z.date();

export const emptyBody = z.strictObject({}).nullish();

export const errorBody = z
  .object({
    error: z.object({
      code: z.enum(ERROR_CODES),
      message: z.string().describe("A sentence in the reader's language"),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
      reference: z.string().optional().describe('Of an unexpected error, as written in the log'),
    }),
  })
  .meta({ id: 'Error' });

export const numberParams = z.strictObject({ number: ticketNumber });
export const idParams = z.strictObject({ id: identifier });
export const codeParams = z.strictObject({ code });

const MOST_ITEMS = 100;

export const pageQuery = {
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{1,200}$/)
    .optional()
    .describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(25),
};

export function pageOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export function listOf<Item extends z.ZodType>(item: Item): z.ZodObject<{ items: z.ZodArray<Item> }> {
  return z.object({ items: z.array(item) });
}
