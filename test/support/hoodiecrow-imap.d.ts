/** The part of hoodiecrow-imap, an IMAP server for tests, that is used here. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  interface Hoodiecrow {
    server: Server;
    folderCache: Record<string, { messages: unknown[] }>;
    listen(port: number, done: () => void): void;
    close(done?: () => void): void;
    /** @param source as a binary string */
    appendMessage(folder: string, flags: string[], internalDate: string | false, source: string): void;
  }

  export default function hoodiecrow(options: { plugins: string[]; storage: object }): Hoodiecrow;
}
