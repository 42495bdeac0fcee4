import {
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { ApiError, request } from './request.js';
import type {
  Assignee,
  HistoryEntry,
  Me,
  Message,
  Page,
  Person,
  Ticket,
  TicketCounts,
  TicketSummary,
  TicketView,
  Topic,
  Unit,
} from './types.js';
import type { MessagePages } from './messages-cache.js';

/** Null: nobody is signed in. */
export function useMe(): UseQueryResult<Me | null> {
  return useQuery({
    queryKey: ['me'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      try {
        return await request<Me>('/session', { signal });
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
  });
}

export function useCounts(enabled: boolean): UseQueryResult<TicketCounts> {
  return useQuery({
    queryKey: ['counts'],
    enabled,
    queryFn: ({ signal }) => request<TicketCounts>('/ticket-counts', { signal }),
  });
}

export function useTickets(
  view: TicketView,
  query: string,
): UseInfiniteQueryResult<InfiniteData<Page<TicketSummary>>> {
  return useInfiniteQuery({
    queryKey: ['tickets', view, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<TicketSummary>>(`/tickets?${search({ view, q: query, cursor: pageParam, limit: '30' })}`, {
        signal,
      }),
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous, before) => (before?.queryKey[1] === view ? previous : undefined),
  });
}

export function useTicket(number: string): UseQueryResult<Ticket> {
  return useQuery({
    queryKey: ['ticket', number],
    queryFn: ({ signal }) => request<Ticket>(ticketPath(number), { signal }),
  });
}

export function useMessages(
  number: string,
): UseInfiniteQueryResult<InfiniteData<Page<Message>, string | null>> {
  return useInfiniteQuery<Page<Message>, Error, MessagePages, string[], string | null>({
    queryKey: ['messages', number],
    // The live stream merges what is new; refetching every page on focus would move the reader.
    staleTime: Infinity,
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) => fetchMessages(number, pageParam, signal),
    getNextPageParam: ({ next }) => next,
  });
}

/** @param before id of the oldest known message; null for the newest page */
export function fetchMessages(
  number: string,
  before: string | null,
  signal?: AbortSignal,
): Promise<Page<Message>> {
  return request(`${ticketPath(number)}/messages?${search({ before, limit: '40' })}`, { signal });
}

export function useHistory(number: string): UseQueryResult<HistoryEntry[]> {
  return useQuery({
    queryKey: ['history', number],
    queryFn: async ({ signal }) =>
      (await request<{ items: HistoryEntry[] }>(`${ticketPath(number)}/history`, { signal })).items,
  });
}

export function usePerson(number: string): UseQueryResult<Person> {
  return useQuery({
    queryKey: ['person', number],
    queryFn: ({ signal }) => request<Person>(`${ticketPath(number)}/person`, { signal }),
  });
}

export function useAssignees(): UseQueryResult<Assignee[]> {
  return useList<Assignee>('assignees');
}

export function useTopics(): UseQueryResult<Topic[]> {
  return useList<Topic>('topics');
}

export function useUnits(): UseQueryResult<Unit[]> {
  return useList<Unit>('units');
}

/** A short list without pages, e.g. `/topics`. */
export function useList<Item>(name: string): UseQueryResult<Item[]> {
  return useQuery({
    queryKey: [name],
    queryFn: async ({ signal }) => (await request<{ items: Item[] }>(`/${name}`, { signal })).items,
  });
}

/** A long list in pages by key, e.g. `/mails`. */
export function usePaged<Item>(name: string): UseInfiniteQueryResult<InfiniteData<Page<Item>>> {
  return useInfiniteQuery({
    queryKey: [name],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<Item>>(`/${name}?${search({ cursor: pageParam, limit: '50' })}`, { signal }),
    getNextPageParam: ({ next }) => next,
  });
}

export function ticketPath(number: string): string {
  return `/tickets/${encodeURIComponent(number)}`;
}

/** A query string without the empty ones. */
export function search(values: Record<string, string | null>): string {
  const filled = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(filled).toString();
}
