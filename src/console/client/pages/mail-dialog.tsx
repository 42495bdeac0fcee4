import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fileUrl, mailSourceUrl, request } from '../api/request.js';
import type { MailDetail } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { Failed, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { useChange } from '../ui/use-change.js';
import { MailState } from './mail-state.js';

export function MailDialog({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['mail', id],
    queryFn: ({ signal }) => request<MailDetail>(`/mails/${encodeURIComponent(id)}`, { signal }),
  });
  const retry = useChange({
    run: () => request(`/mails/${encodeURIComponent(id)}/retry`, { method: 'POST', body: {} }),
    refresh: ['mails', 'mail'],
    said: () => t('mails.retried'),
  });
  return (
    <Dialog title={data?.subject ?? t('mails.title')} size="large" onClose={onClose}>
      <div className="dialog-body">
        {error && !data ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : data ? (
          <MailBody mail={data} />
        ) : (
          <Skeleton rows={6} />
        )}
      </div>
      <DialogFoot>
        {data?.state === 'failed' && (
          <Button icon="refresh" busy={retry.isPending} onClick={() => retry.mutate()}>
            {t('mails.retry')}
          </Button>
        )}
        <a className="button button-plain" href={mailSourceUrl(id)} download>
          <Icon name="download" />
          {t('mails.source')}
        </a>
      </DialogFoot>
    </Dialog>
  );
}

function MailBody({ mail }: { mail: MailDetail }): ReactNode {
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t('mails.to')}</dt>
          <dd>{mail.to}</dd>
        </div>
        <div>
          <dt>{t('mails.state')}</dt>
          <dd>
            <MailState mail={mail} />
          </dd>
        </div>
        <div>
          <dt>{t('mails.created')}</dt>
          <dd>
            <Time at={mail.createdAt} as="full" />
          </dd>
        </div>
        {mail.sentAt && (
          <div>
            <dt>{t('mails.sent')}</dt>
            <dd>
              <Time at={mail.sentAt} as="full" />
            </dd>
          </div>
        )}
      </dl>
      <div className="letter prose">{mail.text}</div>
      {mail.attachments.length > 0 && (
        <section>
          <h3>{t('mails.attachments')}</h3>
          <ul className="files">
            {mail.attachments.map(({ fileId, name }) => (
              <li key={fileId}>
                <a className="with-icon" href={fileUrl(fileId)} download={name}>
                  <Icon name="clip" />
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
