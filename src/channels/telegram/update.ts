import { z } from 'zod';

/** What is read of an update. A part that is not as described counts as absent: it never makes an update unreadable. */

const id = z.number().int().refine(Number.isSafeInteger);
const text = z.string().optional().catch(undefined);
const lax = <Schema extends z.ZodType>(schema: Schema): z.ZodCatch<z.ZodOptional<Schema>> =>
  schema.optional().catch(undefined as never);

const file = z.looseObject({
  file_id: z.string().min(1),
  file_size: lax(z.number().nonnegative()),
  file_name: text,
});

const chat = z.looseObject({ id, type: z.string() });
const user = z.looseObject({
  id,
  is_bot: lax(z.boolean()),
  first_name: text,
  last_name: text,
  language_code: text,
});

const message = z.looseObject({
  message_id: id,
  date: lax(z.number()),
  edit_date: lax(z.number()),
  chat,
  from: lax(user),
  text,
  caption: text,
  document: lax(file),
  photo: lax(z.array(file).min(1)),
  audio: lax(file),
  video: lax(file),
  contact: lax(z.looseObject({ phone_number: z.string(), user_id: lax(id) })),
});

const press = z.looseObject({
  id: z.string().min(1),
  from: user,
  data: text,
  message: lax(
    z.looseObject({
      message_id: id,
      chat,
      reply_markup: lax(
        z.looseObject({
          inline_keyboard: z.array(z.array(z.looseObject({ text: z.string(), callback_data: text }))),
        }),
      ),
    }),
  ),
});

const membership = z.looseObject({ chat, new_chat_member: z.looseObject({ status: z.string() }) });

const update = z.looseObject({
  update_id: id,
  message: lax(message),
  edited_message: lax(message),
  callback_query: lax(press),
  my_chat_member: lax(membership),
});

export type Update = z.infer<typeof update>;
export type UpdateMessage = z.infer<typeof message>;
export type Press = z.infer<typeof press>;

/** The kinds of update that are asked for; the platform keeps the others to itself. */
export const UPDATE_KINDS = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** @returns undefined for what is no update at all. */
export function readUpdate(value: unknown): Update | undefined {
  const parsed = update.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
