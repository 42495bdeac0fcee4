import type { Config } from '../shared/config.js';
import type { Logger } from '../shared/logger.js';

const LOOPBACK = /^(localhost|127\.[\d.]+|::1)$/;

/** People on other machines cannot open links and QR codes that name localhost. */
export function warnOfLocalLinks(
  { publicUrl, host }: Pick<Config, 'publicUrl' | 'host'>,
  log: Pick<Logger, 'warn'>,
): void {
  if (publicUrl !== undefined || LOOPBACK.test(host)) return;
  log.warn({}, 'PUBLIC_URL is not set: links and QR codes will name localhost');
}
