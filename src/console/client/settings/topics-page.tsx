import { useState, type ReactNode } from 'react';
import { useTopics, useUnits } from '../api/queries.js';
import type { Topic, Unit } from '../api/types.js';
import { language, t } from '../text/text.js';
import { formatDate } from '../text/time.js';
import { Button, IconButton } from '../ui/button.js';
import { Card, Page } from '../ui/page.js';
import { ListTable } from '../ui/query-table.js';
import { Empty } from '../ui/states.js';
import { TopicDialog } from './topic-dialog.js';
import { UnitDialog } from './unit-dialog.js';

type Open = { kind: 'topic'; topic?: Topic } | { kind: 'unit'; unit?: Unit };

/** What can be consulted on and who answers: data, not code. */
export function TopicsPage(): ReactNode {
  const topics = useTopics();
  const units = useUnits();
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const unitName = (code: string): string => units.data?.find((unit) => unit.code === code)?.name ?? code;
  const ordered = topics.data && [...topics.data].sort((a, b) => a.position - b.position);
  return (
    <Page title={t('topics.title')} intro={t('topics.intro')}>
      <Card
        title={t('topics.topics')}
        tools={
          <Button small icon="plus" disabled={!units.data?.length} onClick={() => setOpen({ kind: 'topic' })}>
            {t('topics.addTopic')}
          </Button>
        }
      >
        <ListTable
          label={t('topics.topics')}
          query={ordered ? { ...topics, data: ordered } : topics}
          keyOf={({ code }) => code}
          empty={<Empty icon="tag" title={t('topics.emptyTopics')} hint={t('topics.emptyTopicsHint')} />}
          columns={[
            { title: t('topics.position'), className: 'cell-number', cell: ({ position }) => position },
            {
              title: t('topics.topics'),
              className: 'cell-main',
              cell: ({ name, code }) => (
                <>
                  <strong>{name[language()]}</strong>
                  <span className="cell-note">{code}</span>
                </>
              ),
            },
            { title: t('topics.unit'), cell: ({ unitCode }) => unitName(unitCode) },
            { title: t('topics.keywords'), cell: ({ keywords }) => keywords.join(', ') || t('common.none') },
            { title: t('topics.state'), cell: ({ active }) => <Active active={active} /> },
            {
              title: t('common.actions'),
              hideTitle: true,
              className: 'cell-tools',
              cell: (topic) => (
                <IconButton
                  icon="edit"
                  label={t('topics.manage', { name: topic.name[language()] })}
                  onClick={() => setOpen({ kind: 'topic', topic })}
                />
              ),
            },
          ]}
        />
      </Card>
      <Card
        title={t('topics.units')}
        tools={
          <Button small icon="plus" onClick={() => setOpen({ kind: 'unit' })}>
            {t('topics.addUnit')}
          </Button>
        }
      >
        <ListTable
          label={t('topics.units')}
          query={units}
          keyOf={({ code }) => code}
          empty={<Empty icon="layers" title={t('topics.emptyUnits')} hint={t('topics.emptyUnitsHint')} />}
          columns={[
            {
              title: t('topics.unitName'),
              className: 'cell-main',
              cell: ({ name, code }) => (
                <>
                  <strong>{name}</strong>
                  <span className="cell-note">{code}</span>
                </>
              ),
            },
            {
              title: t('topics.state'),
              cell: ({ active, headAwayUntil }) => (
                <>
                  <Active active={active} />
                  {headAwayUntil && (
                    <span className="cell-note">
                      {t('topics.awayNow', { date: formatDate(headAwayUntil) })}
                    </span>
                  )}
                </>
              ),
            },
            {
              title: t('common.actions'),
              hideTitle: true,
              className: 'cell-tools',
              cell: (unit) => (
                <IconButton
                  icon="edit"
                  label={t('topics.manage', { name: unit.name })}
                  onClick={() => setOpen({ kind: 'unit', unit })}
                />
              ),
            },
          ]}
        />
      </Card>
      {open?.kind === 'topic' && (
        <TopicDialog
          {...(open.topic ? { topic: open.topic } : {})}
          units={units.data ?? []}
          nextPosition={(ordered?.at(-1)?.position ?? 0) + 1}
          onClose={close}
        />
      )}
      {open?.kind === 'unit' && <UnitDialog {...(open.unit ? { unit: open.unit } : {})} onClose={close} />}
    </Page>
  );
}

function Active({ active }: { active: boolean }): ReactNode {
  return (
    <span className={active ? 'status status-sent' : 'status'}>
      {active ? t('common.active') : t('common.inactive')}
    </span>
  );
}
