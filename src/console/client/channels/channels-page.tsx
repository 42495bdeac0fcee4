import type { ReactNode } from 'react';
import type { Me } from '../api/types.js';
import { isAdministrator } from '../state/roles.js';
import { t } from '../text/text.js';
import { Page } from '../ui/page.js';
import { Failed, Skeleton } from '../ui/states.js';
import { ChannelCard } from './channel-card.js';
import { useChannels } from './queries.js';

/** The doors people come through: how each does, and what is needed to open one. */
export function ChannelsPage({ me }: { me: Me }): ReactNode {
  const { data, error, refetch } = useChannels();
  return (
    <Page title={t('channels.title')} intro={t('channels.intro')}>
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data ? (
        // Without a channel to link nothing here takes the focus, and the keyboard could not scroll.
        <div className="cards" role="group" aria-label={t('channels.title')} tabIndex={0}>
          {data.map((channel) => (
            <ChannelCard key={channel.name} channel={channel} mayPair={isAdministrator(me)} />
          ))}
        </div>
      ) : (
        <Skeleton rows={6} />
      )}
    </Page>
  );
}
