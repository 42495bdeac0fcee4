import type { SocketConfig } from '@whiskeysockets/baileys';

/** The library's own logger would print numbers, message ids and, on its finest level, every stanza. */
export const silentLogger: SocketConfig['logger'] = {
  level: 'silent',
  child: () => silentLogger,
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
};

function ignore(): void {
  // What matters of a connection is told by its events.
}
