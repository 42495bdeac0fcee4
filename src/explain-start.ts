import { ConfigError } from './shared/config.js';

/** What a person at the keyboard reads when the product does not start or has to stop. */
export function explainStart(error: unknown): string {
  if (error instanceof ConfigError)
    return `Dering did not start: ${error.message}\nSee .env.example for what each variable means.`;
  if (!(error instanceof Error)) return `Dering stopped: ${String(error)}`;
  const code = 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return 'Dering did not start: the port is in use by another program. Choose another one with PORT.';
    case 'EACCES':
      return `Dering did not start: no permission for ${pathOf(error)}. Check DATA_DIR and PORT.`;
    case 'ENOSPC':
      return 'Dering stopped: the disk of DATA_DIR is full.';
    case 'STORE_LOCKED':
    case 'STORE_DAMAGED':
    case 'SERVER_DIED':
      return `Dering stopped: ${error.message}`;
  }
  if (error.name.startsWith('Mongo'))
    return `Dering did not start: MongoDB at MONGODB_URI does not answer (${error.name}).`;
  return `Dering stopped: ${error.stack ?? error.message}`;
}

function pathOf(error: Error): string {
  return 'path' in error && typeof error.path === 'string' ? error.path : 'the address or folder';
}
