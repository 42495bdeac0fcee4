import { readLocal, writeLocal } from './local-storage.js';

export type DraftKind = 'reply' | 'note' | 'answer' | 'basis';

/** What was written for a ticket and not sent yet; survives reloads and a closed browser. */
export function readDraft(number: string, kind: DraftKind): string {
  return readLocal(`draft.${number}.${kind}`) ?? '';
}

/** An empty text forgets the draft. */
export function writeDraft(number: string, kind: DraftKind, text: string): void {
  writeLocal(`draft.${number}.${kind}`, text === '' ? null : text);
}
