import type { Readable, Writable } from 'node:stream';
import type { InboundContent } from '../../conversation/channel.js';
import type { Clock } from '../../shared/clock.js';
import type { Texts } from '../../shared/i18n.js';
import type { NewId } from '../../shared/ids.js';

/** The one terminal of a process. */
export const ACCOUNT = 'local';

/** A stored file as a message shows it. */
export type FileReference = Omit<Extract<InboundContent, { kind: 'file' }>, 'kind' | 'caption'>;

/** What the terminal needs; the application hands it in. */
export interface TerminalPorts {
  input: Readable;
  output: Writable;
  clock: Clock;
  newId: NewId;
  texts: Texts;
  /**
   * Stores a file of the user.
   * @throws DomainError `file-too-large`, `file-type-refused`, `file-empty`, `file-name-mismatch`
   */
  storeFile: (upload: {
    stream: Readable;
    name: string;
    conversationKey: { channel: 'terminal'; account: string; address: string };
    now: Date;
  }) => Promise<FileReference>;
}
