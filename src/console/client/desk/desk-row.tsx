import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { EscalationSummary } from '../api/types/escalations.js';
import { initials } from '../text/format.js';
import { t } from '../text/text.js';
import { Due, Time } from '../ui/time.js';
import { EscalationState } from './escalation-state.js';

interface DeskRowProps {
  escalation: EscalationSummary;
  href: string;
  current: boolean;
}

/** One escalation of the list: who asks, what, how it stands, by when, who has it. */
export const DeskRow = memo(function DeskRow({ escalation, href, current }: DeskRowProps): ReactNode {
  const { id, asker, unit, ticketNumber, question, summary, state, open, assignee } = escalation;
  const place = [asker.agency, asker.regionName].filter(Boolean).join(' · ');
  return (
    <Link href={href} className="row" data-number={id} aria-current={current ? 'true' : undefined}>
      <span className="row-top">
        <span className="row-name">{asker.name ?? t('list.unnamed')}</span>
        <Time at={escalation.updatedAt} as="list" />
      </span>
      <span className="row-middle">
        <span className="row-place">{place || unit.name}</span>
        <span className="row-number">{ticketNumber}</span>
      </span>
      <span className="row-question">{summary || question}</span>
      <span className="row-state">
        <EscalationState state={state} />
        {assignee && (
          <span className="holder" title={t('list.heldBy', { name: assignee.name })}>
            <span className="avatar avatar-small" aria-hidden="true">
              {initials(assignee.name)}
            </span>
            <span className="holder-name">
              <span className="visually-hidden">{t('list.heldBy', { name: '' })}</span>
              {assignee.name}
            </span>
          </span>
        )}
      </span>
      <span className="row-state">
        <span className="row-place">{unit.name}</span>
        {open && <Due at={escalation.dueAt} />}
      </span>
    </Link>
  );
});
