import {
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { search } from './queries.js';
import { request } from './request.js';
import type { HowToBook, Visit, VisitDay, VisitStepRequest, VisitSummary } from './types/reception.js';

/** How often a visit is asked for whose BAK is being made, in milliseconds. */
const MINUTES_POLL = 4_000;

/** @param date yyyy-MM-dd; null for today, as the office has it */
export function useVisitDay(date: string | null): UseQueryResult<VisitDay> {
  return useQuery({
    queryKey: ['visits', date ?? 'today'],
    queryFn: ({ signal }) => request<VisitDay>(`/reception/visits?${search({ date })}`, { signal }),
  });
}

/** Nothing is asked before two signs are written. */
export function useVisitSearch(q: string): UseQueryResult<VisitSummary[]> {
  return useQuery({
    queryKey: ['visit-search', q],
    enabled: q.length > 1,
    placeholderData: (previous) => previous,
    queryFn: ({ signal }) => searchVisits(q, signal),
  });
}

/** @param q a scanned code, a ticket number, or beginnings of names */
export async function searchVisits(q: string, signal?: AbortSignal): Promise<VisitSummary[]> {
  const path = `/reception/search?${search({ q: q.slice(0, 200) })}`;
  return (await request<{ items: VisitSummary[] }>(path, { signal })).items;
}

export function useVisit(id: string): UseQueryResult<Visit> {
  return useQuery({
    queryKey: ['visit', id],
    queryFn: ({ signal }) => request<Visit>(visitPath(id), { signal }),
    // The reception does not hear of tickets, whose the BAK is.
    refetchInterval: ({ state: { data } }) =>
      data?.reported === true && data.minutes === null ? MINUTES_POLL : false,
  });
}

/** Takes a step. Refused or done, what stands on the screen is fetched anew; saying what happened is the caller's. */
export function useVisitStep(id: string): UseMutationResult<Visit, Error, VisitStepRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: VisitStepRequest) =>
      request<Visit>(`${visitPath(id)}/steps`, { method: 'POST', body: step }),
    onSuccess: (after) => client.setQueryData(['visit', id], after),
    onSettled: () => refreshVisits(client),
  });
}

export function useHowToBook(): UseQueryResult<HowToBook> {
  return useQuery({
    queryKey: ['how-to-book'],
    queryFn: ({ signal }) => request<HowToBook>('/reception/how-to-book', { signal }),
  });
}

export function refreshVisits(client: QueryClient): void {
  for (const key of ['visits', 'visit', 'visit-search']) {
    void client.invalidateQueries({ queryKey: [key] });
  }
}

export function visitPath(id: string): string {
  return `/reception/visits/${encodeURIComponent(id)}`;
}
