import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { DomainError } from './errors.js';

/**
 * What may be logged: identifiers, counts, states and codes. Personal data (UU 27/2022) has no field here, so
 * nobody can log a name, an address or a message by accident.
 */
export interface LogFields {
  err?: unknown;
  job?: string;
  channel?: string;
  conversationId?: string;
  messageId?: string;
  ticket?: string;
  userId?: string;
  path?: string;
  method?: string;
  status?: number;
  code?: string;
  attempt?: number;
  count?: number;
  milliseconds?: number;
  port?: number;
  state?: string;
  version?: string;
}

export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const FIELDS: ReadonlySet<string> = new Set<keyof LogFields>([
  'job',
  'channel',
  'conversationId',
  'messageId',
  'ticket',
  'userId',
  'path',
  'method',
  'status',
  'code',
  'attempt',
  'count',
  'milliseconds',
  'port',
  'state',
  'version',
]);

/** A JSON logger that lets through only the fields of `LogFields`. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const log: PinoLogger = destination ? pino(options, destination) : pino(options);
  return {
    debug: (fields, message) => log.debug(allowed(fields), message),
    info: (fields, message) => log.info(allowed(fields), message),
    warn: (fields, message) => log.warn(allowed(fields), message),
    error: (fields, message) => log.error(allowed(fields), message),
  };
}

export const silentLogger: Logger = createLogger('silent');

function allowed(fields: LogFields): object {
  const kept = Object.fromEntries(Object.entries(fields).filter(([key]) => FIELDS.has(key)));
  return fields.err === undefined ? kept : { ...kept, error: describeError(fields.err) };
}

/** An error's kind and place. A foreign message can quote what a user wrote, so only its first line's type is kept. */
function describeError(error: unknown): object {
  if (error instanceof DomainError)
    return { code: error.code, cause: error.cause && describeError(error.cause) };
  if (!(error instanceof Error)) return { name: typeof error };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
      ? error.code
      : undefined;
  const stack = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    name: error.name,
    code,
    at: stack.slice(0, 6).map((line) => line.trim()),
    cause: error.cause && describeError(error.cause),
  };
}
