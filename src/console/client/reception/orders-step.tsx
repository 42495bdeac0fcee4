import { useState, type ReactNode } from 'react';
import type { Visit, VisitGuest } from '../api/types/reception.js';
import { t } from '../text/text.js';
import { formatTime } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import type { Steps } from './use-steps.js';

/** SPPD (R-C5, R-C8): checked by the reception, signed by the supervisor, one for each guest who is here. */
export function OrdersStep({ visit, steps }: { visit: Visit; steps: Steps }): ReactNode {
  const present = visit.guests.filter(({ attendance }) => attendance !== null);
  const waiting = visit.guests.flatMap(({ id, travelOrder }) =>
    travelOrder?.signedAt === null ? [{ guestId: id, number: travelOrder.number }] : [],
  );
  const open = present.filter(({ travelOrder }) => !travelOrder?.signedAt);
  if (visit.arrivedAt === null) return null;
  if (present.length === 0) return <p className="muted">{t('reception.ordersAfter')}</p>;
  return (
    <>
      <ul className="guests">
        {visit.guests.map(({ id, name, travelOrder }) =>
          travelOrder?.signedAt ? (
            <li key={id} className="with-icon">
              <Icon name="checkCircle" />
              {t('reception.orderSigned', {
                ...{ name, number: travelOrder.number, time: formatTime(travelOrder.signedAt) },
              })}
            </li>
          ) : null,
        )}
      </ul>
      {steps.may('check-travel-orders') && open.length > 0 && (
        <OrdersForm key={open.map(({ id }) => id).join()} guests={open} steps={steps} />
      )}
      {waiting.length > 0 && !steps.may('sign-travel-orders') && (
        <p className="muted">{t('reception.signatureAwaited')}</p>
      )}
      {waiting.length > 0 && steps.may('sign-travel-orders') && (
        <Button
          look="primary"
          className="button-big"
          busy={steps.busy}
          onClick={() => steps.take({ step: 'sign-travel-orders', orders: waiting })}
        >
          {t('reception.take.sign-travel-orders', { count: waiting.length })}
        </Button>
      )}
    </>
  );
}

function OrdersForm({ guests, steps }: { guests: readonly VisitGuest[]; steps: Steps }): ReactNode {
  const saved = Object.fromEntries(guests.map(({ id, travelOrder }) => [id, travelOrder?.number ?? '']));
  const [numbers, setNumbers] = useState<Readonly<Record<string, string>>>(saved);
  const orders = Object.entries(numbers)
    .map(([guestId, number]) => ({ guestId, number: number.trim() }))
    .filter(({ number }) => number !== '');
  const changed = guests.some(({ id }) => (numbers[id] ?? '').trim() !== saved[id]);
  return (
    <form
      className="form form-tight"
      onSubmit={(event) => {
        event.preventDefault();
        steps.take({ step: 'check-travel-orders', orders });
      }}
    >
      <div className="form-row">
        {guests.map(({ id, name }) => (
          <Field key={id} label={t('reception.orderOf', { name })}>
            {(input) => (
              <input
                {...input}
                className="input-big"
                autoComplete="off"
                maxLength={80}
                value={numbers[id] ?? ''}
                onChange={(event) => setNumbers({ ...numbers, [id]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <p className="field-hint">{t('reception.orderHint')}</p>
      <Button type="submit" className="button-touch" busy={steps.busy} disabled={!changed}>
        {t('reception.take.check-travel-orders')}
      </Button>
    </form>
  );
}
