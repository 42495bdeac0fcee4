import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createStore } from '../state/store.js';
import { ApiError } from './request.js';
import type { Me } from './types.js';

/** True once the server said that the session is over while the page was in use. */
export const sessionEnded = createStore(false);

function noticeEnd(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 401 || error.code === 'wrong-credentials') return;
  if (!queryClient.getQueryData(['me'])) return;
  sessionEnded.set(true);
  queryClient.setQueryData(['me'], null);
}

/** Data is kept fresh by the live stream; refetching on focus covers a laptop that slept. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status > 0 && error.status < 500),
    },
    mutations: { networkMode: 'always' },
  },
});

/** Signs in (or out, with null): nothing one person saw stays for the next. */
export function changePerson(me: Me | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
  queryClient.setQueryData(['me'], me);
}
