import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { composeMail } from './compose-mail.js';
import type { MailTransport } from './mail-transport.js';

/** Keeps mails as .eml where there is no mail server. A mail sent twice is one file. */
export function createFolderTransport(folder: string): MailTransport {
  return {
    mode: 'folder',
    send: async (mail) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${mail.id}.eml`);
      const draft = `${path}.${process.pid}.part`;
      try {
        await pipeline(await composeMail(mail), createWriteStream(draft, { flush: true, mode: 0o600 }));
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
  };
}
