import { readLocalJson, writeLocal } from '../state/local-storage.js';
import type { CardDraft } from './prepare-card.js';

/** What was written into the card of an escalation and not sent; survives reloads. */
export function readCardDraft(id: string): CardDraft {
  return (readLocalJson(keyOf(id)) ?? {}) as CardDraft;
}

/** An empty draft is forgotten. */
export function writeCardDraft(id: string, draft: CardDraft): void {
  writeLocal(keyOf(id), Object.keys(draft).length === 0 ? null : JSON.stringify(draft));
}

function keyOf(id: string): string {
  return `draft.${id}.card`;
}
