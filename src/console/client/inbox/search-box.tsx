import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useShortcuts } from '../state/shortcuts.js';
import { t } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';

/** How long to wait for the next letter, in milliseconds. */
const PAUSE = 250;

export function SearchBox({
  query,
  onSearch,
}: {
  query: string;
  onSearch: (query: string) => void;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(query);
  const latest = useRef(onSearch);
  useEffect(() => {
    latest.current = onSearch;
  });
  useShortcuts({ '/': () => input.current?.focus() });
  useEffect(() => setTyped(query), [query]);
  useEffect(() => {
    if (typed.trim() === query) return undefined;
    const timer = setTimeout(() => latest.current(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, query]);

  return (
    <div className="search" role="search">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label={t('list.searchLabel')}
        placeholder={t('list.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          setTyped('');
          onSearch('');
          input.current?.blur();
        }}
      />
      {typed ? (
        <IconButton
          icon="close"
          label={t('list.clear')}
          onClick={() => {
            setTyped('');
            onSearch('');
            input.current?.focus();
          }}
        />
      ) : (
        <kbd aria-hidden="true">/</kbd>
      )}
    </div>
  );
}
