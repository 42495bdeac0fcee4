import { isDuplicateKey } from '../../models/duplicate-key.js';
import { DomainError } from '../../shared/errors.js';

/** Letters, digits and . _ - after a letter or digit; kept in lower case. */
const USERNAME = /^[a-z0-9][a-z0-9._-]{2,31}$/;

/** @throws DomainError invalid-input */
export function parseUsername(text: string): string {
  const username = text.trim().toLowerCase();
  if (!USERNAME.test(username)) throw new DomainError('invalid-input', { field: 'username' });
  return username;
}

/** @throws DomainError username-taken where the unique index refused the write */
export async function refuseTakenUsername<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (isDuplicateKey(error)) throw new DomainError('username-taken', {}, { cause: error });
    throw error;
  }
}
