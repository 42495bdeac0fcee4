import {
  keepPreviousData,
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
import type { BookingView } from '../bookings/booking-views.js';
import { search, ticketPath } from './queries.js';
import { request } from './request.js';
import type { Page } from './types.js';
import type {
  Appointment,
  AppointmentStepRequest,
  AppointmentSummary,
  BookingCalendar,
  FreeSessions,
} from './types/appointments.js';

export function useAppointments(
  view: BookingView,
  query: string,
): UseInfiniteQueryResult<InfiniteData<Page<AppointmentSummary>>> {
  return useInfiniteQuery({
    queryKey: ['appointments', view, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<AppointmentSummary>>(
        `/appointments?${search({ view, q: query, cursor: pageParam, limit: '30' })}`,
        { signal },
      ),
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous, before) => (before?.queryKey[1] === view ? previous : undefined),
  });
}

export function useAppointment(id: string): UseQueryResult<Appointment> {
  return useQuery({
    queryKey: ['appointment', id],
    queryFn: ({ signal }) => request<Appointment>(appointmentPath(id), { signal }),
  });
}

/** The booking of a ticket: none or one. */
export function useTicketAppointments(
  number: string,
  enabled: boolean,
): UseQueryResult<AppointmentSummary[]> {
  return useQuery({
    queryKey: ['ticket-appointments', number],
    enabled,
    queryFn: async ({ signal }) =>
      (await request<{ items: AppointmentSummary[] }>(`${ticketPath(number)}/appointments`, { signal }))
        .items,
  });
}

/** @param from yyyy-MM-dd; '' for the earliest possible */
export function useFreeSessions(id: string, from: string): UseQueryResult<FreeSessions> {
  return useQuery({
    queryKey: ['free-sessions', id, from],
    queryFn: ({ signal }) =>
      request<FreeSessions>(`${appointmentPath(id)}/free-sessions?${search({ from, limit: '40' })}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Both dates included, yyyy-MM-dd. */
export function useBookingCalendar(from: string, to: string): UseQueryResult<BookingCalendar> {
  return useQuery({
    queryKey: ['booking-calendar', from, to],
    enabled: from !== '' && to !== '',
    queryFn: ({ signal }) =>
      request<BookingCalendar>(`/booking-calendar?${search({ from, to })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

interface StepOf {
  id: string;
  step: AppointmentStepRequest;
}

/** Takes a step. Refused or done, what stands on the screen is fetched anew; saying what happened is the caller's. */
export function useAppointmentStep(): UseMutationResult<Appointment, Error, StepOf> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, step }: StepOf) =>
      request<Appointment>(`${appointmentPath(id)}/steps`, { method: 'POST', body: step }),
    onSuccess: (after, { id }) => client.setQueryData(['appointment', id], after),
    onSettled: () => refreshAppointments(client),
  });
}

/** Every list, every open booking, the calendar and what is free. */
export function refreshAppointments(client: QueryClient): void {
  const keys = ['appointments', 'appointment', 'ticket-appointments', 'booking-calendar', 'free-sessions'];
  for (const key of keys) void client.invalidateQueries({ queryKey: [key] });
}

/** Where the browser fetches the files of a booking. */
export function appointmentFiles(id: string): string {
  return `${appointmentPath(id)}/files`;
}

/** R-C8: its BAK in two copies. */
export function appointmentMinutes(id: string): string {
  return `${appointmentPath(id)}/minutes`;
}

function appointmentPath(id: string): string {
  return `/appointments/${encodeURIComponent(id)}`;
}
