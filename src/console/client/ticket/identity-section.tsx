import type { UseMutationResult } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Ticket } from '../api/types.js';
import { t } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { Skeleton } from '../ui/states.js';
import { Fact, Section } from './section.js';
import type { TicketCommand } from './use-ticket-command.js';

// With its search for regions the form is a quarter of the page's code, and seldom needed.
const IdentityForm = lazy(async () => ({ default: (await import('./identity-form.js')).IdentityForm }));

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
        <Suspense fallback={<Skeleton rows={6} />}>
          <IdentityForm profile={profile} command={command} onDone={() => setEditing(false)} />
        </Suspense>
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
