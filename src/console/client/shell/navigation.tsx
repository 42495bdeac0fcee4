import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useLetterCounts } from '../api/letters.js';
import { useCounts } from '../api/queries.js';
import { changePerson } from '../api/query-client.js';
import { request } from '../api/request.js';
import type { Me, TicketCounts, TicketView } from '../api/types.js';
import {
  isAdministrator,
  seesAudit,
  seesBookings,
  seesDesk,
  seesLetters,
  seesTickets,
  worksReception,
} from '../state/roles.js';
import { formatCount, initials } from '../text/format.js';
import { t } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { Icon, type IconName } from '../ui/icon.js';
import { Mark } from '../ui/mark.js';
import { toastError } from '../ui/toast.js';
import { LiveLamp } from './live-banner.js';
import { ThemeButton } from './theme-button.js';

const VIEWS: readonly {
  view: TicketView;
  icon: IconName;
  counted?: keyof TicketCounts;
}[] = [
  { view: 'unassigned', icon: 'inbox', counted: 'unassigned' },
  { view: 'mine', icon: 'person', counted: 'mine' },
  { view: 'open', icon: 'layers', counted: 'open' },
  { view: 'overdue', icon: 'warning', counted: 'overdue' },
  { view: 'complaints', icon: 'chat', counted: 'complaints' },
  { view: 'suggestions', icon: 'chat', counted: 'suggestions' },
  { view: 'waiting-unit', icon: 'people' },
  { view: 'resolved', icon: 'checkCircle' },
  { view: 'closed', icon: 'archive' },
];

export function Navigation({ me, onHelp }: { me: Me; onHelp: () => void }): ReactNode {
  return (
    <nav className="nav" id="navigation" aria-label={t('app.navigation')}>
      <div className="nav-brand">
        <Mark />
        <span className="nav-name">{t('app.name')}</span>
      </div>
      <div className="nav-scroll">
        {seesTickets(me) && <Views />}
        {seesDesk(me) && (
          <Group title={t('nav.units')}>
            <Item to="/desk" icon="people" label={t('nav.desk')} />
          </Group>
        )}
        {(seesBookings(me) || worksReception(me)) && (
          <Group title={t('nav.bookings')}>
            {seesBookings(me) && (
              <>
                <Item to="/bookings" icon="calendar" label={t('nav.schedule')} />
                <Item to="/calendar" icon="clock" label={t('nav.calendar')} />
              </>
            )}
            {worksReception(me) && <Item to="/reception" icon="person" label={t('nav.reception')} />}
          </Group>
        )}
        {(seesTickets(me) || seesLetters(me)) && (
          <Group title={t('nav.records')}>
            {seesLetters(me) && <Letters me={me} />}
            {seesTickets(me) && (
              <>
                <Item to="/mails" icon="mail" label={t('nav.mails')} />
                <Item to="/minutes" icon="document" label={t('nav.minutes')} />
              </>
            )}
          </Group>
        )}
        {seesAudit(me) && (
          <Group title={t('nav.settings')}>
            {isAdministrator(me) && (
              <>
                <Item to="/settings/staff" icon="people" label={t('nav.staff')} />
                <Item to="/settings/holidays" icon="calendar" label={t('nav.holidays')} />
                <Item to="/settings/hours" icon="clock" label={t('nav.hours')} />
                <Item to="/settings/clocks" icon="calendar" label={t('nav.clocks')} />
                <Item to="/settings/rooms" icon="layers" label={t('nav.rooms')} />
                <Item to="/settings/topics" icon="tag" label={t('nav.topics')} />
              </>
            )}
            <Item to="/settings/channels" icon="plane" label={t('nav.channels')} />
            <Item to="/settings/audit" icon="list" label={t('nav.audit')} />
            {isAdministrator(me) && <Item to="/settings/overview" icon="pulse" label={t('nav.overview')} />}
          </Group>
        )}
      </div>
      <Foot me={me} onHelp={onHelp} />
    </nav>
  );
}

function Views(): ReactNode {
  const { data: counts } = useCounts(true);
  return (
    <Group title={t('nav.inbox')}>
      {VIEWS.map(({ view, icon, counted }) => (
        <Item
          key={view}
          to={`/inbox/${view}`}
          icon={icon}
          label={t(`view.${view}`)}
          {...(counted && counts ? { count: counts[counted], urgent: counted === 'overdue' } : {})}
        />
      ))}
    </Group>
  );
}

/** With the number of letters that wait for whoever holds a post. */
function Letters({ me }: { me: Me }): ReactNode {
  const { data: counts } = useLetterCounts(me.post !== null);
  return <Item to="/letters" icon="note" label={t('nav.letters')} count={counts?.myTurn ?? 0} />;
}

function Group({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div className="nav-group">
      <p className="nav-title">{title}</p>
      <ul>{children}</ul>
    </div>
  );
}

interface ItemProps {
  to: string;
  icon: IconName;
  label: string;
  count?: number;
  urgent?: boolean;
}

function Item({ to, icon, label, count = 0, urgent = false }: ItemProps): ReactNode {
  const [location] = useLocation();
  const current =
    location === to || location.startsWith(`${to}/`) || (location === '/' && to === '/inbox/unassigned');
  return (
    <li>
      <Link to={to} className="nav-item" title={label} aria-current={current ? 'page' : undefined}>
        <Icon name={icon} />
        <span className="nav-label">{label}</span>
        {count > 0 && (
          <span className={urgent ? 'count count-urgent' : 'count'}>
            <span aria-hidden="true">{formatCount(count)}</span>
            <span className="visually-hidden">{t('list.waiting', { count: formatCount(count) })}</span>
          </span>
        )}
      </Link>
    </li>
  );
}

function Foot({ me, onHelp }: { me: Me; onHelp: () => void }): ReactNode {
  const signOut = useMutation({
    mutationFn: () => request('/session', { method: 'DELETE' }),
    onSuccess: () => changePerson(null),
    onError: toastError,
  });
  return (
    <div className="nav-foot">
      <LiveLamp />
      <div className="nav-tools">
        <ThemeButton />
        <IconButton icon="keyboard" label={t('app.shortcuts')} onClick={onHelp} />
        <IconButton icon="signOut" label={t('app.signOut')} onClick={() => signOut.mutate()} />
      </div>
      <Link to="/account" className="nav-me" title={t('nav.account')}>
        <span className="avatar" aria-hidden="true">
          {initials(me.name)}
        </span>
        <span className="nav-me-text">
          <span className="nav-me-name">{me.name}</span>
          <span className="nav-me-role">{me.roles.map((role) => t(`role.${role}`)).join(', ')}</span>
        </span>
      </Link>
    </div>
  );
}
