import { deleteSession } from './api.js';
import { forgetDraft } from './draft.js';
import { keep, localStore } from './browser.js';
import { now } from './now.js';
import { OUTBOX_PREFIX } from './outbox.js';
import { forgetMark } from './receipts.js';

const ENDED = 'dering.ended';

/**
 * Ends the chat on this device: the server takes the cookie back, then everything kept here goes, and every tab starts
 * afresh. The office keeps the conversation.
 * @throws when the server cannot be reached; nothing has gone then
 */
export async function endHere(): Promise<void> {
  await deleteSession();
  const storage = localStore();
  for (const key of Object.keys(storage ?? {})) if (key.startsWith(OUTBOX_PREFIX)) storage?.removeItem(key);
  forgetMark();
  forgetDraft();
  keep(storage, ENDED, String(now()));
  window.location.reload();
}

/** Another tab has ended the chat: nothing of it stays on the screen. */
export function reloadWhenEnded(): void {
  window.addEventListener('storage', ({ key }) => {
    if (key !== ENDED) return;
    forgetDraft();
    window.location.reload();
  });
}
