import { z } from 'zod';

/** What is read of an activity. A part that is not as described counts as absent: it never makes an activity unreadable. */

const lax = <Schema extends z.ZodType>(schema: Schema): z.ZodCatch<z.ZodOptional<Schema>> =>
  schema.optional().catch(undefined as never);
const text = lax(z.string());
const id = z.string().min(1).max(1_000);
const list = <Schema extends z.ZodType>(one: Schema): z.ZodType<z.output<Schema>[]> =>
  z
    .array(z.unknown())
    .max(200)
    .catch([])
    .transform((items) =>
      items.flatMap((item) => {
        const read = one.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    );

const account = z.looseObject({ id, name: text, aadObjectId: lax(id) });

const attachment = z.looseObject({
  contentType: z.string(),
  contentUrl: text,
  name: text,
  content: z.unknown().optional(),
});

const mention = z.looseObject({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.looseObject({ id, name: text }),
});

const named = z.looseObject({ id, name: text });

const activity = z.looseObject({
  type: z.string().min(1).max(100),
  id: lax(id),
  name: text,
  action: text,
  channelId: z.string(),
  serviceUrl: z.string().max(1_000),
  timestamp: text,
  locale: text,
  text,
  replyToId: lax(id),
  value: z.unknown().optional(),
  from: lax(account),
  recipient: lax(account),
  conversation: z.looseObject({ id, conversationType: text, tenantId: text }),
  channelData: lax(
    z.looseObject({
      eventType: text,
      tenant: lax(z.looseObject({ id })),
      team: lax(named),
      channel: lax(named),
    }),
  ),
  attachments: list(attachment),
  entities: list(mention),
  membersAdded: list(account),
  membersRemoved: list(account),
});

export type Activity = z.infer<typeof activity>;
export type Attachment = z.infer<typeof attachment>;

/** @returns undefined for what is no activity at all. */
export function readActivity(value: unknown): Activity | undefined {
  const parsed = activity.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
