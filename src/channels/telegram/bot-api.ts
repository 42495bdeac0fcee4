import type { Telegram } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';
import { TelegramFailure } from './failure.js';
import type { TelegramPorts } from './types.js';

/** Milliseconds after which a call without a file counts as unanswered. */
const DEADLINE = 20_000;

export interface CallOptions {
  /** Milliseconds after which it counts as unanswered. */
  deadline?: number;
  signal?: AbortSignal;
}

/** The Bot API. Every failure is a TelegramFailure, free of the token. */
export interface BotApi {
  /** @throws TelegramFailure */
  call<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
    options?: CallOptions,
  ): Promise<ReturnType<Methods[M]>>;
  /**
   * Opens a file by the path that getFile gave.
   * @throws TelegramFailure
   */
  download(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

export function createBotApi({ token, apiRoot, deadline }: TelegramPorts): BotApi {
  let loaded: Promise<Telegram> | undefined;
  // At the first call: most offices have the channel off, and the package slows every start down.
  const load = (): Promise<Telegram> =>
    (loaded ??= import('telegraf').then(
      (telegraf) => new telegraf.Telegram(token, { apiRoot, webhookReply: false }),
    ));
  const secret = token.slice(token.indexOf(':') + 1);
  const clean = (text: string): string => text.replaceAll(secret, '[secret]');

  return {
    async call(method, payload, options = {}) {
      const ends = deadline(options.deadline ?? DEADLINE);
      const signal = options.signal ? AbortSignal.any([ends, options.signal]) : ends;
      try {
        // The library declares the signal of a polyfill; it takes the platform's own.
        const telegram = await load();
        return await telegram.callApi(method, payload, { signal: signal as never });
      } catch (error) {
        throw toFailure(error, clean);
      }
    },
    async download(path, signal) {
      const response = await fetchFile(fileUrl(apiRoot, token, path), signal).catch((error: unknown) => {
        throw toFailure(error, clean);
      });
      if (!response.ok || !response.body) {
        await response.body?.cancel();
        throw new TelegramFailure(response.status, 'the file cannot be fetched');
      }
      return response.body;
    },
  };
}

function fetchFile(url: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, { signal, redirect: 'error' });
}

/** A path stays below the bot's own files, whatever it says. */
function fileUrl(apiRoot: string, token: string, path: string): string {
  const folder = `${apiRoot}/file/bot${token}/`;
  const url = new URL(path.split('/').map(encodeURIComponent).join('/'), folder).href;
  if (!url.startsWith(new URL(folder).href))
    throw new TelegramFailure(400, 'a file path that leads elsewhere');
  return url;
}

interface TelegramAnswer {
  response: {
    error_code: number;
    description: string;
    parameters?: { retry_after?: number; migrate_to_chat_id?: number };
  };
}

/** The library's own errors quote the address, and with it the token, and what was sent. */
function toFailure(error: unknown, clean: (text: string) => string): TelegramFailure {
  if (error instanceof TelegramFailure) return error;
  if (isAnswer(error)) {
    const { error_code: code, description, parameters } = error.response;
    return new TelegramFailure(code, clean(description), {
      retryAfter: parameters?.retry_after,
      migratedTo: parameters?.migrate_to_chat_id,
    });
  }
  const cause = Object.assign(new Error(clean(error instanceof Error ? error.message : String(error))), {
    code: codeOf(error),
  });
  return new TelegramFailure(0, 'no answer', { cause });
}

/** ECONNREFUSED and the like; the platform's own fetch hides it one level deeper. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause);
}

function isAnswer(error: unknown): error is TelegramAnswer {
  return (
    error instanceof Error &&
    'response' in error &&
    typeof error.response === 'object' &&
    error.response !== null &&
    'error_code' in error.response
  );
}
