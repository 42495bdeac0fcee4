import { z } from 'zod';
import { channel, identifier, instant } from './common.js';

export const person = z
  .object({
    addresses: z.array(z.object({ conversationId: z.string(), channel, lastInboundAt: instant.nullable() })),
    tickets: z.array(
      z.object({ number: z.string(), status: z.string(), receivedAt: instant, question: z.string() }),
    ),
    similar: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        agency: z.string().nullable(),
        channels: z.array(channel),
        same: z.array(z.enum(['email', 'phone'])),
      }),
    ),
    merges: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        reason: z.enum(['verified', 'staff']),
        by: z.string().nullable(),
        at: instant,
      }),
    ),
  })
  .meta({ id: 'Person' });

export const joining = z.strictObject({ contactId: identifier });
