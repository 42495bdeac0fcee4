import { z } from 'zod';
import type { InboundContent, InboundMessage } from '../../conversation/channel.js';
import { cleanText } from '../clean-text.js';
import { MAX_TEXT_LENGTH } from './capabilities.js';
import { Refusal, tooLong } from './refusal.js';

/** The one office account of the live chat. */
export const ACCOUNT = 'web';

/** The page makes up an id for each message, so that a repeated request is recognised. */
const clientId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);
const messageId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const fileName = z.string().min(1).max(1_000);

/** Milliseconds a message has waited on the page: a span, because the clocks of phones are often wrong. */
const waitedMs = z.number().default(0);
const LONGEST_WAIT_MS = 7 * 24 * 60 * 60 * 1000;

const head = { id: clientId, waitedMs };

const messageBody = z.union([
  z.strictObject({ ...head, text: z.string() }),
  z.strictObject({ ...head, choice: z.string().min(1).max(200), text: z.string().min(1).max(500) }),
  z.strictObject({ ...head, tooLargeFile: fileName }),
]);

const receiptBody = z.strictObject({ upTo: messageId, state: z.enum(['delivered', 'read']) });

const historyQuery = z
  .strictObject({
    before: messageId.optional(),
    after: messageId.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  })
  .refine((query) => query.before === undefined || query.after === undefined);

const uploadFields = z.strictObject({ id: clientId, caption: z.string().max(MAX_TEXT_LENGTH).optional() });

export interface Sender {
  address: string;
  now: Date;
}

/**
 * A message as the page posts it: `{id, text}`, `{id, choice, text}`, or `{id, tooLargeFile}` for a file that the page
 * did not even try to upload, so that the office knows of it; `waitedMs` when it could not be sent at once.
 * @throws Refusal `invalid`, `empty`, `too-long`
 */
export function parseMessage(body: unknown, sender: Sender): { id: string; message: InboundMessage } {
  const parsed = check(messageBody, body);
  return { id: parsed.id, message: inbound(parsed.id, contentOf(parsed), sender, parsed.waitedMs) };
}

/** @throws Refusal `invalid` */
export function parseReceipt(body: unknown): z.infer<typeof receiptBody> {
  return check(receiptBody, body);
}

/** @throws Refusal `invalid` */
export function parseHistoryQuery(query: unknown): z.infer<typeof historyQuery> {
  return check(historyQuery, query);
}

/** @throws Refusal `invalid` */
export function parseUploadFields(fields: unknown): { id: string; caption: string | undefined } {
  const { id, caption } = check(uploadFields, fields);
  return { id, caption: caption === undefined ? undefined : cleanText(caption) || undefined };
}

/** Where a stream takes up: an id the page already has; anything else starts at the newest lines. */
export function parseCursor(value: unknown): string | undefined {
  const parsed = messageId.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

export function inbound(
  id: string,
  content: InboundContent,
  { address, now }: Sender,
  waited = 0,
): InboundMessage {
  const believed = Math.min(Math.max(waited, 0), LONGEST_WAIT_MS);
  return {
    channel: 'web-chat',
    account: ACCOUNT,
    address,
    providerId: providerIdOf(id, address),
    sentAt: new Date(now.getTime() - believed),
    content,
  };
}

/** The visitor's own id within the visitor's own space: nobody can occupy, or probe for, another visitor's ids. */
function providerIdOf(id: string, address: string): string {
  return `${address.slice(0, 32)}:${id}`;
}

/** The other way round. */
export function clientIdOf(providerId: string): string {
  return providerId.slice(providerId.indexOf(':') + 1);
}

function contentOf(body: z.infer<typeof messageBody>): InboundContent {
  if ('tooLargeFile' in body)
    return { kind: 'refused-file', name: cleanText(body.tooLargeFile), reason: 'too-large' };
  const text = cleanText(body.text);
  if (text === '') throw new Refusal('empty');
  if ('choice' in body) return { kind: 'choice', choice: body.choice, text };
  if (text.length > MAX_TEXT_LENGTH) throw tooLong();
  return { kind: 'text', text };
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refusal('invalid');
  return parsed.data;
}
