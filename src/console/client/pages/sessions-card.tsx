import type { ReactNode } from 'react';
import { useList } from '../api/queries.js';
import { request } from '../api/request.js';
import type { SessionInfo } from '../api/types.js';
import { useNow } from '../state/now.js';
import { describeUserAgent } from '../text/format.js';
import { t } from '../text/text.js';
import { formatAgo, formatFull, formatShort } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Card } from '../ui/page.js';
import { Failed, Skeleton } from '../ui/states.js';
import { useChange } from '../ui/use-change.js';

/** Where this account is signed in, with the means to end it there. */
export function SessionsCard(): ReactNode {
  const { data, error, refetch } = useList<SessionInfo>('sessions');
  const revoke = useChange<unknown, SessionInfo>({
    run: ({ id }) => request(`/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    refresh: ['sessions'],
    said: () => t('account.revoked'),
  });
  return (
    <Card title={t('account.sessions')}>
      <p className="muted">{t('account.sessionsIntro')}</p>
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <ul className="sessions">
          {data.map((session) => (
            <SessionLine
              key={session.id}
              session={session}
              busy={revoke.isPending && revoke.variables.id === session.id}
              onRevoke={() => revoke.mutate(session)}
            />
          ))}
        </ul>
      ) : (
        <Skeleton rows={3} />
      )}
    </Card>
  );
}

interface SessionLineProps {
  session: SessionInfo;
  busy: boolean;
  onRevoke: () => void;
}

function SessionLine({ session, busy, onRevoke }: SessionLineProps): ReactNode {
  const now = useNow();
  const name = describeUserAgent(session.userAgent) ?? t('account.unknownDevice');
  return (
    <li>
      <div>
        <p>
          <strong>{name}</strong>{' '}
          {session.current && <span className="status status-sent">{t('account.thisSession')}</span>}
        </p>
        <p className="muted">
          <span title={formatFull(session.lastSeenAt)}>
            {t('account.lastSeen', { when: formatAgo(session.lastSeenAt, now) })}
          </span>
          {' · '}
          <span title={formatFull(session.createdAt)}>
            {t('account.since', { when: formatShort(session.createdAt) })}
          </span>
        </p>
      </div>
      {!session.current && (
        <Button small busy={busy} aria-label={t('account.revokeLabel', { name })} onClick={onRevoke}>
          {t('account.revoke')}
        </Button>
      )}
    </li>
  );
}
