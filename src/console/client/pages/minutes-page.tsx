import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { usePaged } from '../api/queries.js';
import { fileUrl } from '../api/request.js';
import type { MinutesEntry } from '../api/types.js';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { PagedTable } from '../ui/query-table.js';
import { Empty } from '../ui/states.js';
import { Time } from '../ui/time.js';

/** The numbered register of the minutes (R-A6). */
export function MinutesPage(): ReactNode {
  const minutes = usePaged<MinutesEntry>('minutes');
  return (
    <Page title={t('minutes.title')} intro={t('minutes.intro')}>
      <PagedTable
        label={t('minutes.title')}
        query={minutes}
        keyOf={({ number, revision }) => `${number}-${revision}`}
        empty={<Empty icon="document" title={t('minutes.empty')} hint={t('minutes.emptyHint')} />}
        columns={[
          {
            title: t('minutes.number'),
            className: 'cell-main',
            cell: ({ number, revision }) => (
              <>
                <strong>{number}</strong>
                {revision > 1 && <span className="cell-note">{t('panel.revision', { n: revision })}</span>}
              </>
            ),
          },
          {
            title: t('minutes.ticket'),
            cell: ({ ticketNumber }) => (
              <Link to={`/tickets/${ticketNumber}`} className="cell-code">
                {ticketNumber}
              </Link>
            ),
          },
          { title: t('minutes.issued'), cell: ({ issuedAt }) => <Time at={issuedAt} as="short" /> },
          { title: t('minutes.officer'), cell: ({ officerName }) => officerName },
          {
            title: t('minutes.document'),
            cell: ({ number, fileId, verificationUrl }) => (
              <span className="cell-links">
                <a
                  className="with-icon"
                  href={fileUrl(fileId, { inline: true })}
                  target="_blank"
                  rel="noopener"
                  aria-label={`${t('minutes.view')} ${number}`}
                >
                  <Icon name="document" />
                  {t('minutes.view')}
                </a>
                <a
                  className="with-icon"
                  href={verificationUrl}
                  target="_blank"
                  rel="noopener"
                  aria-label={`${t('minutes.verify')} ${number}`}
                >
                  <Icon name="external" />
                  {t('minutes.verify')}
                </a>
              </span>
            ),
          },
        ]}
      />
    </Page>
  );
}
