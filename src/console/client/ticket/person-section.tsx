import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { ticketPath, usePerson } from '../api/queries.js';
import { request } from '../api/request.js';
import type { Person, SimilarPerson, Ticket } from '../api/types.js';
import { t, tKnown } from '../text/text.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Failed, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { useChange } from '../ui/use-change.js';
import { Section } from './section.js';
import type { TicketCommand } from './use-ticket-command.js';

interface PersonSectionProps {
  ticket: Ticket;
  command: UseMutationResult<Ticket, Error, TicketCommand>;
}

/** One person, many addresses: where they write from, what else they asked, and who may be the same. */
export function PersonSection({ ticket, command }: PersonSectionProps): ReactNode {
  const { data, error, refetch } = usePerson(ticket.number);
  return (
    <Section title={t('person.title')}>
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={2} />
      ) : (
        <>
          <Addresses person={data} ticket={ticket} command={command} />
          <OtherTickets tickets={data.tickets} />
          <Similar person={data} ticket={ticket} />
          <Merges merges={data.merges} mayUndo={ticket.allowed.length > 0} />
        </>
      )}
    </Section>
  );
}

function Addresses({
  person: { addresses },
  ticket,
  command,
}: PersonSectionProps & { person: Person }): ReactNode {
  return (
    <ul className="person-list" aria-label={t('person.addresses')}>
      {addresses.map(({ conversationId, channel, lastInboundAt }) => (
        <li key={conversationId}>
          <span>
            {tKnown('channel', channel)}
            {lastInboundAt && (
              <span className="muted">
                {' '}
                · <Time at={lastInboundAt} as="short" />
              </span>
            )}
          </span>
          {conversationId === ticket.conversationId
            ? addresses.length > 1 && <span className="muted">{t('person.here')}</span>
            : ticket.allowed.includes('reply') && (
                <Button
                  small
                  busy={command.isPending}
                  onClick={() => command.mutate({ name: 'move', conversationId })}
                >
                  {t('person.continueHere')}
                </Button>
              )}
        </li>
      ))}
    </ul>
  );
}

function OtherTickets({ tickets }: Pick<Person, 'tickets'>): ReactNode {
  if (tickets.length === 0) return null;
  return (
    <div className="person-part">
      <p>{t('person.tickets')}</p>
      <ul className="person-list">
        {tickets.map(({ number, status, receivedAt }) => (
          <li key={number}>
            <Link to={`/inbox/all/${number}`}>{number}</Link>
            <span className="muted">
              {t(`status.${status}`)} · <Time at={receivedAt} as="short" />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Similar({ person: { similar }, ticket }: { person: Person; ticket: Ticket }): ReactNode {
  const [asked, setAsked] = useState<SimilarPerson | null>(null);
  const join = useChange({
    run: (contactId: string) =>
      request(`${ticketPath(ticket.number)}/person/join`, { method: 'POST', body: { contactId } }),
    refresh: ['person', 'ticket', 'messages', 'tickets'],
    said: () => t('person.joined'),
    onDone: () => setAsked(null),
  });
  if (similar.length === 0 || !ticket.allowed.includes('edit')) return null;
  return (
    <div className="person-part">
      <p>{t('person.similar')}</p>
      <ul className="person-list">
        {similar.map((one) => (
          <li key={one.id}>
            <span>
              {one.name ?? t('common.none')}
              <span className="muted">
                {' '}
                · {one.channels.map((channel) => tKnown('channel', channel)).join(', ')} ·{' '}
                {one.same.map((what) => t(`person.same.${what}`)).join(', ')}
              </span>
            </span>
            <Button small onClick={() => setAsked(one)}>
              {t('person.join')}
            </Button>
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          title={t('person.joinTitle')}
          text={t('person.joinText', { name: asked.name ?? '', agency: asked.agency ?? '' })}
          action={t('person.join')}
          busy={join.isPending}
          onConfirm={() => join.mutate(asked.id)}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

function Merges({ merges, mayUndo }: Pick<Person, 'merges'> & { mayUndo: boolean }): ReactNode {
  const undo = useChange({
    run: (id: string) => request(`/contact-merges/${id}/undo`, { method: 'POST', body: {} }),
    refresh: ['person', 'ticket', 'messages', 'tickets'],
    said: () => t('person.undone'),
  });
  if (merges.length === 0) return null;
  return (
    <ul className="person-list" aria-label={t('person.merges')}>
      {merges.map(({ id, name, reason, by, at }) => (
        <li key={id}>
          <span>
            {t('person.merged', { name: name ?? t('common.none') })}
            <span className="muted">
              {' '}
              · {reason === 'staff' ? (by ?? '') : t('person.byPlatform')} · <Time at={at} as="short" />
            </span>
          </span>
          {mayUndo && (
            <Button small look="quiet" busy={undo.isPending} onClick={() => undo.mutate(id)}>
              {t('person.undo')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
