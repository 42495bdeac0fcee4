import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { usePaged } from '../api/queries.js';
import type { AuditItem, Facts } from '../api/types.js';
import { t, tKnown } from '../text/text.js';
import { Page } from '../ui/page.js';
import { PagedTable } from '../ui/query-table.js';
import { Empty } from '../ui/states.js';
import { Time } from '../ui/time.js';

/** Who did what, newest first. */
export function AuditPage(): ReactNode {
  const audit = usePaged<AuditItem>('audit');
  return (
    <Page title={t('audit.title')} intro={t('audit.intro')}>
      <PagedTable
        label={t('audit.title')}
        query={audit}
        keyOf={({ id }) => id}
        empty={<Empty icon="list" title={t('audit.empty')} hint={t('audit.emptyHint')} />}
        columns={[
          { title: t('audit.at'), cell: ({ at }) => <Time at={at} as="short" /> },
          { title: t('audit.actor'), cell: ({ actorName }) => actorName },
          {
            title: t('audit.action'),
            cell: ({ action }) => <span title={action}>{tKnown('auditAction', action)}</span>,
          },
          {
            title: t('audit.subject'),
            className: 'cell-main',
            cell: ({ subject }) => <Subject text={subject} />,
          },
          { title: t('audit.details'), cell: ({ details }) => <Details details={details} /> },
        ]}
      />
    </Page>
  );
}

/** A ticket's number leads to the ticket. */
function Subject({ text }: { text: string }): ReactNode {
  const number = /\b[A-Z]+-\d{4}-\d{6}\b/.exec(text)?.[0];
  if (!number) return <span className="cell-break">{text}</span>;
  return (
    <Link to={`/tickets/${number}`} className="cell-code">
      {text}
    </Link>
  );
}

function Details({ details }: { details: Facts }): ReactNode {
  const filled = Object.entries(details).filter(([, value]) => value !== null);
  if (filled.length === 0) return t('common.none');
  return (
    <span className="cell-break">
      {filled.map(([name, value]) => `${name}: ${String(value)}`).join(' · ')}
    </span>
  );
}
