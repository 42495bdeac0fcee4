import type { RefusedFileReason } from '../models/message.js';
import type { ErrorCode } from '../shared/errors.js';

const REASONS: Partial<Record<ErrorCode, RefusedFileReason>> = {
  'file-too-large': 'too-large',
  'file-type-refused': 'type',
  'file-empty': 'empty',
  'file-name-mismatch': 'name-mismatch',
};

/** How a refusal of the file store is told in a conversation; undefined for any other refusal. */
export function refusedFileReason(code: ErrorCode): RefusedFileReason | undefined {
  return REASONS[code];
}
