import { z } from 'zod';
import { channel, identifier, instant, pageQuery, text } from './common.js';
import { fileReference } from './files.js';

const choice = z.object({ id: z.string(), title: z.string() });

const content = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    choices: z.array(choice).optional(),
    replaces: z.string().optional().describe('Of an earlier message whose words the user changed to these'),
  }),
  z.object({ kind: z.literal('choice'), choice: z.string(), text: z.string() }),
  z.object({ kind: z.literal('file'), ...fileReference.shape, caption: z.string().optional() }),
  z.object({ kind: z.literal('refused-file'), name: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('unsupported'), what: z.string() }),
]);

export const message = z
  .object({
    id: z.string(),
    direction: z.enum(['in', 'out', 'note']),
    channel,
    author: z.object({ kind: z.enum(['user', 'bot', 'staff', 'system']), name: z.string().optional() }),
    content,
    sentAt: instant,
    receivedAt: instant,
    delivery: z
      .object({
        state: z.enum(['queued', 'sent', 'delivered', 'read', 'failed']),
        reason: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Message' });

export const messageQuery = z.strictObject({
  before: identifier.optional().describe('Id of the oldest message already known'),
  limit: pageQuery.limit,
});

const clientId = identifier.describe('Chosen by the sender: the same reply sent again is the same reply');

export const reply = z.strictObject({
  clientId,
  text: text(10_000).exactOptional(),
  fileIds: z.array(identifier).max(10).exactOptional(),
  awaitsAnswer: z
    .boolean()
    .exactOptional()
    .describe('The user has to answer: the deadline stands still until they do'),
});
export const note = z.strictObject({ clientId, text: text(10_000) });
