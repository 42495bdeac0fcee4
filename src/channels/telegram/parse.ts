import type { InboundContent, InboundMessage } from '../../conversation/channel.js';
import { cleanText } from '../clean-text.js';
import type { TelegramPorts } from './types.js';
import type { Press, Update, UpdateMessage } from './update.js';

/** A file as the platform announces it. */
export interface AnnouncedFile {
  kind: 'announced-file';
  telegramId: string;
  name: string;
  /** Bytes, where the platform says so. */
  size: number | undefined;
  caption: string | undefined;
}

/** What an update means for the office. */
export type Arrival =
  | { kind: 'message'; head: Omit<InboundMessage, 'content'>; content: InboundContent | AnnouncedFile }
  | {
      kind: 'press';
      press: Press;
      head: Omit<InboundMessage, 'content'>;
      messageId: number;
      choice: string;
      title: string;
    }
  /** A button that no longer stands under any message we could know. */
  | { kind: 'lost-press'; press: Press }
  /** The bot is in a group or channel, where it does not work. */
  | { kind: 'group'; chatId: number }
  | { kind: 'left-group'; chatId: number }
  | { kind: 'reachability'; address: string; reachable: boolean }
  | { kind: 'nothing' };

interface Reader extends Pick<TelegramPorts, 'clock' | 'ticketOfLink'> {
  account: string;
}

/** Reads an update; nothing a person wrote to the bot is dropped. */
export function parseUpdate(update: Update, reader: Reader): Arrival {
  if (update.message) return parseMessage(update.message, reader);
  if (update.edited_message) return parseEdit(update.edited_message, update.update_id, reader);
  if (update.callback_query) return parsePress(update.callback_query, reader);
  const { my_chat_member: membership } = update;
  if (!membership) return NOTHING;
  const { chat, new_chat_member: member } = membership;
  const inside = !OUTSIDE.has(member.status);
  if (chat.type === 'private') return { kind: 'reachability', address: String(chat.id), reachable: inside };
  return { kind: inside ? 'group' : 'left-group', chatId: chat.id };
}

const NOTHING: Arrival = { kind: 'nothing' };
const OUTSIDE: ReadonlySet<string> = new Set(['left', 'kicked']);

/** What orders the updates of one chat: they are taken in one after the other. */
export function chatOf(update: Update): string {
  const { message, edited_message: edited, callback_query: press, my_chat_member: membership } = update;
  const chat = (message ?? edited ?? press?.message ?? membership)?.chat;
  return String(chat?.id ?? press?.from.id ?? 'none');
}

function parseMessage(message: UpdateMessage, reader: Reader): Arrival {
  const { chat, from } = message;
  if (chat.type !== 'private') return { kind: 'group', chatId: chat.id };
  if (!from || from.is_bot || SERVICE.some((field) => field in message)) return NOTHING;
  const phone = ownPhone(message);
  const name = [from.first_name, from.last_name].filter(Boolean).join(' ');
  return {
    kind: 'message',
    head: {
      ...headOf(message, providerIdOf(message), message.date, reader),
      known: { ...(name === '' ? {} : { name }), ...(phone === undefined ? {} : { phone }) },
    },
    content: contentOf(message, phone, reader),
  };
}

/** Only words are edited; a live location moves all the time. */
function parseEdit(message: UpdateMessage, updateId: number, reader: Reader): Arrival {
  const text = cleanText(message.text ?? message.caption ?? '');
  if (message.chat.type !== 'private' || !message.from || message.from.is_bot || text === '') return NOTHING;
  const replaces = providerIdOf(message);
  return {
    kind: 'message',
    // Two edits may carry the same second.
    head: headOf(message, `edit:${updateId}:${replaces}`, message.edit_date ?? message.date, reader),
    content: { kind: 'text', text, replaces },
  };
}

function parsePress(press: Press, reader: Reader): Arrival {
  const { message, data } = press;
  if (!message || data === undefined || data === '') return { kind: 'lost-press', press };
  if (message.chat.type !== 'private') return { kind: 'group', chatId: message.chat.id };
  const button = message.reply_markup?.inline_keyboard.flat().find((one) => one.callback_data === data);
  return {
    kind: 'press',
    press,
    // A press carries no time, and the buttons of one message are one answer, however often they are tapped.
    head: headOf(message, `press:${providerIdOf(message)}`, undefined, reader),
    messageId: message.message_id,
    choice: data,
    title: cleanText(button?.text ?? '') || data,
  };
}

