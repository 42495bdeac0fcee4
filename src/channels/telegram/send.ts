import { ChannelError, type OutboundMessage } from '../../conversation/channel.js';
import { DomainError } from '../../shared/errors.js';
import { forgetOldest } from '../forget-oldest.js';
import type { Pulse } from '../pulse.js';
import type { BotApi, CallOptions } from './bot-api.js';
import { MAX_PHOTO, MAX_UPLOAD } from './capabilities.js';
import { TelegramFailure, toChannelError } from './failure.js';
import { render, type Step } from './render.js';
import type { TelegramPorts } from './types.js';

/** Milliseconds for all of a message: the engine gives an attempt a minute, and then lets another process try. */
const DEADLINE = 50_000;
const TEXT_DEADLINE = 20_000;

/** Half-sent messages that are remembered; the oldest is forgotten, and would begin anew. */
const MOST_REMEMBERED = 1_000;

interface SenderParts {
  api: BotApi;
  ports: Pick<TelegramPorts, 'clock' | 'deadline' | 'openFile' | 'noteReachable' | 'log'>;
  pulse: Pulse;
}

export type Send = (message: OutboundMessage) => Promise<'sent'>;

/**
 * Sends messages step by step. A message that failed half-way goes on where it stopped; while the platform asks to wait
 * nothing is sent at all, since every further call prolongs the wait.
 * @throws ChannelError (by the function returned)
 */
export function createSend({ api, ports, pulse }: SenderParts): Send {
  const sentSteps = new Map<string, number>();
  let pausedUntil = 0;

  return async (message) => {
    const pause = pausedUntil - ports.clock.now().getTime();
    if (pause > 0) throw new ChannelError('rate-limited', false, pause);
    try {
      await pulse.sending(() => sendSteps(message));
      sentSteps.delete(message.id);
      return 'sent';
    } catch (error) {
      throw await noteFailure(message, toChannelError(error));
    }
  };

  async function sendSteps(message: OutboundMessage): Promise<void> {
    const steps = render(message);
    const options = { deadline: DEADLINE, signal: ports.deadline(DEADLINE) };
    for (const [index, step] of steps.entries()) {
      if (index < (sentSteps.get(message.id) ?? 0)) continue;
      await perform(step, Number(message.address), options);
      if (steps.length > 1) remember(message.id, index + 1);
    }
  }

  async function perform(step: Step, chatId: number, options: CallOptions): Promise<void> {
    if (step.kind === 'file') return sendFile(api, ports, step, chatId, options);
    const { body, keyboard } = step;
    const payload = {
      chat_id: chatId,
      text: body.text,
      entities: body.entities,
      // A preview would make a stranger's server fetch the link before its owner does.
      link_preview_options: { is_disabled: true },
      ...(keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
    };
    await api.call('sendMessage', payload, { ...options, deadline: TEXT_DEADLINE });
  }

  function remember(id: string, steps: number): void {
    sentSteps.set(id, steps);
    forgetOldest(sentSteps, MOST_REMEMBERED);
  }

  async function noteFailure({ id, address }: OutboundMessage, failure: ChannelError): Promise<ChannelError> {
    if (failure.reason === 'rate-limited')
      pausedUntil = ports.clock.now().getTime() + (failure.retryAfter ?? 0);
    if (failure.permanent) sentSteps.delete(id);
    if (failure.permanent && failure.reason.startsWith('recipient-'))
      await ports.noteReachable(address, false).catch((error: unknown) => {
        ports.log.warn({ err: error, channel: 'telegram' }, 'an unreachable user could not be noted');
      });
    return failure;
  }
}

const PHOTOS: ReadonlySet<string> = new Set(['image/jpeg', 'image/png']);

async function sendFile(
  api: BotApi,
  ports: Pick<TelegramPorts, 'openFile'>,
  step: Extract<Step, { kind: 'file' }>,
  chatId: number,
  options: CallOptions,
): Promise<void> {
  const { file, caption } = step;
  if (file.size > MAX_UPLOAD) throw new ChannelError('file-too-large', true);
  const media = { source: await readWhole(ports, file.fileId), filename: headerSafe(file.name) };
  const payload = {
    chat_id: chatId,
    ...(caption === undefined ? {} : { caption: caption.text, caption_entities: caption.entities }),
  };
  if (PHOTOS.has(file.mimeType) && file.size <= MAX_PHOTO) {
    try {
      await api.call('sendPhoto', { ...payload, photo: media }, options);
      return;
    } catch (error) {
      if (!isNoPicture(error)) throw error;
    }
  }
  await api.call('sendDocument', { ...payload, document: media }, options);
}

/** Too long, too wide or damaged for a picture: as a document it arrives as it is. */
function isNoPicture(error: unknown): boolean {
  return error instanceof TelegramFailure && error.code === 400 && /photo|image/i.test(error.description);
}

/** Whole, because a stream that breaks half-way would hang the library's request. @throws ChannelError `file-missing` */
async function readWhole({ openFile }: Pick<TelegramPorts, 'openFile'>, fileId: string): Promise<Buffer> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await openFile(fileId)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    const missing = error instanceof DomainError && error.code === 'not-found';
    throw new ChannelError(missing ? 'file-missing' : 'file-unreadable', missing, undefined, {
      cause: error,
    });
  }
}

/** The name stands in quotes in a header of the upload. */
function headerSafe(name: string): string {
  return name.replace(/["\\\p{Cc}]/gu, '_');
}
