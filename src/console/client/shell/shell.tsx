import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import type { Me } from '../api/types.js';
import { InboxPage } from '../inbox/inbox-page.js';
import {
  isAdministrator,
  seesAudit,
  seesBookings,
  seesDesk,
  seesLetters,
  seesTickets,
  seesReception,
  worksReception,
} from '../state/roles.js';
import { useShortcuts } from '../state/shortcuts.js';
import { t } from '../text/text.js';
import { Empty, Skeleton } from '../ui/states.js';
import { IconButton } from '../ui/button.js';
import { LiveBanner } from './live-banner.js';
import { Navigation } from './navigation.js';
import { ShortcutsDialog } from './shortcuts-dialog.js';
import { useArrivals } from './use-arrivals.js';
import { useLive } from './use-live.js';

const DeskPage = lazy(async () => ({ default: (await import('../desk/desk-page.js')).DeskPage }));
const BookingsPage = lazy(async () => ({
  default: (await import('../bookings/bookings-page.js')).BookingsPage,
}));
const CalendarPage = lazy(async () => ({
  default: (await import('../bookings/calendar-page.js')).CalendarPage,
}));
const ReceptionPage = lazy(async () => ({
  default: (await import('../reception/reception-page.js')).ReceptionPage,
}));
const VisitPage = lazy(async () => ({ default: (await import('../reception/visit-page.js')).VisitPage }));
const UnscheduledPage = lazy(async () => ({
  default: (await import('../reception/unscheduled-page.js')).UnscheduledPage,
}));
const LettersPage = lazy(async () => ({ default: (await import('../letters/letters-page.js')).LettersPage }));
const MailsPage = lazy(async () => ({ default: (await import('../pages/mails-page.js')).MailsPage }));
const MinutesPage = lazy(async () => ({ default: (await import('../pages/minutes-page.js')).MinutesPage }));
const AccountPage = lazy(async () => ({ default: (await import('../pages/account-page.js')).AccountPage }));
const StaffPage = lazy(async () => ({ default: (await import('../settings/staff-page.js')).StaffPage }));
const HolidaysPage = lazy(async () => ({
  default: (await import('../settings/holidays-page.js')).HolidaysPage,
}));
const ClocksPage = lazy(async () => ({ default: (await import('../settings/clocks-page.js')).ClocksPage }));
const HoursPage = lazy(async () => ({ default: (await import('../settings/hours-page.js')).HoursPage }));
const RoomsPage = lazy(async () => ({ default: (await import('../settings/rooms-page.js')).RoomsPage }));
const TopicsPage = lazy(async () => ({ default: (await import('../settings/topics-page.js')).TopicsPage }));
const AuditPage = lazy(async () => ({ default: (await import('../settings/audit-page.js')).AuditPage }));
const ChannelsPage = lazy(async () => ({
  default: (await import('../channels/channels-page.js')).ChannelsPage,
}));
const OverviewPage = lazy(async () => ({
  default: (await import('../settings/overview-page.js')).OverviewPage,
}));

/** All drawn under one key: the list keeps its place, and the search its cursor, when the address changes. */
const INBOX_PATHS = ['/', '/inbox/:view', '/inbox/:view/:number', '/tickets/:number'];

const DESK_PATHS = ['/desk', '/desk/:view', '/desk/:view/:id'];

const LETTER_PATHS = ['/letters', '/letters/:view', '/letters/:view/:id'];

const BOOKING_PATHS = ['/bookings', '/bookings/:view', '/bookings/:view/:id'];

