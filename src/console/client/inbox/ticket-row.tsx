import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { ChannelName, TicketSummary } from '../api/types.js';
import { initials } from '../text/format.js';
import { t, tKnown } from '../text/text.js';
import { Icon, type IconName } from '../ui/icon.js';
import { Due, Time } from '../ui/time.js';

const CHANNEL_ICONS: Record<ChannelName, IconName> = {
  'web-chat': 'chat',
  terminal: 'terminal',
  whatsapp: 'phone',
  telegram: 'plane',
  teams: 'people',
  email: 'mail',
};

/** Others have to act first. */
const WAITING: ReadonlySet<TicketSummary['status']> = new Set(['waiting-unit', 'waiting-user']);

/** No clock runs: it has ended, or its day is agreed. */
const STILL: ReadonlySet<TicketSummary['status']> = new Set(['resolved', 'closed', 'scheduled']);

interface TicketRowProps {
  ticket: TicketSummary;
  href: string;
  current: boolean;
}

/** One ticket of the list: who, from where, what about, by when, in whose hands. */
export const TicketRow = memo(function TicketRow({ ticket, href, current }: TicketRowProps): ReactNode {
  const { number, name, agency, regionName, topic, question, status, unread, kind } = ticket;
  const place = [agency, regionName].filter(Boolean).join(' · ');
  return (
    <Link
      href={href}
      className={unread > 0 ? 'row row-unread' : 'row'}
      data-number={number}
      aria-current={current ? 'true' : undefined}
    >
      <span className="row-top">
        <ChannelIcon channel={ticket.channel} />
        <span className="row-name">
          {ticket.anonymous ? t('complaint.anonymous') : (name ?? t('list.unnamed'))}
        </span>
        {unread > 0 && (
          <span className="unread" title={t('list.unread', { count: unread })}>
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span className="visually-hidden">{t('list.unread', { count: unread })}</span>
          </span>
        )}
        <Time at={ticket.updatedAt} as="list" />
      </span>
      <span className="row-middle">
        <span className="row-place">{place || tKnown('channel', ticket.channel)}</span>
        <span className="row-number">{number}</span>
      </span>
      <span className="row-question">
        <span className="row-topic">{kind === 'consultation' ? topic.name : t(`list.${kind}`)}</span>{' '}
        {question || t(`kind.${kind}`)}
      </span>
      <span className="row-state">
        {STILL.has(status) ? (
          <span className={`status status-${status}`}>{t(`status.${status}`)}</span>
        ) : (
          <Due at={ticket.dueAt} />
        )}
        {WAITING.has(status) && <span className={`status status-${status}`}>{t(`status.${status}`)}</span>}
        <Holder ticket={ticket} short={WAITING.has(status)} />
      </span>
    </Link>
  );
});

export function ChannelIcon({ channel }: { channel: ChannelName }): ReactNode {
  return (
    <span className="channel" title={tKnown('channel', channel)}>
      <Icon name={CHANNEL_ICONS[channel]} label={tKnown('channel', channel)} />
    </span>
  );
}

interface HolderProps {
  ticket: TicketSummary;
  /** Without the name to see, where there is no room. */
  short: boolean;
}

/** Bot or person, and which person. */
function Holder({ ticket: { holder, assignee, status }, short }: HolderProps): ReactNode {
  const nameClass = short ? 'visually-hidden' : 'holder-name';
  if (assignee) {
    return (
      <span className="holder" title={t('list.heldBy', { name: assignee.name })}>
        <span className="avatar avatar-small" aria-hidden="true">
          {initials(assignee.name)}
        </span>
        <span className={nameClass}>
          <span className="visually-hidden">{t('list.heldBy', { name: '' })}</span>
          {assignee.name}
        </span>
      </span>
    );
  }
  if (status === 'resolved' || status === 'closed') return null;
  const label = holder === 'bot' ? t('list.heldByBot') : t('list.heldByStaff');
  return (
    <span className="holder" title={label}>
      <Icon name={holder === 'bot' ? 'bot' : 'person'} />
      <span className={nameClass}>{label}</span>
    </span>
  );
}
