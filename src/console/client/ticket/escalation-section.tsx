import { useState, type ReactNode } from 'react';
import { useEscalationStep, useTicketEscalations } from '../api/escalations.js';
import type { Escalation } from '../api/types/escalations.js';
import { CardFailure } from '../desk/card-failure.js';
import { EscalationState } from '../desk/escalation-state.js';
import { Thread } from '../desk/thread.js';
import { formatWorkingTime } from '../text/time.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Due, Time } from '../ui/time.js';
import { toast, toastError } from '../ui/toast.js';
import { Fact, Section } from './section.js';

/** What units were asked about a ticket, newest first; nothing where none was. */
export function EscalationSection({ number }: { number: string }): ReactNode {
  const { data: escalations } = useTicketEscalations(number);
  if (!escalations || escalations.length === 0) return null;
  return (
    <Section title={t('escalation.title')}>
      {escalations.map((escalation) => (
        <One key={escalation.id} escalation={escalation} />
      ))}
    </Section>
  );
}

function One({ escalation }: { escalation: Escalation }): ReactNode {
  const { unit, state, open, sentAt, dueAt, assignee, thread, workingMinutes, openQuestion } = escalation;
  return (
    <div className="escalation">
      <p className="escalation-state">
        <EscalationState state={state} /> {open && <Due at={dueAt} />}
      </p>
      <dl className="facts">
        <Fact name={t('panel.unit')}>{unit.name}</Fact>
        <Fact name={t('escalation.holder')}>{assignee?.name ?? t('desk.nobody')}</Fact>
        <Fact name={t('escalation.since')}>
          <Time at={sentAt} as="short" /> · {formatWorkingTime(workingMinutes)}
        </Fact>
      </dl>
      <CardFailure code={escalation.cardFailure} />
      {openQuestion && (
        <div>
          <p className="muted">{t('escalation.asked')}</p>
          <p className="prose panel-question">{openQuestion.text}</p>
        </div>
      )}
      <Steps escalation={escalation} />
      <details>
        <summary>{t('escalation.threadOf', { count: thread.length })}</summary>
        <Thread escalation={escalation} />
      </details>
    </div>
  );
}

/** The agent's own steps: hand over what the user answered, take the question back. */
function Steps({ escalation: { id, version, allowed } }: { escalation: Escalation }): ReactNode {
  const [asking, setAsking] = useState(false);
  const step = useEscalationStep(id);
  const take = (name: 'withdraw' | 'user-answer'): void =>
    step.mutate(
      { step: name, version },
      {
        onSuccess: () => toast(t(`escalation.done.${name}`)),
        onError: toastError,
        onSettled: () => setAsking(false),
      },
    );
  if (!allowed.includes('withdraw') && !allowed.includes('user-answer')) return null;
  return (
    <div className="escalation-steps">
      {allowed.includes('user-answer') && (
        <Button
          small
          look="primary"
          icon="reply"
          title={t('escalation.relayHint')}
          busy={step.isPending && !asking}
          onClick={() => take('user-answer')}
        >
          {t('escalation.relay')}
        </Button>
      )}
      {allowed.includes('withdraw') && (
        <Button small look="quiet" icon="close" onClick={() => setAsking(true)}>
          {t('escalation.withdraw')}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          title={t('escalation.withdrawTitle')}
          text={t('escalation.withdrawText')}
          action={t('escalation.withdraw')}
          busy={step.isPending}
          onConfirm={() => take('withdraw')}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
