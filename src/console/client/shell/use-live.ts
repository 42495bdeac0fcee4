import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request } from '../api/request.js';
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
        onRefused: () => void checkSession(client),
        onReopen: () => {
          for (const { clientId } of outbox.get()) {
            void resend(clientId, ({ number }, messages) => addMessages(client, number, messages));
          }
        },
      }),
    [client],
  );
}

/** Asks the server who is there; what it says about an ended session leads to the sign-in page. */
async function checkSession(client: QueryClient): Promise<void> {
  await client
    .query({ queryKey: ['session-check'], queryFn: () => request('/session'), staleTime: 0, retry: false })
    .catch(() => undefined);
}
