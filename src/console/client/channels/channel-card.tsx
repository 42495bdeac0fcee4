import type { ReactNode } from 'react';
import type { ChannelView } from '../api/types.js';
import { describeChannelReason } from '../text/describe-reason.js';
import { t, tKnown } from '../text/text.js';
import { Card } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { ChannelState } from './channel-state.js';
import { PairingTools } from './pairing-tools.js';

/** One channel: its state and why, the last message each way (a green lamp alone can lie), what waits. */
export function ChannelCard({ channel, mayPair }: { channel: ChannelView; mayPair: boolean }): ReactNode {
  const { name, state, reason } = channel;
  return (
    <Card title={tKnown('channel', name)} tools={<ChannelState state={state} />}>
      {reason && <p className={state === 'down' ? 'cell-bad' : undefined}>{describeChannelReason(reason)}</p>}
      {state === 'off' ? <HowToSwitchOn channel={channel} /> : <Facts channel={channel} />}
      {channel.pairing && <PairingTools name={name} phase={channel.pairing} mayPair={mayPair} />}
    </Card>
  );
}

function Facts({ channel }: { channel: ChannelView }): ReactNode {
  const { account, lastInboundAt, lastConfirmedOutboundAt } = channel;
  return (
    <dl className="facts facts-wide">
      {account && (
        <Line name={t('channels.account')}>
          <span className="cell-break">{account}</span>
        </Line>
      )}
      <Line name={t('channels.lastInbound')}>
        <MaybeTime at={lastInboundAt} />
      </Line>
      <Line name={t('channels.lastConfirmed')}>
        <MaybeTime at={lastConfirmedOutboundAt} />
      </Line>
      <Line name={t('channels.queue')}>
        <Queue channel={channel} />
      </Line>
    </dl>
  );
}

function MaybeTime({ at }: { at: string | null }): ReactNode {
  return at ? <Time at={at} as="ago" /> : t('channels.never');
}

function Queue({ channel: { queued, waitingSince } }: { channel: ChannelView }): ReactNode {
  if (queued === 0 && !waitingSince) return t('channels.queueEmpty');
  return (
    <>
      {queued > 0 ? t('channels.waiting', { count: queued }) : t('channels.held')}
      {waitingSince && (
        <>
          {', '}
          {t('channels.waitingSince')} <Time at={waitingSince} as="ago" />
        </>
      )}
    </>
  );
}

/** Settings are read at the start: a page cannot switch a channel on, but it can say how. */
function HowToSwitchOn({ channel: { name, queued, variables } }: { channel: ChannelView }): ReactNode {
  return (
    <>
      {variables.length > 0 ? (
        <>
          <p>{t('channels.howOn')}</p>
          <ul className="variables">
            {variables.map((variable) => (
              <li key={variable}>
                <code>{variable}</code>
              </li>
            ))}
          </ul>
          <p className="cell-note cell-break">
            {t('channels.howOnMore', { file: `src/channels/${name}/README.md` })}
          </p>
        </>
      ) : (
        <p>{t('channels.notYet')}</p>
      )}
      {queued > 0 && <p className="cell-bad">{t('channels.waiting', { count: queued })}</p>}
    </>
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
