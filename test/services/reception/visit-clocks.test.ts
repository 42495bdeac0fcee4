import { describe, expect, it } from 'vitest';
import type { VisitRecord } from '../../../src/models/appointment.js';
import { clockFacts, consultantClock, visitClock } from '../../../src/services/reception/visit-clocks.js';
import { onThursday, VISIT_ROOM } from '../../support/visits.js';

function record(times: Partial<Record<'calledAt' | 'metAt' | 'leftAt', string>>): VisitRecord {
  const at = (name: keyof typeof times): Date | null => (times[name] ? onThursday(times[name]) : null);
  return {
    ...{ arrivedAt: onThursday('08:50'), guestCard: '1', room: VISIT_ROOM, attendance: [] },
    ...{ travelOrders: [], handedOverAt: null },
    ...{ calledAt: at('calledAt'), metAt: at('metAt'), leftAt: at('leftAt') },
  };
}

describe('the 10 minutes of the consultant (R-C8)', () => {
  it.each([
    ['09:00', 5, false],
    ['09:05', 10, false],
    ['09:06', 11, true],
  ])('at %s after a call at 08.55: %i minutes, late %s', (now, minutes, late) => {
    const clock = consultantClock(record({ calledAt: '08:55' }), onThursday(now));
    expect(clock).toMatchObject({ minutes, late, dueAt: onThursday('09:05'), stoppedAt: null });
  });

  it('stop when the consultant comes, however late it is now', () => {
    const met = record({ calledAt: '08:55', metAt: '09:05' });
    expect(consultantClock(met, onThursday('11:00'))).toMatchObject({ minutes: 10, late: false });
    expect(clockFacts({ visit: met }, 'meet')).toEqual({ minutes: 10, late: false });
    const late = record({ calledAt: '08:55', metAt: '09:20' });
    expect(clockFacts({ visit: late }, 'meet')).toEqual({ minutes: 25, late: true });
  });

  it('do not run for one who came without being called', () => {
    const met = record({ metAt: '09:05' });
    expect(consultantClock(met, onThursday('09:30'))).toBeNull();
    expect(clockFacts({ visit: met }, 'meet')).toEqual({});
  });
});

describe('the hour of a visit (R-C8)', () => {
  it.each([
    ['09:50', 60, false],
    ['09:51', 61, true],
  ])('with the card back at %s: %i minutes, late %s', (leftAt, minutes, late) => {
    const left = record({ leftAt });
    expect(visitClock(left, onThursday('12:00'))).toMatchObject({ minutes, late });
    expect(clockFacts({ visit: left }, 'leave')).toEqual({ minutes, late });
  });

  it('runs while the card is out', () => {
    expect(visitClock(record({}), onThursday('10:00'))).toMatchObject({ minutes: 70, late: true });
    expect(clockFacts({ visit: record({}) }, 'leave')).toEqual({});
  });
});
