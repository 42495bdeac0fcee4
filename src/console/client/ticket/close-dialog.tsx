import { useState, type ReactNode } from 'react';
import { ApiError } from '../api/request.js';
import type { Ticket } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { useTicketCommand } from './use-ticket-command.js';

export function CloseDialog({
  ticket: { number },
  onClose,
}: {
  ticket: Ticket;
  onClose: () => void;
}): ReactNode {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const command = useTicketCommand(number);
  const refused = command.error instanceof ApiError ? command.error.field('reason') : undefined;
  return (
    <Dialog title={t('close.title', { number })} onClose={onClose}>
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === '') setMissing(true);
          else command.mutate({ name: 'close', reason: reason.trim() }, { onSuccess: onClose });
        }}
      >
        <div className="dialog-body">
          <p>{t('close.intro')}</p>
          <Field
            label={t('close.reason')}
            hint={t('close.reasonHint')}
            error={missing ? t('close.reasonMissing') : refused}
          >
            {(input) => (
              <textarea
                {...input}
                rows={3}
                required
                maxLength={1000}
                value={reason}
                onChange={(event) => {
                  setReason(event.target.value);
                  setMissing(false);
                }}
              />
            )}
          </Field>
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="danger" type="submit" icon="archive" busy={command.isPending}>
            {t('close.submit')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
