import { useState, type ReactNode } from 'react';
import { ApiError } from '../api/request.js';
import type { Ticket } from '../api/types.js';
import type { Escalation } from '../api/types/escalations.js';
import { readDraft, writeDraft } from '../state/drafts.js';
import { t, tKnown } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Field, Toggle } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { LegalBasisLines } from './legal-basis-lines.js';
import { useTicketCommand } from './use-ticket-command.js';

interface ResolveDialogProps {
  ticket: Ticket;
  /** The ticket's latest, once it is known that it has one. */
  escalation: Escalation | undefined;
  onClose: () => void;
}

/**
 * Ends a consultation: question, answer, legal basis, and what will come of it. What is typed is kept as a draft; where there is
 * none it begins with what a Kepala Subdit approved.
 */
export function ResolveDialog({ ticket, escalation, onClose }: ResolveDialogProps): ReactNode {
  const { number, question } = ticket;
  const approved = escalation?.state === 'approved' ? escalation.answer : null;
  const [answer, setAnswer] = useState(() => readDraft(number, 'answer') || (approved?.text ?? ''));
  const [basis, setBasis] = useState(() => {
    const kept = readDraft(number, 'basis') || (approved?.legalBasis ?? []).join('\n');
    return kept.split('\n');
  });
  const [withFiles, setWithFiles] = useState(true);
  const [missing, setMissing] = useState(false);
  const command = useTicketCommand(number);
  const problem = command.error instanceof ApiError ? command.error : undefined;

  const changeAnswer = (text: string): void => {
    setAnswer(text);
    setMissing(false);
    writeDraft(number, 'answer', text);
  };
  const changeBasis = (lines: string[]): void => {
    setBasis(lines);
    writeDraft(number, 'basis', lines.join('\n'));
  };
  const submit = (): void => {
    if (answer.trim() === '') {
      setMissing(true);
      document.querySelector<HTMLElement>('dialog textarea')?.focus();
      return;
    }
    const legalBasis = basis.map((line) => line.trim()).filter((line) => line !== '');
    command.mutate(
      {
        ...{ name: 'resolve', answer: answer.trim(), legalBasis },
        withUnitFiles: withFiles && (approved?.files.length ?? 0) > 0,
      },
      {
        onSuccess: () => {
          writeDraft(number, 'answer', '');
          writeDraft(number, 'basis', '');
          onClose();
        },
      },
    );
  };

  return (
    <Dialog title={t('resolve.title', { number })} size="large" onClose={onClose}>
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="dialog-body">
          <section className="quoted" tabIndex={0} aria-label={t('resolve.question')}>
            <h3>{t('resolve.question')}</h3>
            <p className="prose">{question || t('resolve.noMinutes')}</p>
          </section>
          <FromUnit
            escalation={escalation}
            used={approved?.text === answer}
            onUse={() => {
              changeAnswer(approved?.text ?? '');
              changeBasis(approved?.legalBasis.length ? approved.legalBasis : ['']);
            }}
          />
          <Field
            label={t('resolve.answer')}
            hint={t('resolve.answerHint')}
            error={missing ? t('resolve.answerMissing') : problem?.field('answer')}
          >
            {(input) => (
              <textarea
                {...input}
                rows={8}
                required
                maxLength={20_000}
                value={answer}
                onChange={(event) => changeAnswer(event.target.value)}
              />
            )}
          </Field>
          <LegalBasisLines lines={basis} onChange={changeBasis} />
          {approved && approved.files.length > 0 && (
            <Toggle
              label={t('resolve.withUnitFiles', { count: approved.files.length })}
              hint={approved.files.map((file) => file.name).join(', ')}
              checked={withFiles}
              onChange={setWithFiles}
            />
          )}
          <WhatHappens ticket={ticket} />
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" icon="check" busy={command.isPending}>
            {command.isPending ? t('resolve.submitting') : t('resolve.submit')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

interface FromUnitProps extends Pick<ResolveDialogProps, 'escalation'> {
  /** The approved answer stands in the form as it is. */
  used: boolean;
  onUse: () => void;
}

function FromUnit({ escalation, used, onUse }: FromUnitProps): ReactNode {
  if (!escalation) return null;
  const { unit, state, open, thread } = escalation;
  if (open) return <p className="notice">{t('resolve.stillOpen', { unit: unit.name })}</p>;
  if (state !== 'approved') return null;
  const name = thread.find(({ step }) => step === 'approve')?.byName ?? '';
  return (
    <div className="notice">
      <Icon name="checkCircle" />
      <span>{t('resolve.approved', { unit: unit.name, name })}</span>
      {!used && (
        <Button small onClick={onUse}>
          {t('resolve.useApproved')}
        </Button>
      )}
    </div>
  );
}

function WhatHappens({ ticket: { channel, profile } }: { ticket: Ticket }): ReactNode {
  return (
    <section className="what-happens">
      <h3>{t('resolve.whatHappens')}</h3>
      <ol>
        <li>
          <Icon name="document" />
          {t('resolve.stepMinutes')}
        </li>
        <li>
          <Icon name="chat" />
          {t('resolve.stepChat', { channel: tKnown('channel', channel) })}
        </li>
        <li className={profile.email ? undefined : 'what-missing'}>
          <Icon name={profile.email ? 'mail' : 'warning'} />
          {profile.email ? t('resolve.stepMail', { email: profile.email }) : t('resolve.stepNoMail')}
        </li>
        <li>
          <Icon name="star" />
          {t('resolve.stepRating')}
        </li>
      </ol>
    </section>
  );
}
