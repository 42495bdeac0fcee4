import { useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { addMessages } from '../api/apply-changes.js';
import { flattenMessages } from '../api/messages-cache.js';
import { useHistory, useMessages } from '../api/queries.js';
import type { Ticket } from '../api/types.js';
import { useNow } from '../state/now.js';
import { discard, outbox, resend } from '../state/outbox.js';
import { useStore } from '../state/use-store.js';
import { t, tKnown } from '../text/text.js';
import { formatDay } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Failed, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { MessageBubble, PendingBubble } from './message-bubble.js';
import { buildTimeline, type TimelineItem } from './timeline.js';
import { useConversationScroll } from './use-conversation-scroll.js';

/** Everything said, oldest at the top; opens at the newest line and stays where the reader is. */
export function Conversation({ ticket: { number, profile } }: { ticket: Ticket }): ReactNode {
  const client = useQueryClient();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useMessages(number);
  const { data: history } = useHistory(number);
  const sending = useStore(outbox);
  const items = useMemo(
    () =>
      buildTimeline({
        messages: flattenMessages(data),
        history: history ?? [],
        pending: sending.filter((item) => item.number === number),
        hasOlder: hasNextPage,
      }),
    [data, history, sending, number, hasNextPage],
  );
  const severalChannels = useMemo(
    () => new Set(flattenMessages(data).map(({ channel }) => channel)).size > 1,
    [data],
  );
  const { box, top, away, toNewest } = useConversationScroll(items, () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  });
  const retry = (clientId: string): void =>
    void resend(clientId, ({ number: of }, messages) => addMessages(client, of, messages));

  return (
    <div className="conversation">
      <div
        className="messages"
        data-scroller
        ref={box}
        tabIndex={0}
        role="log"
        aria-label={t('conversation.messages')}
      >
        <div ref={top} className="messages-top">
          {hasNextPage ? (
            <Button look="quiet" small busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {isFetchingNextPage ? t('conversation.loadingOlder') : t('conversation.older')}
            </Button>
          ) : (
            data && <span>{t('conversation.start')}</span>
          )}
        </div>
        {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
        {isPending && <Skeleton rows={5} kind="bubble" />}
        {items.map((item) => (
          <Line
            key={item.key}
            item={item}
            userName={profile.name ?? null}
            channels={severalChannels}
            onRetry={retry}
          />
        ))}
      </div>
      {away && (
        <Button className="to-newest" small icon="down" onClick={toNewest}>
          {away === 'new' ? t('conversation.newMessages') : t('conversation.newest')}
        </Button>
      )}
    </div>
  );
}

interface LineProps {
  item: TimelineItem;
  userName: string | null;
  /** The person writes on several channels: each message says which. */
  channels: boolean;
  onRetry: (clientId: string) => void;
}

function Line({ item, userName, channels, onRetry }: LineProps): ReactNode {
  const now = useNow();
  switch (item.kind) {
    case 'day':
      return (
        <p className="day">
          <span>{formatDay(item.at, now)}</span>
        </p>
      );
    case 'event':
      return (
        <p className={item.entry.name === 'overdue' ? 'event event-late' : 'event'}>
          {tKnown('history', item.entry.name)}
          {item.entry.who && ` ${t('common.by', { name: item.entry.who })}`} ·{' '}
          <Time at={item.entry.at} as="clock" />
        </p>
      );
    case 'message':
      return (
        <MessageBubble message={item.message} first={item.first} userName={userName} channel={channels} />
      );
    case 'pending':
      return (
        <PendingBubble
          pending={item.pending}
          onRetry={() => onRetry(item.pending.clientId)}
          onDiscard={() => discard(item.pending.clientId)}
        />
      );
  }
}
