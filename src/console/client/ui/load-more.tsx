import { useRef, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Button } from './button.js';
import { useOnScreen } from './use-on-screen.js';

interface LoadMoreProps {
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** Fetches the next page when the end of the list comes near; a button for those who tab there. */
export function LoadMore({ hasMore, loading, onMore }: LoadMoreProps): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  useOnScreen(end, () => {
    if (hasMore && !loading) onMore();
  });
  return (
    <div ref={end} className="list-end">
      {hasMore ? (
        <Button look="quiet" small busy={loading} onClick={onMore}>
          {t('common.loadMore')}
        </Button>
      ) : (
        <span>{t('list.end')}</span>
      )}
    </div>
  );
}