function headOf(
  { chat }: Pick<UpdateMessage, 'chat'>,
  providerId: string,
  date: number | undefined,
  { account, clock }: Reader,
): Omit<InboundMessage, 'content'> {
  const sentAt = sentAtOf(date, clock.now());
  return { channel: 'telegram', account, address: String(chat.id), providerId, sentAt };
}

function providerIdOf({ chat, message_id: id }: Pick<UpdateMessage, 'chat' | 'message_id'>): string {
  return `${chat.id}:${id}`;
}

/** Telegram opened in 2013; a clock of ours that is a day behind is wrong, but not a reason to lose the time. */
const EARLIEST = Date.UTC(2013, 0);
const DAY = 24 * 60 * 60 * 1000;

function sentAtOf(seconds: number | undefined, now: Date): Date {
  const time = (seconds ?? 0) * 1000;
  return time >= EARLIEST && time <= now.getTime() + DAY ? new Date(time) : now;
}

function contentOf(
  message: UpdateMessage,
  phone: string | undefined,
  reader: Reader,
): InboundContent | AnnouncedFile {
  const text = cleanText(message.text ?? '');
  if (text !== '') return commandOf(text, reader) ?? { kind: 'text', text };
  const file = fileOf(message);
  if (file) return file;
  if (phone !== undefined) return { kind: 'text', text: phone };
  for (const what of ['sticker', 'location', 'contact', 'poll'] as const)
    if (what in message) return { kind: 'unsupported', what };
  return { kind: 'unsupported', what: 'other' };
}

/** What happens to a chat rather than being said in it. */
const SERVICE = [
  'pinned_message',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'message_auto_delete_timer_changed',
  'chat_background_set',
  'write_access_allowed',
  'connected_website',
  'users_shared',
  'chat_shared',
  'boost_added',
  'forum_topic_created',
] as const;

const COMMAND = /^\/([a-z]{1,32})(?:@\w+)?(?:\s+(\S+))?$/i;

/** `/start` leads to the menu, or to the ticket of a signed link; any other command is the word it consists of. */
function commandOf(text: string, { ticketOfLink }: Reader): InboundContent | undefined {
  const [, command, payload] = COMMAND.exec(text) ?? [];
  if (command === undefined) return undefined;
  if (command.toLowerCase() !== 'start')
    return payload === undefined ? { kind: 'text', text: command } : undefined;
  const ticket = payload === undefined ? undefined : ticketOfLink(payload);
  if (ticket !== undefined) return { kind: 'text', text: `/tiket ${ticket}` };
  return { kind: 'choice', choice: 'command:menu', text: '/start' };
}

function fileOf(message: UpdateMessage): AnnouncedFile | undefined {
  const largest = message.photo?.reduce((best, one) =>
    (one.file_size ?? 0) >= (best.file_size ?? 0) ? one : best,
  );
  const [file, kind, ending] = message.document
    ? ([message.document, 'berkas', ''] as const)
    : largest
      ? ([largest, 'foto', '.jpg'] as const)
      : message.audio
        ? ([message.audio, 'audio', '.mp3'] as const)
        : ([message.video, 'video', '.mp4'] as const);
  if (!file) return undefined;
  return {
    kind: 'announced-file',
    telegramId: file.file_id,
    name: cleanText(file.file_name ?? '').slice(0, MAX_NAME) || `${kind}-${message.message_id}${ending}`,
    size: file.file_size,
    caption: cleanText(message.caption ?? '') || undefined,
  };
}

const MAX_NAME = 255;

/** The number of a contact that the sender shared of themselves, in E.164. */
function ownPhone({ contact, from }: UpdateMessage): string | undefined {
  if (contact?.user_id === undefined || contact.user_id !== from?.id) return undefined;
  const digits = contact.phone_number.replace(/\D/g, '');
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}
