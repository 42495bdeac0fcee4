import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { refreshEscalations, useEscalationDeadline } from '../api/escalations.js';
import { ticketPath, useUnits } from '../api/queries.js';
import { ApiError, request } from '../api/request.js';
import type { FileRef, Ticket } from '../api/types.js';
import { AttachmentList } from '../conversation/attachment-list.js';
import { useAttachments } from '../conversation/use-attachments.js';
import { formatFull } from '../text/time.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Field, Toggle } from '../ui/field.js';
import { FilePicker } from '../ui/file-picker.js';
import { toast, toastError } from '../ui/toast.js';

/** R-A5: lays the ticket's question before a unit. What is offered comes from the ticket: its topic's unit, question and files. */
export function EscalateDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }): ReactNode {
  const { number, unit, attachments } = ticket;
  const [unitCode, setUnitCode] = useState(unit.code);
  const [summary, setSummary] = useState('');
  const [question, setQuestion] = useState(ticket.question);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const added = useAttachments();
  const escalate = useEscalate(number, onClose);
  const problem = escalate.error instanceof ApiError ? escalate.error : undefined;
  const uploading = added.items.some(({ file, error }) => file === null && error === null);

  const submit = (): void => {
    const kept = attachments.filter(({ fileId }) => !left.has(fileId));
    const uploaded = added.items.flatMap(({ file }) => (file ? [file] : []));
    escalate.mutate({
      ...{ unitCode, summary: summary.trim(), question: question.trim() },
      fileIds: [...kept, ...uploaded].map(({ fileId }) => fileId),
    });
  };
  return (
    <Dialog title={t('escalate.title', { number })} size="large" onClose={onClose}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="dialog-body">
          <UnitField value={unitCode} own={unit} error={problem?.field('unitCode')} onChange={setUnitCode} />
          <Field label={t('escalate.summary')} hint={t('escalate.summaryHint')}>
            {(input) => (
              <textarea
                {...input}
                rows={3}
                maxLength={4000}
                value={summary}
                onChange={(event) => setSummary(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('escalate.question')} error={problem?.field('question')}>
            {(input) => (
              <textarea
                {...input}
                rows={6}
                required
                maxLength={20_000}
                value={question}
                onChange={(event) => setQuestion(event.target.value)}
              />
            )}
          </Field>
          <fieldset className="lines">
            <legend>{t('escalate.files')}</legend>
            <FileChoice files={attachments} left={left} onChange={setLeft} />
            <FilePicker label={t('desk.attach')} onFiles={added.add} />
            <AttachmentList items={added.items} onRemove={added.remove} />
          </fieldset>
          <Deadline number={number} />
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" icon="layers" busy={escalate.isPending} disabled={uploading}>
            {t('escalate.submit')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function useEscalate(number: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => request(`${ticketPath(number)}/escalate`, { method: 'POST', body }),
    onSuccess: () => {
      toast(t('escalation.done.escalate'));
      onDone();
    },
    onError: (error) => {
      if (!(error instanceof ApiError && error.fields.length > 0)) toastError(error);
    },
    onSettled: () => {
      refreshEscalations(client);
      for (const key of [['ticket', number], ['history', number], ['tickets'], ['counts']])
        void client.invalidateQueries({ queryKey: key });
    },
  });
}

interface UnitFieldProps {
  value: string;
  own: Ticket['unit'];
  error: string | undefined;
  onChange: (code: string) => void;
}

function UnitField({ value, own, error, onChange }: UnitFieldProps): ReactNode {
  const { data: units } = useUnits();
  const offered = units?.filter(({ active, code }) => active || code === value) ?? [own];
  return (
    <Field label={t('escalate.unit')} hint={t('escalate.unitHint', { name: own.name })} error={error}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onChange(event.target.value)}>
          {offered.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface FileChoiceProps {
  files: readonly FileRef[];
  /** Ids of those that stay behind. */
  left: ReadonlySet<string>;
  onChange: (left: ReadonlySet<string>) => void;
}

function FileChoice({ files, left, onChange }: FileChoiceProps): ReactNode {
  return files.map(({ fileId, name }) => (
    <Toggle
      key={fileId}
      label={name}
      checked={!left.has(fileId)}
      onChange={(on) => {
        const next = new Set(left);
        if (on) next.delete(fileId);
        else next.add(fileId);
        onChange(next);
      }}
    />
  ));
}

/** R-A4. */
function Deadline({ number }: { number: string }): ReactNode {
  const { data } = useEscalationDeadline(number);
  if (!data) return null;
  return <p className="notice">{t('escalate.deadline', { date: formatFull(data.dueAt) })}</p>;
}
