/* eslint-disable no-console -- this file keeps a library from printing keys */
import type { Logger } from '../../shared/logger.js';

const METHODS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

const LIBRARY = /[\\/]node_modules[\\/]libsignal[\\/]/;

let quiet = false;

/**
 * libsignal prints whole sessions, private keys included, on ordinary occasions. What comes from there goes to the log
 * as the mere fact; everything else is printed as before. Once in a process; must run before the library does.
 */
export function quietSignalLibrary(log: Logger): void {
  if (quiet) return;
  quiet = true;
  for (const method of METHODS) {
    const print = console[method].bind(console);
    console[method] = (...words: unknown[]) => {
      if (LIBRARY.test(new Error().stack ?? ''))
        log.debug({ channel: 'whatsapp', code: method }, 'a session changed');
      else print(...words);
    };
  }
}
