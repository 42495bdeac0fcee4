import { DateTime } from 'luxon';
import { z } from 'zod';
import { ROLES } from '../../models/staff.js';
import { LATER_STEPS } from '../../services/escalations/steps.js';

const attachment = z
  .strictObject({
    name: z.string().min(1),
    mimeType: z.string().min(1),
    base64: z.base64().optional(),
    /** Bytes to make up where the content does not matter. */
    size: z.number().int().min(0).max(200_000_000).optional(),
  })
  .refine(
    (value) => (value.base64 === undefined) !== (value.size === undefined),
    'give either base64 or size',
  );

const at = z
  .string()
  .refine(
    (value) => /(?:Z|[+-]\d\d:\d\d)$/u.test(value) && DateTime.fromISO(value).isValid,
    'not an ISO time with offset',
  );

const userLine = z
  .strictObject({
    at,
    channel: z.enum(['web-chat', 'whatsapp', 'telegram', 'email']),
    from: z.string().min(1),
    text: z.string().optional(),
    choice: z.string().optional(),
    attachments: z.array(attachment).min(1).optional(),
    id: z.string().min(1).optional(),
    /** When the user sent it, for a message that was held up on its way. */
    sentAt: at.optional(),
  })
  .refine(
    (value) => value.text !== undefined || value.choice !== undefined || value.attachments !== undefined,
    {
      message: 'a user sends text, choice or attachments',
    },
  )
  .refine(({ sentAt, at: arrived }) => sentAt === undefined || Date.parse(sentAt) <= Date.parse(arrived), {
    message: 'sentAt is after at',
  });

const ticket = z.union([
  z.literal('last'),
  z.string().regex(/^DJPK-\d{4}-\d{6}$/u),
  z.number().int().positive(),
]);
const as = z.string().regex(new RegExp(`^(${ROLES.join('|')}):[a-z][a-z0-9._-]*$`, 'u'), 'not role:name');
const staff = { at, as, ticket };

const staffLine = z.discriminatedUnion('do', [
  z.strictObject({ ...staff, do: z.literal('claim') }),
  z.strictObject({ ...staff, do: z.literal('take-over') }),
  z.strictObject({ ...staff, do: z.literal('hand-back') }),
  z.strictObject({ ...staff, do: z.literal('seen') }),
  z.strictObject({ ...staff, do: z.literal('assign'), to: as }),
  z.strictObject({
    ...staff,
    do: z.literal('reply'),
    text: z.string().optional(),
    attachments: z.array(attachment).optional(),
  }),
  z.strictObject({ ...staff, do: z.literal('note'), text: z.string().min(1) }),
  z.strictObject({
    ...staff,
    do: z.literal('resolve'),
    answer: z.string(),
    legalBasis: z.union([z.string(), z.array(z.string())]).default([]),
  }),
  z.strictObject({ ...staff, do: z.literal('close'), reason: z.string() }),
  z.strictObject({ ...staff, do: z.literal('escalate'), unit: z.string().optional(), summary: z.string() }),
  // One step of the ticket's open escalation.
  z.strictObject({
    ...{ ...staff, do: z.literal('step'), step: z.enum(LATER_STEPS) },
    ...{ text: z.string().optional(), legalBasis: z.array(z.string()).optional() },
    unit: z.string().optional(),
  }),
]);

const waitLine = z.strictObject({ at, do: z.literal('wait') });

export type UserLine = z.infer<typeof userLine>;
export type StaffLine = z.infer<typeof staffLine>;
export type ScriptAttachment = z.infer<typeof attachment>;

/** A line of a script, told apart. */
export type ScriptLine =
  | { kind: 'user'; at: Date; line: UserLine }
  | { kind: 'staff'; at: Date; line: StaffLine }
  | { kind: 'wait'; at: Date };

/**
 * Reads one line of a script.
 * @throws Error with a sentence that says what is wrong with it
 */
export function parseScriptLine(text: string): ScriptLine {
  const value = parseJson(text);
  if ('channel' in value) {
    const line = check(userLine, value);
    return { kind: 'user', at: new Date(line.at), line };
  }
  if (value.do === 'wait') return { kind: 'wait', at: new Date(check(waitLine, value).at) };
  if (!('as' in value)) throw new Error('neither a user (channel), nor staff (as, do), nor do: wait');
  const line = check(staffLine, value);
  return { kind: 'staff', at: new Date(line.at), line };
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error('not JSON', { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('not a JSON object');
  return value as Record<string, unknown>;
}

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues
      .map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
      .join('; '),
  );
}
