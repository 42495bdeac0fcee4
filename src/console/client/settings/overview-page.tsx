import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { request } from '../api/request.js';
import type { Overview } from '../api/types.js';
import { ChannelState } from '../channels/channel-state.js';
import { t, tKnown } from '../text/text.js';
import { Card, Page } from '../ui/page.js';
import { Failed, Skeleton } from '../ui/states.js';

/** Whether everything runs. */
export function OverviewPage(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['overview'],
    refetchInterval: 15_000,
    queryFn: ({ signal }) => request<Overview>('/overview', { signal }),
  });
  return (
    <Page title={t('overview.title')} intro={t('overview.intro')}>
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <>
          <div className="cards">
            <ChannelsCard channels={data.channels} />
            <MailCard mail={data.mail} />
            <SystemCard overview={data} />
          </div>
        </>
      ) : (
        <Skeleton rows={6} />
      )}
    </Page>
  );
}

function ChannelsCard({ channels }: Pick<Overview, 'channels'>): ReactNode {
  return (
    <Card
      title={t('overview.channels')}
      tools={<Link to="/settings/channels">{t('overview.toChannels')}</Link>}
    >
      <dl className="facts facts-wide">
        {channels.map(({ name, state }) => (
          <Line key={name} name={tKnown('channel', name)}>
            <ChannelState state={state} />
          </Line>
        ))}
      </dl>
    </Card>
  );
}

function MailCard({ mail: { mode, queued, failed } }: { mail: Overview['mail'] }): ReactNode {
  return (
    <Card title={t('overview.mail')} tools={<Link to="/mails">{t('overview.toMails')}</Link>}>
      <p>{mode === 'smtp' ? t('overview.mailSmtp') : t('overview.mailFolder')}</p>
      <dl className="facts facts-wide">
        <Line name={t('overview.mailQueued')}>{queued}</Line>
        <Line name={t('overview.mailFailed')}>
          <span className={failed > 0 ? 'cell-bad' : undefined}>{failed}</span>
        </Line>
      </dl>
    </Card>
  );
}

function SystemCard({ overview: { pendingMessages, store, version } }: { overview: Overview }): ReactNode {
  return (
    <Card title={t('app.name')}>
      <dl className="facts facts-wide">
        <Line name={t('overview.pending')}>{pendingMessages}</Line>
        <Line name={t('overview.store')}>
          {store === 'embedded' ? t('overview.storeEmbedded') : t('overview.storeMongo')}
        </Line>
        <Line name={t('overview.version')}>{version}</Line>
      </dl>
    </Card>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
