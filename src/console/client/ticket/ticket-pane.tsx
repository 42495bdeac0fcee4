import { useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTicketEscalations } from '../api/escalations.js';
import { useTicket } from '../api/queries.js';
import { ApiError } from '../api/request.js';
import type { Me, Ticket } from '../api/types.js';
import { Composer, type ComposerMode } from '../conversation/composer.js';
import { Conversation } from '../conversation/conversation.js';
import { preferences, prefer } from '../state/preferences.js';
import { useShortcuts } from '../state/shortcuts.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { AssignDialog } from './assign-dialog.js';
import { CloseDialog } from './close-dialog.js';
import { DetailsPanel } from './details-panel.js';
import { EscalateDialog } from './escalate-dialog.js';
import type { OpenDialog } from './open-dialog.js';
import { ResolveDialog } from './resolve-dialog.js';
import { TicketHeader } from './ticket-header.js';
import { useTicketCommand } from './use-ticket-command.js';

interface TicketPaneProps {
  number: string;
  me: Me;
  onBack: () => void;
}

/** One ticket: its conversation, what can be done, and its details. */
export function TicketPane({ number, me, onBack }: TicketPaneProps): ReactNode {
  const { data: ticket, error, refetch } = useTicket(number);
  if (ticket) return <OpenTicket ticket={ticket} me={me} onBack={onBack} />;
  return (
    <section className="pane pane-empty" aria-label={t('conversation.label', { number })}>
      {error instanceof ApiError && error.status === 404 ? (
        <Empty
          icon="search"
          title={t('conversation.notFound')}
          hint={t('conversation.notFoundHint', { number })}
        >
          <Button onClick={onBack}>{t('conversation.backToList')}</Button>
        </Empty>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={5} kind="bubble" />
      )}
    </section>
  );
}

function OpenTicket({ ticket, me, onBack }: { ticket: Ticket; me: Me; onBack: () => void }): ReactNode {
  const { number, allowed } = ticket;
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [mode, setMode] = useState<ComposerMode>('reply');
  const { panel } = useStore(preferences);
  const [drawer, setDrawer] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const pane = useRef<HTMLElement>(null);
  const command = useTicketCommand(number);
  const { data: escalations } = useTicketEscalations(number);
  useSeen(ticket, () => command.mutate({ name: 'seen' }));

  const write = (next: ComposerMode): void => {
    // Drawn at once: the next key already belongs to the message.
    flushSync(() => setMode(next));
    text.current?.focus();
  };
  const toggleDetails = (): void => {
    if (window.matchMedia('(min-width: 80rem)').matches) prefer('panel', !panel);
    else setDrawer(!drawer);
  };
  const back = (): void => {
    if (drawer) setDrawer(false);
    else if (pane.current?.contains(document.activeElement) && document.activeElement === text.current) {
      pane.current.querySelector<HTMLElement>('.messages')?.focus();
    } else {
      onBack();
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-number="${number}"]`)?.focus());
    }
  };
  useShortcuts({
    r: allowed.includes('reply') ? () => write('reply') : undefined,
    n: allowed.includes('note') ? () => write('note') : undefined,
    c: allowed.includes('claim') ? () => command.mutate({ name: 'claim' }) : undefined,
    t: allowed.includes('take-over') ? () => command.mutate({ name: 'take-over' }) : undefined,
    e: allowed.includes('resolve') ? () => setDialog('resolve') : undefined,
    x: allowed.includes('escalate') ? () => setDialog('escalate') : undefined,
    i: toggleDetails,
    Escape: back,
  });

  return (
    <>
      <section className="pane" ref={pane} aria-label={t('conversation.label', { number })}>
        <TicketHeader
          ticket={ticket}
          command={command}
          onDialog={setDialog}
          onBack={onBack}
          onDetails={toggleDetails}
        />
        <Conversation ticket={ticket} />
        <Composer
          ticket={ticket}
          mode={mode}
          onMode={setMode}
          textRef={text}
          onTakeOver={() => command.mutate({ name: 'take-over' })}
        />
      </section>
      <DetailsPanel
        ticket={ticket}
        command={command}
        docked={panel}
        drawer={drawer}
        onCloseDrawer={() => setDrawer(false)}
      />
      {dialog === 'resolve' && (
        <ResolveDialog ticket={ticket} escalation={escalations?.[0]} onClose={() => setDialog(null)} />
      )}
      {dialog === 'escalate' && <EscalateDialog ticket={ticket} onClose={() => setDialog(null)} />}
      {dialog === 'close' && <CloseDialog ticket={ticket} onClose={() => setDialog(null)} />}
      {dialog === 'assign' && <AssignDialog ticket={ticket} me={me} onClose={() => setDialog(null)} />}
    </>
  );
}

/** Tells the server that the open ticket's messages were looked at, once per new batch and only while in front. */
function useSeen({ unread, allowed, updatedAt }: Ticket, onSeen: () => void): void {
  const latest = useRef(onSeen);
  useEffect(() => {
    latest.current = onSeen;
  });
  const mayWork = allowed.includes('note') || allowed.includes('reply');
  useEffect(() => {
    if (unread === 0 || !mayWork) return undefined;
    const look = (): void => {
      if (document.visibilityState === 'visible') latest.current();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [unread, mayWork, updatedAt]);
}
