import type { ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.js';
import type { Language, Me } from '../api/types.js';
import { preferences, prefer } from '../state/preferences.js';
import { seesTickets } from '../state/roles.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { Segmented, Toggle } from '../ui/field.js';
import { Card, Page } from '../ui/page.js';
import { useChange } from '../ui/use-change.js';
import { NotificationSettings } from './notification-settings.js';
import { PasswordCard } from './password-card.js';
import { SessionsCard } from './sessions-card.js';

/** What one person sets for oneself. */
export function AccountPage({ me }: { me: Me }): ReactNode {
  const intro = [me.name, me.position].filter(Boolean).join(' · ');
  return (
    <Page title={t('account.title')} intro={intro}>
      <div className="cards">
        <Card title={t('account.preferences')}>
          <Appearance me={me} />
        </Card>
        {seesTickets(me) && (
          <Card title={t('notify.title')}>
            <NotificationSettings />
          </Card>
        )}
        <PasswordCard username={me.username} />
        <SessionsCard />
      </div>
    </Page>
  );
}

function Appearance({ me }: { me: Me }): ReactNode {
  const client = useQueryClient();
  const { theme, density, shortcuts } = useStore(preferences);
  const language = useChange<Me, Language>({
    run: (next) => request('/session', { method: 'PATCH', body: { language: next } }),
    refresh: ['tickets', 'ticket', 'topics'],
    onDone: (changed) => client.setQueryData(['me'], changed),
  });
  return (
    <div className="form">
      <Segmented<Language>
        legend={t('account.language')}
        name="language"
        value={me.language}
        options={[
          { value: 'id', label: t('account.languageId') },
          { value: 'en', label: t('account.languageEn') },
        ]}
        onChange={(next) => language.mutate(next)}
      />
      <Segmented
        legend={t('app.theme')}
        name="theme"
        value={theme}
        options={[
          { value: 'system', label: t('app.themeSystem') },
          { value: 'light', label: t('app.themeLight') },
          { value: 'dark', label: t('app.themeDark') },
        ]}
        onChange={(next) => prefer('theme', next)}
      />
      <Segmented
        legend={t('list.density')}
        name="density"
        value={density}
        options={[
          { value: 'comfortable', label: t('list.densityComfortable') },
          { value: 'compact', label: t('list.densityCompact') },
        ]}
        onChange={(next) => prefer('density', next)}
      />
      <Toggle
        label={t('shortcut.enabled')}
        hint={t('shortcut.enabledHint')}
        checked={shortcuts}
        onChange={(on) => prefer('shortcuts', on)}
      />
    </div>
  );
}
