import { useMutation, useQueryClient, type QueryClient, type UseMutationResult } from '@tanstack/react-query';
import { refreshMessages } from '../api/apply-changes.js';
import { ticketPath } from '../api/queries.js';
import { ApiError, request } from '../api/request.js';
import type { Profile, Ticket } from '../api/types.js';
import { t } from '../text/text.js';
import { toast, toastError } from '../ui/toast.js';

export type TicketCommand =
  | { name: 'claim' | 'take-over' | 'hand-back' | 'seen' }
  | { name: 'move'; conversationId: string }
  | { name: 'assign'; staffId: string; staffName: string }
  | { name: 'mark-concerned'; staffId: string | null }
  | { name: 'resolve'; answer: string; legalBasis: string[]; withUnitFiles: boolean }
  | { name: 'close'; reason: string }
  | { name: 'edit'; profile?: Partial<Profile>; topicCode?: string; question?: string };

/** Carries a command to the server; what it answers is the ticket as it now is. */
export function useTicketCommand(number: string): UseMutationResult<Ticket, Error, TicketCommand> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: TicketCommand) => sendCommand(number, command),
    onSuccess: (ticket, command) => {
      client.setQueryData(['ticket', number], ticket);
      if (command.name === 'seen') {
        void client.invalidateQueries({ queryKey: ['tickets'] });
        return;
      }
      refreshAround(client, number);
      const said = describe(command, number);
      if (said) toast(said);
    },
    onError: (error, command) => {
      if (command.name === 'seen') return;
      if (error instanceof ApiError && error.status === 409) {
        toast(`${error.message} ${t('error.refreshed')}`, 'bad');
        void client.invalidateQueries({ queryKey: ['ticket', number] });
        refreshAround(client, number);
      } else if (!(error instanceof ApiError && error.fields.length > 0)) toastError(error);
    },
  });
}

function refreshAround(client: QueryClient, number: string): void {
  for (const key of [['tickets'], ['counts'], ['history', number]]) {
    void client.invalidateQueries({ queryKey: key });
  }
  void refreshMessages(client, number);
}

function sendCommand(number: string, command: TicketCommand): Promise<Ticket> {
  const path = ticketPath(number);
  switch (command.name) {
    case 'edit':
      return request(path, { method: 'PATCH', body: { ...command, name: undefined } });
    case 'move':
      return request(`${path}/move`, {
        method: 'POST',
        body: { conversationId: command.conversationId },
      });
    case 'assign':
      return request(`${path}/assign`, { method: 'POST', body: { staffId: command.staffId } });
    case 'mark-concerned':
      return request(`${path}/mark-concerned`, { method: 'POST', body: { staffId: command.staffId } });
    case 'resolve': {
      const { name: _, ...body } = command;
      return request(`${path}/resolve`, { method: 'POST', body });
    }
    case 'close':
      return request(`${path}/close`, { method: 'POST', body: { reason: command.reason } });
    default:
      return request(`${path}/${command.name}`, { method: 'POST', body: {} });
  }
}

function describe(command: TicketCommand, number: string): string | null {
  switch (command.name) {
    case 'claim':
      return t('action.claimed', { number });
    case 'take-over':
    case 'move':
      return t('action.takenOver');
    case 'hand-back':
      return t('action.handedBack');
    case 'assign':
      return t('action.assigned', { name: command.staffName });
    case 'resolve':
      return t('action.resolved', { number });
    case 'close':
      return t('action.closed', { number });
    case 'mark-concerned':
    case 'edit':
      return t('common.saved');
    case 'seen':
      return null;
  }
}
