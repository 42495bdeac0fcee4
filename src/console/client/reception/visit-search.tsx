import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { searchVisits, useVisitSearch } from '../api/reception.js';
import { useShortcuts } from '../state/shortcuts.js';
import { t } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Empty } from '../ui/states.js';
import { toastError } from '../ui/toast.js';
import { VisitCard } from './visit-card.js';

/** How long to wait for the next letter, in milliseconds; a scanner types faster and ends with Enter. */
const PAUSE = 250;

interface VisitSearchProps {
  /** What the camera has read. */
  scanned: string;
  onOpen: (id: string) => void;
}

/** Finds a visit by its code, ticket number, name or agency. Enter opens it where there is one: so does a scanner that types. */
export function VisitSearch({ scanned, onOpen }: VisitSearchProps): ReactNode {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const found = useVisitSearch(query);
  useShortcuts({ '/': () => input.current?.focus() });
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);

  const openOnly = async (text: string): Promise<void> => {
    const q = text.trim();
    if (q.length < 2) return;
    setTyped(q);
    setQuery(q);
    const items = await client.query({
      queryKey: ['visit-search', q],
      queryFn: ({ signal }) => searchVisits(q, signal),
    });
    const [only, second] = items;
    if (only && !second) onOpen(only.id);
    else input.current?.select();
  };
  const latest = useRef(openOnly);
  useEffect(() => {
    latest.current = openOnly;
  });
  useEffect(() => {
    if (scanned !== '') latest.current(scanned).catch(toastError);
  }, [scanned]);

  const clear = (): void => {
    setTyped('');
    setQuery('');
    input.current?.focus();
  };
  return (
    <div className="reception-search">
      <form
        className="search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          openOnly(typed).catch(toastError);
        }}
      >
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoFocus
          aria-label={t('reception.search')}
          placeholder={t('reception.searchHint')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {typed !== '' && <IconButton icon="close" label={t('list.clear')} onClick={clear} />}
      </form>
      {query.length > 1 && found.data && (
        <section className="reception-found" aria-label={t('reception.found')}>
          {found.data.length === 0 ? (
            <Empty icon="search" title={t('reception.notFound')} hint={t('reception.notFoundHint')} />
          ) : (
            <ul className="visits">
              {found.data.map((visit) => (
                <li key={visit.id}>
                  <VisitCard visit={visit} withDay />
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  );
}
