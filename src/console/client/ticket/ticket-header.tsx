import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Ticket } from '../api/types.js';
import { t } from '../text/text.js';
import { ActionMenu, type MenuAction } from '../ui/action-menu.js';
import { Button, IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Due } from '../ui/time.js';
import { ChannelIcon } from '../inbox/ticket-row.js';
import type { OpenDialog } from './open-dialog.js';
import type { TicketCommand } from './use-ticket-command.js';

interface TicketHeaderProps {
  ticket: Ticket;
  command: UseMutationResult<Ticket, Error, TicketCommand>;
  onDialog: (dialog: OpenDialog) => void;
  onBack: () => void;
  onDetails: () => void;
}

export function TicketHeader({ ticket, command, onDialog, onBack, onDetails }: TicketHeaderProps): ReactNode {
  const { number, status, profile, allowed, holder, holderName } = ticket;
  const ended = status === 'resolved' || status === 'closed';
  const busy = (name: TicketCommand['name']): boolean => command.isPending && command.variables.name === name;
  const primary = allowed.includes('claim') ? 'claim' : allowed.includes('resolve') ? 'resolve' : null;
  return (
    <header className="ticket-head">
      <IconButton className="only-narrow" icon="back" label={t('conversation.backToList')} onClick={onBack} />
      <h2>{profile.name ?? ticket.name ?? t('list.unnamed')}</h2>
      <div className="ticket-actions">
        {allowed.includes('claim') && (
          <Button
            look="primary"
            icon="hand"
            title={`${t('action.claim')} (C)`}
            aria-keyshortcuts="c"
            busy={busy('claim')}
            onClick={() => command.mutate({ name: 'claim' })}
          >
            {t('action.claim')}
          </Button>
        )}
        {allowed.includes('take-over') && (
          <Button
            icon="person"
            title={`${t('action.takeOver')} (T)`}
            aria-keyshortcuts="t"
            busy={busy('take-over')}
            onClick={() => command.mutate({ name: 'take-over' })}
          >
            {t('action.takeOver')}
          </Button>
        )}
        {allowed.includes('resolve') && (
          <Button
            look={primary === 'resolve' ? 'primary' : 'plain'}
            icon="check"
            title={`${t('action.resolve')} (E)`}
            aria-keyshortcuts="e"
            onClick={() => onDialog('resolve')}
          >
            {t('action.resolve')}
          </Button>
        )}
        <MoreActions ticket={ticket} command={command} onDialog={onDialog} />
        <IconButton
          icon="panel"
          label={t('conversation.details')}
          aria-keyshortcuts="i"
          onClick={onDetails}
        />
      </div>
      <p className="ticket-line">
        <ChannelIcon channel={ticket.channel} />
        <span className="ticket-number">{number}</span>
        <span className={`status status-${status}`}>{t(`status.${status}`)}</span>
        {!ended && status !== 'scheduled' && <Due at={ticket.dueAt} />}
        {!ended && (
          <span className="holder">
            <Icon name={holder === 'bot' ? 'bot' : 'person'} />
            {holder === 'bot' ? t('list.heldByBot') : (holderName ?? t('list.heldByStaff'))}
          </span>
        )}
        {ticket.unreachableAt !== null && (
          <span className="status status-unreachable" title={t('list.unreachableHint')}>
            {t('list.unreachable')}
          </span>
        )}
      </p>
    </header>
  );
}

function MoreActions({
  ticket: { allowed },
  command,
  onDialog,
}: Pick<TicketHeaderProps, 'ticket' | 'command' | 'onDialog'>): ReactNode {
  const actions: MenuAction[] = [];
  if (allowed.includes('escalate')) {
    actions.push({ icon: 'layers', label: t('action.escalate'), run: () => onDialog('escalate') });
  }
  if (allowed.includes('assign')) {
    actions.push({ icon: 'people', label: t('action.assign'), run: () => onDialog('assign') });
  }
  if (allowed.includes('hand-back')) {
    actions.push({
      icon: 'bot',
      label: t('action.handBack'),
      run: () => command.mutate({ name: 'hand-back' }),
    });
  }
  if (allowed.includes('close')) {
    actions.push({ icon: 'archive', label: t('action.close'), danger: true, run: () => onDialog('close') });
  }
  return actions.length === 0 ? null : <ActionMenu label={t('action.more')} actions={actions} />;
}
