import { join } from 'node:path';
import type { Config } from '../../shared/config.js';
import { createFolderTransport } from './folder-transport.js';
import type { MailTransport } from './mail-transport.js';
import { createSmtpTransport } from './smtp-transport.js';

/** SMTP_URL when it is set, otherwise the folder `mail` in DATA_DIR. */
export function createMailTransport({
  smtpUrl,
  dataDir,
}: Pick<Config, 'smtpUrl' | 'dataDir'>): MailTransport {
  return smtpUrl === undefined ? createFolderTransport(join(dataDir, 'mail')) : createSmtpTransport(smtpUrl);
}
