import { useEffect, type ReactNode } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import type { Me } from '../api/types.js';
import { t } from '../text/text.js';
import { Empty } from '../ui/states.js';
import { DeskList } from './desk-list.js';
import { DESK_VIEWS, type DeskView } from './desk-views.js';
import { EscalationPane } from './escalation-pane.js';

/** Meja unit: left the escalations of a unit, right the open one. The address says both, and the unit. */
export function DeskPage({ me }: { me: Me }): ReactNode {
  const { view: wanted, id } = useParams<{ view?: string; id?: string }>();
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const unit = params.get('unit') ?? '';
  const view = DESK_VIEWS.find((known) => known === wanted) ?? 'open';

  const address = (to: { view?: DeskView; id?: string | undefined; unit?: string }): string => {
    const chosen = to.unit ?? unit;
    const path = `/desk/${to.view ?? view}${to.id ? `/${encodeURIComponent(to.id)}` : ''}`;
    return chosen ? `${path}?unit=${encodeURIComponent(chosen)}` : path;
  };
  // Cards elsewhere link to /desk/<id>: which list it stands in is nothing they know.
  const linked = wanted !== undefined && wanted !== view && id === undefined ? wanted : undefined;
  useEffect(() => {
    if (linked) navigate(`/desk/open/${encodeURIComponent(linked)}`, { replace: true });
  }, [linked, navigate]);

  return (
    <main className={id ? 'inbox inbox-open desk' : 'inbox desk'}>
      <h1 className="visually-hidden">{t('nav.desk')}</h1>
      <DeskList
        me={me}
        view={view}
        unit={unit}
        current={id}
        hrefOf={(next) => address({ id: next })}
        onView={(next) => navigate(address({ view: next }))}
        onUnit={(next) => navigate(address({ unit: next }), { replace: true })}
      />
      {id ? (
        <EscalationPane key={id} id={id} me={me} onBack={() => navigate(address({}))} />
      ) : (
        <section className="pane pane-empty" aria-label={t('desk.escalation')}>
          <Empty icon="layers" title={t('desk.pick')} hint={t('desk.pickHint')} />
        </section>
      )}
    </main>
  );
}
