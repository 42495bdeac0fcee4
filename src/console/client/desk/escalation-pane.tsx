import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useEscalation, useEscalationStep } from '../api/escalations.js';
import { ApiError } from '../api/request.js';
import type { Me } from '../api/types.js';
import type { EscalationWithCard, StepRequest } from '../api/types/escalations.js';
import { AttachmentList } from '../conversation/attachment-list.js';
import { useAttachments, type Attachments } from '../conversation/use-attachments.js';
import { seesTickets } from '../state/roles.js';
import { useShortcuts } from '../state/shortcuts.js';
import { formatWorkingTime } from '../text/time.js';
import { t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { FilePicker } from '../ui/file-picker.js';
import { Icon } from '../ui/icon.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { Due } from '../ui/time.js';
import { toast } from '../ui/toast.js';
import { readCardDraft, writeCardDraft } from './card-drafts.js';
import { CardFailure } from './card-failure.js';
import { EscalationState } from './escalation-state.js';
import { readStep } from './read-step.js';
import { Thread } from './thread.js';

const CardHost = lazy(async () => ({ default: (await import('./card-host.js')).CardHost }));

interface EscalationPaneProps {
  id: string;
  me: Me;
  onBack: () => void;
}

/** One escalation: its card with what can be done, files for the answer, and everything that happened. */
export function EscalationPane({ id, me, onBack }: EscalationPaneProps): ReactNode {
  const { data, error, refetch } = useEscalation(id);
  useShortcuts({
    Escape: () => {
      onBack();
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-number="${id}"]`)?.focus());
    },
  });
  if (data) return <OpenEscalation shown={data} me={me} onBack={onBack} />;
  return (
    <section className="pane pane-empty" aria-label={t('desk.escalation')}>
      {error instanceof ApiError && (error.status === 404 || error.status === 403) ? (
        <Empty icon="search" title={t('desk.notFound')} hint={error.message}>
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

function OpenEscalation({
  shown,
  me,
  onBack,
}: Omit<EscalationPaneProps, 'id'> & { shown: EscalationWithCard }): ReactNode {
  const { escalation, card } = shown;
  const { id, allowed } = escalation;
  const attachments = useAttachments();
  const desk = useDeskCard(shown, attachments);
  const takesFiles = allowed.some((step) => TAKES_FILES.has(step));
  return (
    <section className="pane" aria-label={t('desk.of', { number: escalation.ticketNumber })}>
      <DeskHead escalation={escalation} me={me} onBack={onBack} />
      <div className="desk-body" data-scroller tabIndex={0}>
        {desk.refusal && (
          <p className="notice notice-bad" role="alert">
            <Icon name="warning" />
            {desk.refusal}
          </p>
        )}
        <CardFailure code={escalation.cardFailure} />
        <Suspense fallback={<Skeleton rows={6} />}>
          <CardHost
            card={card}
            draft={desk.draft}
            busy={desk.busy}
            steps={desk.steps}
            onDraft={desk.write}
            onSubmit={desk.submit}
          />
        </Suspense>
        {takesFiles && (
          <section className="desk-files" aria-label={t('desk.files')}>
            <FilePicker label={t('desk.attach')} onFiles={attachments.add} />
            <p className="field-hint">{t('desk.filesHint')}</p>
            <AttachmentList items={attachments.items} onRemove={attachments.remove} />
          </section>
        )}
        <section className="desk-thread" aria-labelledby={`thread-${id}`}>
          <h3 id={`thread-${id}`}>{t('escalation.thread')}</h3>
          <p className="muted">
            {t('escalation.total', { time: formatWorkingTime(escalation.workingMinutes) })}
          </p>
          <Thread escalation={escalation} />
        </section>
      </div>
    </section>
  );
}

function DeskHead({
  escalation,
  me,
  onBack,
}: {
  escalation: EscalationWithCard['escalation'];
  me: Me;
  onBack: () => void;
}): ReactNode {
  const { asker, ticketNumber, state, open, dueAt, assignee, unit } = escalation;
  return (
    <header className="ticket-head">
      <IconButton className="only-narrow" icon="back" label={t('conversation.backToList')} onClick={onBack} />
      <h2>{asker.name ?? t('list.unnamed')}</h2>
      <p className="ticket-line">
        {seesTickets(me) ? (
          <Link className="ticket-number" to={`/inbox/all/${ticketNumber}`}>
            {ticketNumber}
          </Link>
        ) : (
          <span className="ticket-number">{ticketNumber}</span>
        )}
        <EscalationState state={state} />
        {open && <Due at={dueAt} />}
        <span>{unit.name}</span>
        <span className="holder">
          <Icon name="person" />
          {assignee?.name ?? t('desk.nobody')}
        </span>
      </p>
    </header>
  );
}

const TAKES_FILES: ReadonlySet<string> = new Set(['answer', 'ask-user']);

interface DeskCard {
  /** How many were taken here: after each the card begins afresh, its forms closed. */
  steps: number;
  draft: ReturnType<typeof readCardDraft>;
  busy: boolean;
  /** Why the last step was not taken. */
  refusal: string | null;
  write: (draft: ReturnType<typeof readCardDraft>) => void;
  submit: (data: Readonly<Record<string, unknown>>) => void;
}

/** The card's draft and its steps. What was refused stays written; what was done is forgotten. */
function useDeskCard({ escalation: { id } }: EscalationWithCard, attachments: Attachments): DeskCard {
  const [draft, setDraft] = useState(() => readCardDraft(id));
  const command = useEscalationStep(id);
  const { items, clear } = attachments;
  const [unready, setUnready] = useState(false);
  const [steps, setSteps] = useState(0);

  const write: DeskCard['write'] = (next) => {
    setDraft(next);
    writeCardDraft(id, next);
  };
  const submit: DeskCard['submit'] = (data) => {
    const step = readStep(data);
    if (!step) return;
    const withFiles = TAKES_FILES.has(step.step);
    const waiting = withFiles && items.some(({ file, error }) => file === null && error === null);
    setUnready(waiting);
    if (waiting) return;
    const fileIds = withFiles ? items.flatMap(({ file }) => (file ? [file.fileId] : [])) : [];
    const request: StepRequest = fileIds.length > 0 ? { ...step, fileIds } : step;
    command.mutate(request, {
      onSuccess: () => {
        if (withFiles) clear();
        setSteps((count) => count + 1);
        write(
          Object.fromEntries(Object.entries(draft).filter(([name]) => !name.startsWith(`${step.step}.`))),
        );
        toast(t(`escalation.done.${step.step}`));
      },
    });
  };
  const refusal = unready ? t('desk.uploading') : command.error ? messageOf(command.error) : null;
  return { steps, draft, busy: command.isPending, refusal, write, submit };
}

function messageOf(error: Error): string {
  return error instanceof ApiError ? error.message : String(error);
}
