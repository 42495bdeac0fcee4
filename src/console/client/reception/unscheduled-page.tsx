import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useHowToBook } from '../api/reception.js';
import { request } from '../api/request.js';
import type { HowToBook } from '../api/types/reception.js';
import { QrCode } from '../channels/qr-code.js';
import { t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { Failed, Skeleton } from '../ui/states.js';
import { useChange } from '../ui/use-change.js';
import { pressKey } from './press-key.js';

/** R-C2: somebody without a schedule is told kindly that and how one is had. Counted, and nothing of them is kept. */
export function UnscheduledPage(): ReactNode {
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const [turned, setTurned] = useState(false);
  const { data, error, refetch } = useHowToBook();
  const count = useChange({
    run: () =>
      request<{ today: number }>('/reception/unscheduled', {
        method: 'POST',
        body: { key: pressKey() },
      }),
    refresh: [],
    said: (_input, { today }) => t('reception.unscheduled.counted', { count: today }),
    onDone: ({ today }) =>
      client.setQueryData<HowToBook>(['how-to-book'], (known) => known && { ...known, today }),
  });
  return (
    <main className="page reception unscheduled">
      <header className="page-head">
        <div className="unscheduled-title">
          <IconButton icon="back" label={t('reception.back')} onClick={() => navigate('/reception')} />
          <h1>{t('reception.unscheduled.title')}</h1>
        </div>
        <div className="page-tools reception-tools">
          <Button look="primary" icon="plus" busy={count.isPending} onClick={() => count.mutate()}>
            {t('reception.unscheduled.count')}
          </Button>
          <Button icon="refresh" aria-pressed={turned} onClick={() => setTurned(!turned)}>
            {t('reception.unscheduled.turn')}
          </Button>
          <Button icon="document" onClick={() => window.print()}>
            {t('reception.unscheduled.print')}
          </Button>
        </div>
      </header>
      {data ? (
        <ForGuest how={data} turned={turned} />
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={6} />
      )}
      {data && <p className="muted">{t('reception.unscheduled.today', { count: data.today })}</p>}
    </main>
  );
}

/** What the guest reads, across the table if the screen is turned. */
function ForGuest({ how, turned }: { how: HowToBook; turned: boolean }): ReactNode {
  const { chatUrl, phone, whatsapp, email } = how;
  return (
    <article className={turned ? 'for-guest for-guest-turned' : 'for-guest'}>
      <h2>{t('reception.unscheduled.welcome')}</h2>
      <p>{t('reception.unscheduled.kindly')}</p>
      <div className="for-guest-ways">
        <ol>
          <li>{t('reception.unscheduled.ask')}</li>
          <li>{t('reception.unscheduled.letter')}</li>
          <li>{t('reception.unscheduled.pick')}</li>
        </ol>
        <figure>
          <QrCode text={chatUrl} label={t('reception.unscheduled.qr')} />
          <figcaption>{chatUrl.replace(/^https?:\/\//, '')}</figcaption>
        </figure>
      </div>
      <dl className="for-guest-numbers">
        <div>
          <dt>{t('reception.unscheduled.phone')}</dt>
          <dd>{phone}</dd>
        </div>
        <div>
          <dt>WhatsApp</dt>
          <dd>{whatsapp}</dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd>{email}</dd>
        </div>
      </dl>
      <p>{t('reception.unscheduled.free')}</p>
    </article>
  );
}
