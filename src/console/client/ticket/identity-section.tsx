import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Ticket } from '../api/types.js';
import { t } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { IdentityForm } from './identity-form.js';
import { Fact, Section } from './section.js';
import type { TicketCommand } from './use-ticket-command.js';

interface IdentitySectionProps {
  ticket: Ticket;
  command: UseMutationResult<Ticket, Error, TicketCommand>;
}

/** Who is asking (R-A1); an agent may correct it. */
export function IdentitySection({ ticket, command }: IdentitySectionProps): ReactNode {
  const [editing, setEditing] = useState(false);
  const { profile } = ticket;
  if (editing) {
    return (
      <Section title={t('panel.identity')}>
        <IdentityForm profile={profile} command={command} onDone={() => setEditing(false)} />
      </Section>
    );
  }
  const tool = ticket.allowed.includes('edit') ? (
    <IconButton icon="edit" label={t('panel.editIdentity')} onClick={() => setEditing(true)} />
  ) : null;
  return (
    <Section title={t('panel.identity')} tool={tool}>
      <dl className="facts">
        <Fact name={t('panel.name')}>{profile.name ?? t('common.none')}</Fact>
        <Fact name={t('panel.position')}>{profile.position ?? t('common.none')}</Fact>
        <Fact name={t('panel.agency')}>{profile.agency ?? t('common.none')}</Fact>
        <Fact name={t('panel.region')}>{profile.regionName ?? t('common.none')}</Fact>
        <Fact name={t('panel.email')}>
          {profile.email ? <a href={`mailto:${profile.email}`}>{profile.email}</a> : t('common.none')}
        </Fact>
        <Fact name={t('panel.phone')}>
          {profile.phone ? <a href={`tel:${profile.phone}`}>{profile.phone}</a> : t('common.none')}
        </Fact>
      </dl>
    </Section>
  );
}
