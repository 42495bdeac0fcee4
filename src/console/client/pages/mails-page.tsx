import type { ReactNode } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { usePaged } from '../api/queries.js';
import type { MailSummary } from '../api/types.js';
import { t } from '../text/text.js';
import { Page } from '../ui/page.js';
import { PagedTable } from '../ui/query-table.js';
import { Empty } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { MailDialog } from './mail-dialog.js';
import { MailState } from './mail-state.js';

/** Everything the system wrote by e-mail and what became of it. */
export function MailsPage(): ReactNode {
  const { id } = useParams<{ id?: string }>();
  const [, navigate] = useLocation();
  const mails = usePaged<MailSummary>('mails');
  return (
    <Page title={t('mails.title')} intro={t('mails.intro')}>
      <PagedTable
        label={t('mails.title')}
        query={mails}
        keyOf={(mail) => mail.id}
        empty={<Empty icon="mail" title={t('mails.empty')} hint={t('mails.emptyHint')} />}
        columns={[
          {
            title: t('mails.subject'),
            className: 'cell-main',
            cell: ({ id: mail, subject }) => (
              <Link to={`/mails/${mail}`} aria-label={t('mails.open', { subject })}>
                {subject}
              </Link>
            ),
          },
          { title: t('mails.to'), cell: ({ to }) => <span className="cell-break">{to}</span> },
          { title: t('mails.state'), cell: (mail) => <MailState mail={mail} /> },
          {
            title: t('mails.ticket'),
            cell: ({ ticketNumber }) =>
              ticketNumber ? (
                <Link to={`/tickets/${ticketNumber}`} className="cell-code">
                  {ticketNumber}
                </Link>
              ) : (
                t('common.none')
              ),
          },
          { title: t('mails.created'), cell: ({ createdAt }) => <Time at={createdAt} as="short" /> },
        ]}
      />
      {id && <MailDialog id={id} onClose={() => navigate('/mails')} />}
    </Page>
  );
}
