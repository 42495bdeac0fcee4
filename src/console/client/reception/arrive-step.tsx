import { useState, type ReactNode } from 'react';
import { useList } from '../api/queries.js';
import type { Visit } from '../api/types/reception.js';
import { useNow } from '../state/now.js';
import { t } from '../text/text.js';
import { formatDate, formatTime } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import type { Steps } from './use-steps.js';

/** R-C8: identity checked, identity card for guest card. What is on the identity card is written nowhere. */
export function ArriveStep({ visit, steps }: { visit: Visit; steps: Steps }): ReactNode {
  const [correcting, setCorrecting] = useState(false);
  const { arrivedAt, guestCard, agreed, phase } = visit;
  if (arrivedAt !== null && !correcting) {
    return (
      <>
        <p className="muted">
          {t('reception.arrived', { time: formatTime(arrivedAt), cards: guestCard ?? '' })}
        </p>
        {steps.may('arrive') && (
          <Button look="quiet" icon="edit" className="button-touch" onClick={() => setCorrecting(true)}>
            {t('reception.correct')}
          </Button>
        )}
      </>
    );
  }
  if (!agreed || phase === null) return <p className="muted">{t('reception.notToday')}</p>;
  return (
    <>
      <Admission visit={visit} />
      {steps.may('arrive') && (
        <ArriveForm visit={visit} steps={steps} correcting={correcting} onDone={() => setCorrecting(false)} />
      )}
    </>
  );
}

/** R-C2: says kindly when it is not the time. */
function Admission({ visit: { admission, arrivedAt } }: { visit: Visit }): ReactNode {
  const now = useNow().getTime();
  if (!admission || arrivedAt !== null) return null;
  const { from, until } = admission;
  if (now >= Date.parse(from) && now < Date.parse(until)) return null;
  const params = { date: formatDate(from), from: formatTime(from), until: formatTime(until) };
  return (
    <p className="notice notice-bad" role="status">
      <Icon name="info" />
      {t(now < Date.parse(from) ? 'reception.tooEarly' : 'reception.tooLate', params)}
    </p>
  );
}

interface FormProps {
  visit: Visit;
  steps: Steps;
  correcting: boolean;
  onDone: () => void;
}

interface Room {
  code: string;
  name: string;
  kinds: string[];
  active: boolean;
}

function ArriveForm({ visit, steps, correcting, onDone }: FormProps): ReactNode {
  const { guests, guestCard, agreed } = visit;
  const given = guestCard?.split(', ') ?? [];
  const [cards, setCards] = useState<readonly string[]>(guests.map((_, index) => given[index] ?? ''));
  const [checked, setChecked] = useState(correcting);
  const [room, setRoom] = useState(agreed?.room.code ?? '');
  const { data: rooms = [] } = useList<Room>('rooms');
  const fit = rooms.filter(({ active, kinds }) => active && kinds.includes('visit'));
  const filled = cards.map((card) => card.trim()).filter((card) => card !== '');
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        steps.take({ step: 'arrive', guestCards: filled, room }, onDone);
      }}
    >
      <div className="form-row">
        {guests.map(({ id, name }, index) => (
          <Field key={id} label={t('reception.cardOf', { name })}>
            {(input) => (
              <input
                {...input}
                className="input-big"
                autoComplete="off"
                maxLength={12}
                value={cards[index] ?? ''}
                onChange={(event) =>
                  setCards(cards.map((card, at) => (at === index ? event.target.value : card)))
                }
              />
            )}
          </Field>
        ))}
        {fit.length > 1 && (
          <Field label={t('reception.fact.room')}>
            {(input) => (
              <select
                {...input}
                className="input-big"
                value={room}
                onChange={(event) => setRoom(event.target.value)}
              >
                {fit.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      <p className="field-hint">{t('reception.cardHint')}</p>
      {!correcting && (
        <label className="check-big">
          <input type="checkbox" checked={checked} onChange={(event) => setChecked(event.target.checked)} />
          {t('reception.identityChecked')}
        </label>
      )}
      <Button
        type="submit"
        look="primary"
        className="button-big"
        busy={steps.busy}
        disabled={!checked || filled.length === 0}
      >
        {t(correcting ? 'common.save' : 'reception.take.arrive')}
      </Button>
    </form>
  );
}
