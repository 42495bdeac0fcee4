import { DomainError } from '../shared/errors.js';

/**
 * A document number as a file name that every system and mail program takes: "BAK-000123/DJPK/2026" becomes
 * "BAK-000123-DJPK-2026.pdf".
 * @throws DomainError invalid-input when nothing usable is left of the number
 */
export function fileNameOf(documentNumber: string, extension: string): string {
  const stem = documentNumber
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
  if (stem === '') throw new DomainError('invalid-input', { field: 'documentNumber' });
  return `${stem}.${extension}`;
}
