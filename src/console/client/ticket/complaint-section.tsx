import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAssignees } from '../api/queries.js';
import type { Ticket } from '../api/types.js';
import { t } from '../text/text.js';
import { Field } from '../ui/field.js';
import { Fact, Section } from './section.js';
import type { TicketCommand } from './use-ticket-command.js';

interface ComplaintSectionProps {
  ticket: Ticket;
  command: UseMutationResult<Ticket, Error, TicketCommand>;
}

/** What a complaint or suggestion is about, who may see it, and whom of the staff it is hidden from (R-A8). */
export function ComplaintSection({ ticket, command }: ComplaintSectionProps): ReactNode {
  const { kind, about, anonymous, concerns, allowed } = ticket;
  if (kind !== 'complaint' && kind !== 'suggestion') return null;
  return (
    <Section title={t(`kind.${kind}`)}>
      <dl className="facts">
        <Fact name={t('complaint.about')}>{about ?? t('common.none')}</Fact>
        {anonymous && <Fact name={t('complaint.from')}>{t('complaint.anonymous')}</Fact>}
        {kind === 'complaint' && <Fact name={t('complaint.visible')}>{t('complaint.visibleTo')}</Fact>}
        {concerns && !allowed.includes('mark-concerned') && (
          <Fact name={t('complaint.concerns')}>{concerns.name}</Fact>
        )}
      </dl>
      {allowed.includes('mark-concerned') && <Concerned ticket={ticket} command={command} />}
    </Section>
  );
}

function Concerned({ ticket: { concerns }, command }: ComplaintSectionProps): ReactNode {
  const { data = [] } = useAssignees();
  const people = concerns && !data.some(({ id }) => id === concerns.id) ? [concerns, ...data] : data;
  return (
    <Field label={t('complaint.concerns')} hint={t('complaint.concernsHint')}>
      {(input) => (
        <select
          {...input}
          disabled={command.isPending}
          value={concerns?.id ?? ''}
          onChange={({ target: { value } }) =>
            command.mutate({ name: 'mark-concerned', staffId: value === '' ? null : value })
          }
        >
          <option value="">{t('complaint.nobody')}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
