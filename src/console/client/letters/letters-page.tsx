import type { ReactNode } from 'react';
import { useLocation, useParams } from 'wouter';
import type { Me } from '../api/types.js';
import { t } from '../text/text.js';
import { Empty } from '../ui/states.js';
import { LetterList } from './letter-list.js';
import { LetterPane } from './letter-pane.js';
import { LETTER_VIEWS, type LettersView } from './letter-views.js';

/** Surat: left the letters that wait, are on their way or signed, right the open one. The address says both. */
export function LettersPage({ me }: { me: Me }): ReactNode {
  const { view: wanted, id } = useParams<{ view?: string; id?: string }>();
  const [, navigate] = useLocation();
  // For whom no letter ever waits, the signed ones come first to mind.
  const first = me.post === null ? 'signed' : 'my-turn';
  const view = LETTER_VIEWS.find((known) => known === wanted) ?? first;
  const address = (to: { view?: LettersView; id?: string }): string =>
    `/letters/${to.view ?? view}${to.id ? `/${encodeURIComponent(to.id)}` : ''}`;
  return (
    <main className={id ? 'inbox inbox-open desk' : 'inbox desk'}>
      <h1 className="visually-hidden">{t('nav.letters')}</h1>
      <LetterList
        me={me}
        view={view}
        current={id}
        hrefOf={(next) => address({ id: next })}
        onView={(next) => navigate(address({ view: next }))}
      />
      {id ? (
        <LetterPane key={id} id={id} me={me} onBack={() => navigate(address({}))} />
      ) : (
        <section className="pane pane-empty" aria-label={t('letters.letter')}>
          <Empty icon="document" title={t('letters.pick')} hint={t('letters.pickHint')} />
        </section>
      )}
    </main>
  );
}
