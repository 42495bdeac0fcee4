import {
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type QueryClient,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { LettersView } from '../letters/letter-views.js';
import { search } from './queries.js';
import { request } from './request.js';
import type { Page } from './types.js';
import type { Letter, LetterStepRequest, LetterSummary } from './types/letters.js';

export function useLetters(view: LettersView): UseInfiniteQueryResult<InfiniteData<Page<LetterSummary>>> {
  return useInfiniteQuery({
    queryKey: ['letters', view],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<LetterSummary>>(`/letters?${search({ view, cursor: pageParam, limit: '30' })}`, {
        signal,
      }),
    getNextPageParam: ({ next }) => next,
  });
}

/** How many letters wait for the reader. */
export function useLetterCounts(enabled: boolean): UseQueryResult<{ myTurn: number }> {
  return useQuery({
    queryKey: ['letter-counts'],
    enabled,
    queryFn: ({ signal }) => request<{ myTurn: number }>('/letter-counts', { signal }),
  });
}

export function useLetter(id: string): UseQueryResult<Letter> {
  return useQuery({
    queryKey: ['letter', id],
    queryFn: ({ signal }) => request<Letter>(letterPath(id), { signal }),
  });
}

/** Takes a step at the version that was shown. */
export function takeLetterStep({ id, version }: Letter, step: LetterStepRequest): Promise<Letter> {
  return request<Letter>(`${letterPath(id)}/steps`, { method: 'POST', body: { ...step, version } });
}

/** Every list and every open letter. */
export function refreshLetters(client: QueryClient): void {
  for (const key of ['letters', 'letter', 'letter-counts'])
    void client.invalidateQueries({ queryKey: [key] });
}

/** Where the browser fetches the papers of a letter. */
export function letterFiles(id: string): string {
  return `${letterPath(id)}/files`;
}

function letterPath(id: string): string {
  return `/letters/${encodeURIComponent(id)}`;
}
