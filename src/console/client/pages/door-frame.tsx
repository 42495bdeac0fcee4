import type { ReactNode } from 'react';
import type { Language } from '../api/types.js';
import { writeLocal } from '../state/local-storage.js';
import { language, t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Mark } from '../ui/mark.js';

interface DoorFrameProps {
  title: string;
  intro: string;
  children: ReactNode;
}

/** The frame of the pages before sign-in. */
export function DoorFrame({ title, intro, children }: DoorFrameProps): ReactNode {
  return (
    <div className="door">
      <header className="door-brand">
        <Mark />
        <span className="door-name">{t('app.name')}</span>
        <span className="door-tagline">{t('app.tagline')}</span>
      </header>
      <main className="door-card">
        <h1>{title}</h1>
        <p className="door-intro">{intro}</p>
        {children}
      </main>
      <footer className="door-foot">
        <LanguageButton to="id" label={t('account.languageId')} />
        <LanguageButton to="en" label={t('account.languageEn')} />
      </footer>
    </div>
  );
}

function LanguageButton({ to, label }: { to: Language; label: string }): ReactNode {
  const current = language() === to;
  return (
    <Button
      look="quiet"
      small
      lang={to}
      aria-pressed={current}
      onClick={() => {
        if (current) return;
        writeLocal('language', to);
        location.reload();
      }}
    >
      {label}
    </Button>
  );
}
