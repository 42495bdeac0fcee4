import { useState, type ReactNode } from 'react';
import type { Letter, LetterStepName, LetterStepRequest } from '../api/types/letters.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Field } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';

interface LetterActionsProps {
  letter: Letter;
  busy: boolean;
  onEdit: () => void;
  /** @param done called when it was taken */
  onStep: (step: LetterStepRequest, done: () => void) => void;
}

type Asking = Extract<LetterStepName, 'sign' | 'return' | 'withdraw'>;

/** The buttons that the reader has at this letter; whoever may do nothing sees none. */
export function LetterActions({ letter: { allowed }, busy, onEdit, onStep }: LetterActionsProps): ReactNode {
  const [asking, setAsking] = useState<Asking | null>(null);
  if (allowed.length === 0) return null;
  const may = (step: LetterStepName): boolean => allowed.includes(step);
  const close = (): void => setAsking(null);
  return (
    <div className="letter-actions" role="group" aria-label={t('common.actions')}>
      {may('submit') && (
        <Button look="primary" icon="send" busy={busy} onClick={() => onStep({ step: 'submit' }, close)}>
          {t('letters.action.submit')}
        </Button>
      )}
      {may('initial') && (
        <Button look="primary" icon="check" busy={busy} onClick={() => onStep({ step: 'initial' }, close)}>
          {t('letters.action.initial')}
        </Button>
      )}
      {may('sign') && (
        <Button look="primary" icon="edit" onClick={() => setAsking('sign')}>
          {t('letters.action.sign')}
        </Button>
      )}
      {may('edit') && (
        <Button icon="edit" onClick={onEdit}>
          {t('letters.action.edit')}
        </Button>
      )}
      {may('return') && (
        <Button icon="reply" onClick={() => setAsking('return')}>
          {t('letters.action.return')}
        </Button>
      )}
      {may('withdraw') && (
        <Button look="danger" icon="close" onClick={() => setAsking('withdraw')}>
          {t('letters.action.withdraw')}
        </Button>
      )}
      {asking === 'sign' && (
        <ConfirmDialog
          title={t('letters.action.sign')}
          text={t('letters.signHint')}
          action={t('letters.signNow')}
          busy={busy}
          onConfirm={() => onStep({ step: 'sign' }, close)}
          onClose={close}
        />
      )}
      {(asking === 'return' || asking === 'withdraw') && (
        <RemarkDialog
          step={asking}
          busy={busy}
          onSubmit={(remark) => onStep({ step: asking, remark }, close)}
          onClose={close}
        />
      )}
    </div>
  );
}

interface RemarkDialogProps {
  step: 'return' | 'withdraw';
  busy: boolean;
  onSubmit: (remark: string) => void;
  onClose: () => void;
}

function RemarkDialog({ step, busy, onSubmit, onClose }: RemarkDialogProps): ReactNode {
  const [remark, setRemark] = useState('');
  return (
    <FormDialog
      title={t(`letters.action.${step}`)}
      action={t(`letters.action.${step}`)}
      busy={busy}
      onSubmit={() => onSubmit(remark)}
      onClose={onClose}
    >
      <Field label={t(`letters.why.${step}`)}>
        {(attributes) => (
          <textarea
            {...attributes}
            required
            rows={4}
            maxLength={2_000}
            value={remark}
            onChange={(event) => setRemark(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
