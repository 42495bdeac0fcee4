import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiError } from '../api/request.js';
import { useTopics } from '../api/queries.js';
import type { Ticket } from '../api/types.js';
import { language, t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Fact, Section } from './section.js';
import type { TicketCommand } from './use-ticket-command.js';

interface ConsultationSectionProps {
  ticket: Ticket;
  command: UseMutationResult<Ticket, Error, TicketCommand>;
}

export function ConsultationSection({ ticket, command }: ConsultationSectionProps): ReactNode {
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <Section title={t('panel.consultation')}>
        <ConsultationForm ticket={ticket} command={command} onDone={() => setEditing(false)} />
      </Section>
    );
  }
  const tool = ticket.allowed.includes('edit') ? (
    <IconButton icon="edit" label={t('panel.editConsultation')} onClick={() => setEditing(true)} />
  ) : null;
  return (
    <Section title={t('panel.consultation')} tool={tool}>
      <dl className="facts">
        <Fact name={t('panel.topic')}>{ticket.topic.name}</Fact>
        <Fact name={t('panel.unit')}>{ticket.unit.name}</Fact>
      </dl>
      <p className={ticket.question ? 'prose panel-question' : 'muted'}>
        {ticket.question || t('panel.noQuestion')}
      </p>
    </Section>
  );
}

function ConsultationForm({
  ticket,
  command,
  onDone,
}: ConsultationSectionProps & { onDone: () => void }): ReactNode {
  const { data: topics } = useTopics();
  const [topicCode, setTopicCode] = useState(ticket.topic.code);
  const [question, setQuestion] = useState(ticket.question);
  const problem = command.error instanceof ApiError ? command.error : undefined;
  const offered = (topics ?? []).filter(({ code, active }) => active || code === ticket.topic.code);
  const save = (): void => {
    const change = {
      ...(topicCode === ticket.topic.code ? {} : { topicCode }),
      ...(question === ticket.question ? {} : { question }),
    };
    if (Object.keys(change).length === 0) onDone();
    else command.mutate({ name: 'edit', ...change }, { onSuccess: onDone });
  };
  return (
    <form
      className="form form-tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={t('panel.topic')} error={problem?.field('topicCode')}>
        {(input) => (
          <select
            {...input}
            autoFocus
            value={topicCode}
            onChange={(event) => setTopicCode(event.target.value)}
          >
            {offered.length === 0 && <option value={ticket.topic.code}>{ticket.topic.name}</option>}
            {offered.map(({ code, name }) => (
              <option key={code} value={code}>
                {name[language()]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('panel.question')} error={problem?.field('question')}>
        {(input) => (
          <textarea
            {...input}
            rows={7}
            value={question}
            onChange={(event) => setQuestion(event.target.value)}
          />
        )}
      </Field>
      <div className="form-foot">
        <Button small onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button small look="primary" type="submit" busy={command.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
