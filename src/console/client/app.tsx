import { Component, useEffect, useState, type ReactNode } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useMe } from './api/queries.js';
import type { Language } from './api/types.js';
import { SetupPage } from './pages/setup-page.js';
import { SignInPage } from './pages/sign-in-page.js';
import { Shell } from './shell/shell.js';
import { readLocal, writeLocal } from './state/local-storage.js';
import { language, loadLanguage, t } from './text/text.js';
import { Button } from './ui/button.js';
import { Empty, Failed, Skeleton } from './ui/states.js';
import { Toasts } from './ui/toast.js';

/** The whole console: who is there decides between sign-in and the pages. */
export function App(): ReactNode {
  const { data: me, error, refetch } = useMe();
  const shown = useLanguage(me?.language);
  return (
    <Broken>
      <Router base="/console" key={shown}>
        <Switch>
          <Route path="/setup">
            <SetupPage />
          </Route>
          <Route>
            {me === undefined ? (
              <main className="alone">
                {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Skeleton rows={3} />}
              </main>
            ) : me === null ? (
              <SignInPage />
            ) : (
              <Shell me={me} />
            )}
          </Route>
        </Switch>
      </Router>
      <Toasts />
    </Broken>
  );
}

/** Follows the account's language; before sign-in the one last used here. */
function useLanguage(wanted: Language | undefined): Language {
  const [shown, setShown] = useState(language());
  useEffect(() => {
    const next = wanted ?? (readLocal('language') === 'en' ? 'en' : 'id');
    void loadLanguage(next).then(() => {
      writeLocal('language', next);
      setShown(next);
    });
  }, [wanted]);
  useEffect(() => {
    document.documentElement.lang = shown;
  }, [shown]);
  return shown;
}

/** Catches what breaks while drawing: says so instead of leaving an empty page. */
class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="alone" role="alert">
        <Empty icon="warning" title={t('app.broken')} hint={t('app.brokenHint')}>
          <Button look="primary" icon="refresh" onClick={() => location.reload()}>
            {t('app.reload')}
          </Button>
        </Empty>
      </main>
    );
  }
}
