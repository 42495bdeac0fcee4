import { memo, type ReactNode } from 'react';
import type { Message } from '../api/types.js';
import type { Pending } from '../state/outbox.js';
import { describeReason } from '../text/describe-reason.js';
import { t, tKnown } from '../text/text.js';
import { formatFull } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Icon, type IconName } from '../ui/icon.js';
import { Time } from '../ui/time.js';
import { FileCard } from './file-card.js';
import { MessageContent, RichText } from './message-content.js';

/** A message that reached the server this much after it was sent says so, in milliseconds. */
const LATE = 2 * 60_000;

interface MessageBubbleProps {
  message: Message;
  /** Opens a run of one author: the name stands above. */
  first: boolean;
  /** Who asks; channels do not always say it with each message. */
  userName: string | null;
  /** Whether the channel is named. */
  channel: boolean;
}

export const MessageBubble = memo(function MessageBubble({
  message,
  first,
  userName,
  channel,
}: MessageBubbleProps): ReactNode {
  const { direction, author, content, sentAt, receivedAt, delivery } = message;
  const late = direction === 'in' && Date.parse(receivedAt) - Date.parse(sentAt) > LATE;
  return (
    <article className={`bubble bubble-${direction} bubble-by-${author.kind} ${first ? 'bubble-first' : ''}`}>
      {first ? (
        <p className="bubble-author">
          <AuthorIcon direction={direction} kind={author.kind} />
          {authorName(message, userName)}
          {direction === 'note' && <span className="bubble-note-mark">{t('conversation.note')}</span>}
        </p>
      ) : (
        <span className="visually-hidden">{authorName(message, userName)}</span>
      )}
      <div className="bubble-body">
        <MessageContent content={content} />
        <p className="bubble-foot">
          {late && (
            <span title={formatFull(receivedAt)}>
              {t('conversation.lateBy', { time: formatFull(receivedAt) })}
            </span>
          )}
          {channel && <span>{tKnown('channel', message.channel)}</span>}
          {content.kind === 'text' && content.replaces !== undefined && (
            <span>{t('conversation.edited')}</span>
          )}
          <Time at={sentAt} as="clock" />
          {delivery && <Delivery delivery={delivery} />}
        </p>
        {delivery?.reason && <DeliveryReason state={delivery.state} code={delivery.reason} />}
      </div>
    </article>
  );
});

function authorName({ author, direction }: Message, userName: string | null): string {
  if (author.kind === 'bot') return t('conversation.bot');
  if (author.kind === 'system') return t('common.system');
  if (author.kind === 'staff') return author.name ?? t('conversation.staff');
  return author.name ?? (direction === 'in' ? (userName ?? t('conversation.user')) : t('conversation.staff'));
}

function AuthorIcon({ direction, kind }: { direction: Message['direction']; kind: string }): ReactNode {
  if (direction === 'note') return <Icon name="note" />;
  return <Icon name={kind === 'bot' ? 'bot' : kind === 'system' ? 'info' : 'person'} />;
}

type DeliveryState = NonNullable<Message['delivery']>['state'];

const DELIVERY_ICONS: Record<DeliveryState, IconName> = {
  queued: 'clock',
  sent: 'check',
  delivered: 'doubleCheck',
  read: 'doubleCheck',
  failed: 'warning',
};

function Delivery({ delivery: { state } }: { delivery: NonNullable<Message['delivery']> }): ReactNode {
  const words = t(`delivery.${state}`);
  const shown = state === 'failed' || state === 'queued';
  return (
    <span className={`delivery delivery-${state}`} title={words}>
      <Icon name={DELIVERY_ICONS[state]} {...(shown ? {} : { label: words })} />
      {shown && words}
    </span>
  );
}

/** Why it did not arrive, or waits, and what the agent can do; the code is for whoever is asked for help. */
function DeliveryReason({ state, code }: { state: DeliveryState; code: string }): ReactNode {
  const { what, todo, known } = describeReason(code);
  return (
    <p className={`bubble-reason bubble-reason-${state}`} title={code}>
      {what} {state === 'failed' && todo}
      {!known && ` (${code})`}
    </p>
  );
}

interface PendingBubbleProps {
  pending: Pending;
  onRetry: () => void;
  onDiscard: () => void;
}

/** A message that the server does not have yet. */
export function PendingBubble({ pending, onRetry, onDiscard }: PendingBubbleProps): ReactNode {
  const { kind, text, files, state, error } = pending;
  return (
    <article className={`bubble bubble-${kind === 'note' ? 'note' : 'out'} bubble-by-staff bubble-pending`}>
      <div className="bubble-body">
        {text && (
          <p className="bubble-text">
            <RichText text={text} />
          </p>
        )}
        {files.map((file) => (
          <FileCard key={file.fileId} file={file} />
        ))}
        {state === 'sending' ? (
          <p className="bubble-foot">{t('delivery.sending')}</p>
        ) : (
          <div className="bubble-failed" role="alert">
            <p>
              <Icon name="warning" /> {t('delivery.notSent', { reason: error ?? t('error.offline') })}
            </p>
            <Button small icon="refresh" onClick={onRetry}>
              {t('common.retry')}
            </Button>
            <Button small look="quiet" onClick={onDiscard}>
              {t('delivery.discard')}
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}
