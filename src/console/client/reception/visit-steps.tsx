import { useEffect, useRef, type ReactNode } from 'react';
import { visitPath } from '../api/reception.js';
import type { Visit } from '../api/types/reception.js';
import { t } from '../text/text.js';
import { formatTime } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { ArriveStep } from './arrive-step.js';
import { AttendanceStep } from './attendance-step.js';
import { isDone, nextPlace, PLACES, type Place } from './next-step.js';
import { OrdersStep } from './orders-step.js';
import { PaperLink } from './papers.js';
import { useSteps, type Steps } from './use-steps.js';

/** The sequence of R-C8: what is done, what comes next with one big button, what is still to come. */
export function VisitSteps({ visit }: { visit: Visit }): ReactNode {
  const steps = useSteps(visit);
  const next = nextPlace(visit);
  const list = useRef<HTMLOListElement>(null);
  const shown = useRef(next);
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[aria-current]');
    item?.scrollIntoView({ block: 'nearest' });
    // The button that was pressed is done with: whoever works by keyboard goes on from the next step.
    const at = document.activeElement;
    const free = at === document.body || (list.current?.contains(at) && !at?.matches('input, select'));
    if (shown.current !== next && free) item?.focus();
    shown.current = next;
  }, [next]);
  return (
    <ol ref={list} className="visit-steps" aria-label={t('reception.steps')}>
      {PLACES.map((place) => {
        const done = isDone(place, visit);
        const look = place === next ? 'next' : done ? 'done' : 'later';
        return (
          <li
            key={place}
            className={`visit-step visit-step-${look}`}
            aria-current={place === next ? 'step' : undefined}
            tabIndex={-1}
          >
            <h2>
              <span className="visit-step-mark" aria-hidden="true">
                {done && <Icon name="check" />}
              </span>
              {t(`reception.place.${place}`)}
              {done && <span className="visually-hidden">{t('reception.isDone')}</span>}
            </h2>
            <StepBody place={place} visit={visit} steps={steps} next={place === next} />
          </li>
        );
      })}
    </ol>
  );
}

interface BodyProps {
  visit: Visit;
  steps: Steps;
  next: boolean;
}

function StepBody({ place, ...props }: BodyProps & { place: Place }): ReactNode {
  const { visit, steps, next } = props;
  switch (place) {
    case 'arrive':
      return <ArriveStep visit={visit} steps={steps} />;
    case 'call':
      return <CallStep {...props} />;
    case 'meet':
      return (
        <SimpleStep {...props} step="meet" at={visit.metAt}>
          {next && <p className="muted">{t('reception.meetHint')}</p>}
        </SimpleStep>
      );
    case 'attendance':
      return <AttendanceStep visit={visit} steps={steps} next={next} />;
    case 'orders':
      return <OrdersStep visit={visit} steps={steps} />;
    case 'minutes':
      return <MinutesStep visit={visit} />;
    case 'hand-over':
      return <SimpleStep {...props} step="hand-over" at={visit.handedOverAt} />;
    case 'leave':
      return (
        <SimpleStep {...props} step="leave" at={visit.leftAt}>
          {steps.may('leave') && visit.guestCard && (
            <p className="muted">{t('reception.leaveHint', { cards: visit.guestCard })}</p>
          )}
        </SimpleStep>
      );
  }
}

interface SimpleProps extends BodyProps {
  step: 'meet' | 'hand-over' | 'leave';
  /** When it was done. */
  at: string | null;
  children?: ReactNode;
}

/** A step that is one press. */
function SimpleStep({ steps, next, step, at, children }: SimpleProps): ReactNode {
  if (at !== null) return <p className="muted">{t('reception.at', { time: formatTime(at) })}</p>;
  return (
    <>
      {children}
      {steps.may(step) && (next || step === 'leave' || step === 'meet') && (
        <Button
          look={next ? 'primary' : 'plain'}
          className={next ? 'button-big' : 'button-touch'}
          busy={steps.busy}
          onClick={() => steps.take({ step })}
        >
          {t(`reception.take.${step}`)}
        </Button>
      )}
    </>
  );
}

function CallStep({ visit, steps, next }: BodyProps): ReactNode {
  const { calledAt, metAt, consultant, unit } = visit;
  const again = calledAt !== null;
  return (
    <>
      {again && <p className="muted">{t('reception.at', { time: formatTime(calledAt) })}</p>}
      {!again && metAt !== null && <p className="muted">{t('reception.cameUncalled')}</p>}
      {steps.may('call') && consultant === null && <p>{t('reception.callNobody', { unit: unit.name })}</p>}
      {steps.may('call') && (
        <Button
          look={next ? 'primary' : 'plain'}
          className={next ? 'button-big' : 'button-touch'}
          icon="alarm"
          busy={steps.busy}
          onClick={() => steps.take({ step: 'call' })}
        >
          {t(again ? 'reception.take.callAgain' : 'reception.take.call')}
        </Button>
      )}
    </>
  );
}

function MinutesStep({ visit: { id, reported, minutes, arrivedAt } }: { visit: Visit }): ReactNode {
  if (!arrivedAt) return null;
  if (!reported) return <p className="muted">{t('reception.minutesAwaited')}</p>;
  if (minutes === null) return <p className="muted">{t('reception.minutesMade')}</p>;
  return (
    <>
      <p>{t('reception.minutesReady', { number: minutes })}</p>
      <PaperLink path={`${visitPath(id)}/minutes`} label={t('reception.paper.minutes')} />
    </>
  );
}
