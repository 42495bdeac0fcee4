import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { DeskView } from '../desk/desk-views.js';
import { search, ticketPath } from './queries.js';
import { request } from './request.js';
import type { Page } from './types.js';
import type {
  Escalation,
  EscalationSummary,
  EscalationWithCard,
  StepRequest,
  UnitName,
} from './types/escalations.js';

/** @param unit code; '' for the reader's own, or all */
export function useDesk(
  view: DeskView,
  unit: string,
): UseInfiniteQueryResult<InfiniteData<Page<EscalationSummary>>> {
  return useInfiniteQuery({
    queryKey: ['desk', view, unit],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<EscalationSummary>>(
        `/escalations?${search({ view, unit, cursor: pageParam, limit: '30' })}`,
        { signal },
      ),
    getNextPageParam: ({ next }) => next,
  });
}

/** Units whose desk the reader may see, their own first. */
export function useDeskUnits(): UseQueryResult<UnitName[]> {
  return useQuery({
    queryKey: ['desk-units'],
    queryFn: async ({ signal }) =>
      (await request<{ items: UnitName[] }>('/escalation-units', { signal })).items,
  });
}

export function useEscalation(id: string): UseQueryResult<EscalationWithCard> {
  return useQuery({
    queryKey: ['escalation', id],
    queryFn: ({ signal }) => request<EscalationWithCard>(escalationPath(id), { signal }),
  });
}

/** The escalations of a ticket, newest first. */
export function useTicketEscalations(number: string): UseQueryResult<Escalation[]> {
  return useQuery({
    queryKey: ['escalations', number],
    queryFn: async ({ signal }) =>
      (await request<{ items: Escalation[] }>(`${ticketPath(number)}/escalations`, { signal })).items,
  });
}

/** R-A4: when an answer would be due. */
export function useEscalationDeadline(number: string): UseQueryResult<{ dueAt: string }> {
  return useQuery({
    queryKey: ['escalation-deadline', number],
    queryFn: ({ signal }) =>
      request<{ dueAt: string }>(`${ticketPath(number)}/escalation-deadline`, { signal }),
  });
}

/** Takes a step. Refused or done, what stands on the screen is fetched anew; saying what happened is the caller's. */
export function useEscalationStep(id: string): UseMutationResult<EscalationWithCard, Error, StepRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: StepRequest) =>
      request<EscalationWithCard>(`${escalationPath(id)}/steps`, { method: 'POST', body: step }),
    onSuccess: (after) => client.setQueryData(['escalation', id], after),
    onSettled: () => refreshEscalations(client),
  });
}

/** Every list and every open escalation. */
export function refreshEscalations(client: QueryClient): void {
  for (const key of ['desk', 'escalation', 'escalations']) void client.invalidateQueries({ queryKey: [key] });
}

/** Where the browser fetches files of an escalation. */
export function escalationFiles(id: string): string {
  return `${escalationPath(id)}/files`;
}

function escalationPath(id: string): string {
  return `/escalations/${encodeURIComponent(id)}`;
}