/** Everything behind sign-in: menu, live stream, pages. */
export function Shell({ me }: { me: Me }): ReactNode {
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const [location] = useLocation();
  useLive();
  useArrivals(seesTickets(me));
  useShortcuts({ '?': () => setHelp(true) });
  useEffect(() => setMenu(false), [location]);

  const admin = isAdministrator(me);
  return (
    <div className={menu ? 'shell shell-menu-open' : 'shell'}>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="topbar">
        <IconButton
          icon="menu"
          label={t('app.menu')}
          aria-expanded={menu}
          aria-controls="navigation"
          onClick={() => setMenu(!menu)}
        />
        <span className="topbar-name">{t('app.name')}</span>
      </header>
      <Navigation me={me} onHelp={() => setHelp(true)} />
      {menu && <div className="shell-shade" onClick={() => setMenu(false)} />}
      <div className="shell-main" id="content" tabIndex={-1}>
        <LiveBanner />
        <Suspense fallback={<Skeleton rows={6} />}>
          <Switch>
            {INBOX_PATHS.map((path) => (
              <Route key="inbox" path={path}>
                <Start me={me} />
              </Route>
            ))}
            {seesDesk(me) &&
              DESK_PATHS.map((path) => (
                <Route key="desk" path={path}>
                  <DeskPage me={me} />
                </Route>
              ))}
            {seesBookings(me) &&
              BOOKING_PATHS.map((path) => (
                <Route key="bookings" path={path}>
                  <BookingsPage me={me} />
                </Route>
              ))}
            {seesBookings(me) && <Route path="/calendar">{() => <CalendarPage me={me} />}</Route>}
            {receptionRoutes(me)}
            {seesLetters(me) &&
              LETTER_PATHS.map((path) => (
                <Route key="letters" path={path}>
                  <LettersPage me={me} />
                </Route>
              ))}
            {seesTickets(me) && <Route path="/mails/:id?" component={MailsPage} />}
            {seesTickets(me) && <Route path="/minutes" component={MinutesPage} />}
            <Route path="/account">
              <AccountPage me={me} />
            </Route>
            {admin && <Route path="/settings/staff">{() => <StaffPage me={me} />}</Route>}
            {admin && <Route path="/settings/holidays" component={HolidaysPage} />}
            {admin && <Route path="/settings/hours" component={HoursPage} />}
            {admin && <Route path="/settings/clocks" component={ClocksPage} />}
            {admin && <Route path="/settings/rooms" component={RoomsPage} />}
            {admin && <Route path="/settings/topics" component={TopicsPage} />}
            {admin && <Route path="/settings/overview" component={OverviewPage} />}
            {seesAudit(me) && <Route path="/settings/audit" component={AuditPage} />}
            {seesAudit(me) && <Route path="/settings/channels">{() => <ChannelsPage me={me} />}</Route>}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </div>
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  );
}

/** What people begin with, by their roles. */
function Start({ me }: { me: Me }): ReactNode {
  if (seesTickets(me)) return <InboxPage me={me} />;
  if (me.post !== null) return <Redirect to="/letters" />;
  if (seesDesk(me)) return <Redirect to="/desk" />;
  return seesReception(me) ? <Redirect to="/reception" /> : <NoInbox />;
}

/** No component: the switch looks at the routes themselves. */
function receptionRoutes(me: Me): ReactNode[] {
  if (!seesReception(me)) return [];
  const days = ['/reception', '/reception/days/:date'].map((path) => (
    <Route key="reception" path={path}>
      <ReceptionPage me={me} />
    </Route>
  ));
  return [
    ...days,
    <Route key="visit" path="/reception/visits/:id" component={VisitPage} />,
    worksReception(me) && (
      <Route key="unscheduled" path="/reception/unscheduled" component={UnscheduledPage} />
    ),
  ];
}

function NotFound(): ReactNode {
  return (
    <main className="page">
      <h1 className="visually-hidden">{t('app.notFound')}</h1>
      <Empty icon="search" title={t('app.notFound')} hint={t('app.notFoundHint')}>
        <Link to="/" className="button button-plain">
          {t('app.toInbox')}
        </Link>
      </Empty>
    </main>
  );
}

function NoInbox(): ReactNode {
  return (
    <main className="page">
      <h1 className="visually-hidden">{t('nav.inbox')}</h1>
      <Empty icon="inbox" title={t('empty.noRole')} hint={t('empty.noRoleHint')} />
    </main>
  );
}
