import type { IncomingMessage } from 'node:http';

export type Payload = Record<string, unknown>;

export type Answer =
  { result: unknown } | { code: number; description: string; parameters?: Record<string, number> };

export interface Upload {
  name: string;
  bytes: Buffer;
}

/** A message of the bot as its reader sees it. */
export interface SentMessage {
  id: number;
  chatId: number;
  text: string;
  entities: { type: string; offset: number; length: number }[];
  /** Titles and data of the buttons, row by row. */
  keyboard: { text: string; callback_data: string }[][];
  file: (Upload & { as: 'document' | 'photo' }) | undefined;
}

export interface BotState {
  id: number;
  webhook: { url: string; secret: string | undefined } | undefined;
  /** What getWebhookInfo tells of the last failed delivery. */
  lastError: { date: number; pending: number } | undefined;
  pending: { update_id: number; unconfirmable?: true }[];
  confirmed: Set<number>;
  blockedBy: Set<number>;
  messages: SentMessage[];
  files: Map<string, Buffer>;
  /** Wakes the poll that is being held. */
  poller: ((conflict?: true) => void) | undefined;
}

/** What the Bot API answers, with the checks of the real one that a client can stumble over. */
export function answerCall(
  state: BotState,
  method: string,
  payload: Payload,
  request: IncomingMessage,
): Answer | Promise<Answer> {
  switch (method) {
    case 'getMe':
      return { result: { id: state.id, is_bot: true, first_name: 'Dering', username: 'dering_contoh_bot' } };
    case 'setWebhook':
      state.webhook = { url: String(payload.url), secret: payload.secret_token as string | undefined };
      return OK;
    case 'deleteWebhook':
      state.webhook = undefined;
      return OK;
    case 'getWebhookInfo':
      return {
        result: {
          url: state.webhook?.url ?? '',
          pending_update_count: state.lastError?.pending ?? 0,
          ...(state.lastError ? { last_error_date: state.lastError.date } : {}),
        },
      };
    case 'getUpdates':
      return getUpdates(state, payload, request);
    case 'sendMessage':
      return sendMessage(state, payload);
    case 'sendDocument':
      return sendFile(state, payload, 'document');
    case 'sendPhoto':
      return sendFile(state, payload, 'photo');
    case 'editMessageReplyMarkup':
      return editMarkup(state, payload);
    case 'getFile':
      return getFile(state, String(payload.file_id));
    case 'answerCallbackQuery':
    case 'setMyCommands':
    case 'leaveChat':
      return OK;
    default:
      return { code: 404, description: 'Not Found: method not found' };
  }
}

const OK: Answer = { result: true };
const CONFLICT =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

async function getUpdates(state: BotState, payload: Payload, request: IncomingMessage): Promise<Answer> {
  const offset = Number(payload.offset ?? 0);
  if (state.webhook)
    return { code: 409, description: "Conflict: can't use getUpdates method while webhook is active" };
  state.poller?.(true);
  for (const { update_id: id } of state.pending.filter((one) => one.update_id < offset && !one.unconfirmable))
    state.confirmed.add(id);
  state.pending = state.pending.filter((one) => one.update_id >= offset || one.unconfirmable);
  if (state.pending.length === 0 && payload.timeout !== 0) {
    const conflict = await new Promise<boolean>((resolve) => {
      const wake = (other?: true): void => {
        if (state.poller === wake) state.poller = undefined;
        request.socket.off('close', closed);
        resolve(other === true);
      };
      const closed = (): void => wake();
      state.poller = wake;
      request.socket.once('close', closed);
    });
    if (conflict) return { code: 409, description: CONFLICT };
  }
  const given = state.pending.slice(0, 100);
  // What was pushed again goes out once, and counts as confirmed with the poll that follows.
  for (const one of given) delete one.unconfirmable;
  return { result: given };
}

function sendMessage(state: BotState, payload: Payload): Answer {
  const text = textOf(payload.text);
  if (text.trim() === '') return bad('message text is empty');
  if (text.length > 4096) return bad('message is too long');
  return keep(state, payload, { text, entities: payload.entities, file: undefined });
}

function sendFile(state: BotState, payload: Payload, as: 'document' | 'photo'): Answer {
  const file = payload[as] as Upload | undefined;
  if (file?.bytes === undefined) return bad('there is no document in the request');
  const text = textOf(payload.caption);
  if (text.length > 1024) return bad('message caption is too long');
  const entities: unknown = JSON.parse(textOf(payload.caption_entities) || '[]');
  return keep(state, payload, { text, entities, file: { ...file, as } });
}

function keep(
  state: BotState,
  payload: Payload,
  { text, entities, file }: { text: string; entities: unknown; file: SentMessage['file'] },
): Answer {
  const chatId = Number(payload.chat_id);
  if (!Number.isSafeInteger(chatId)) return bad('chat not found');
  if (state.blockedBy.has(chatId))
    return { code: 403, description: 'Forbidden: bot was blocked by the user' };
  const marks = (entities ?? []) as SentMessage['entities'];
  if (marks.some(({ offset, length }) => length < 1 || offset + length > text.length))
    return bad('entity is out of range');
  const keyboard = keyboardOf(payload);
  if (keyboard.flat().some(({ text: title, callback_data: data }) => title === '' || !isButtonData(data)))
    return bad('BUTTON_DATA_INVALID');
  const id = state.messages.length + 1001;
  state.messages.push({ id, chatId, text, entities: marks, keyboard, file });
  return { result: { message_id: id, date: 1_772_420_400, chat: { id: chatId, type: 'private' }, text } };
}

function isButtonData(data: string): boolean {
  const bytes = Buffer.byteLength(data);
  return bytes >= 1 && bytes <= 64;
}

function keyboardOf({ reply_markup: markup }: Payload): SentMessage['keyboard'] {
  return (markup as { inline_keyboard?: SentMessage['keyboard'] } | undefined)?.inline_keyboard ?? [];
}

function editMarkup(state: BotState, payload: Payload): Answer {
  const message = state.messages.find(({ id }) => id === Number(payload.message_id));
  if (!message) return bad('message to edit not found');
  message.keyboard = keyboardOf(payload);
  return OK;
}

/** The Bot API hands out files up to 20 MB. */
function getFile(state: BotState, id: string): Answer {
  const bytes = state.files.get(id);
  if (!bytes) return bad('invalid file_id');
  if (bytes.length > 20 * 1024 * 1024) return bad('file is too big');
  return { result: { file_id: id, file_size: bytes.length, file_path: `documents/${id}` } };
}

function bad(description: string): Answer {
  return { code: 400, description: `Bad Request: ${description}` };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
