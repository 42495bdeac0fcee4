import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { addMessages, createChangeApplier, refreshEverything } from '../api/apply-changes.js';
import { followChanges } from '../api/live.js';
import { outbox, resend } from '../state/outbox.js';

/** Keeps the page's data up with the server while somebody is signed in. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      followChanges({
        onChange: createChangeApplier(client),
        onReset: () => refreshEverything(client),
        onReopen: () => {
          for (const { clientId } of outbox.get()) {
            void resend(clientId, ({ number }, messages) => addMessages(client, number, messages));
          }
        },
      }),
    [client],
  );
}
