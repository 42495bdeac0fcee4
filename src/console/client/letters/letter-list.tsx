import { useRef, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useLetters } from '../api/letters.js';
import type { Me } from '../api/types.js';
import type { LetterSummary } from '../api/types/letters.js';
import { formatShort } from '../text/time.js';
import { t } from '../text/text.js';
import { Segmented } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { useListKeys } from '../ui/use-list-keys.js';
import { LetterState } from './letter-state.js';
import { LETTER_VIEWS, type LettersView } from './letter-views.js';

interface LetterListProps {
  me: Me;
  view: LettersView;
  current: string | undefined;
  hrefOf: (id: string) => string;
  onView: (view: LettersView) => void;
}

export function LetterList({ me, view, current, hrefOf, onView }: LetterListProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const letters = useLetters(view);
  const items = letters.data?.pages.flatMap(({ items: page }) => page) ?? [];
  const views = LETTER_VIEWS.filter((one) => one !== 'my-turn' || me.post !== null);
  useListKeys(list, current);
  return (
    <section className="list" aria-label={t('letters.list')}>
      <header className="list-head">
        <h2>{t('nav.letters')}</h2>
        <Segmented
          legend={t('letters.views')}
          hideLegend
          name="letters-view"
          value={view}
          options={views.map((value) => ({ value, label: t(`letters.view.${value}`) }))}
          onChange={onView}
        />
      </header>
      <div className="list-scroll" data-scroller>
        {letters.error && items.length === 0 ? (
          <Failed error={letters.error} onRetry={() => void letters.refetch()} />
        ) : letters.isPending ? (
          <Skeleton rows={7} kind="ticket" />
        ) : items.length === 0 ? (
          <Empty icon="document" title={t(`letters.empty.${view}`)} hint={t('letters.emptyHint')} />
        ) : (
          <>
            <ul className="rows" ref={list}>
              {items.map((letter) => (
                <li key={letter.id}>
                  <LetterRow letter={letter} href={hrefOf(letter.id)} current={letter.id === current} />
                </li>
              ))}
            </ul>
            <LoadMore
              hasMore={letters.hasNextPage}
              loading={letters.isFetchingNextPage}
              onMore={() => void letters.fetchNextPage()}
            />
          </>
        )}
      </div>
    </section>
  );
}

interface LetterRowProps {
  letter: LetterSummary;
  href: string;
  current: boolean;
}

function LetterRow({ letter, href, current }: LetterRowProps): ReactNode {
  const { id, number, kind, subject, addressees, ticketNumber, updatedAt, startsAt } = letter;
  return (
    <Link href={href} className="row" data-number={id} aria-current={current ? 'true' : undefined}>
      <span className="row-top">
        <span className="row-name">{number ?? t(`letters.kind.${kind}`)}</span>
        <Time at={updatedAt} as="list" />
      </span>
      <span className="row-middle">
        <span className="row-place">{addressees.join(', ')}</span>
        <span className="row-number">{ticketNumber}</span>
      </span>
      <span className="row-question">{subject}</span>
      <span className="row-state">
        <LetterState letter={letter} />
        <span className="row-place">{t('letters.conference', { at: formatShort(startsAt) })}</span>
      </span>
    </Link>
  );
}
