import { createHash } from 'node:crypto';

/** Whoever sits at the terminal is one person: the machine's own account, named by a hash. */
export function addressOf(user: string): string {
  return createHash('sha256').update(`terminal:${user}`).digest('hex');
}
