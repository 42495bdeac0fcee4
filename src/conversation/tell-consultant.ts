import type { Appointment, AppointmentEntry, AppointmentStep } from '../models/appointment.js';
import { roomName } from '../services/appointments/appointment-place.js';
import { sessionAt } from '../services/appointments/session-times.js';
import { formatPeriod } from '../shared/format-time.js';
import type { Engine } from './engine.js';
import { tellStaff } from './tell-staff.js';

/** What a consultant hears of a step (R-C8, SOP-194 8.d), by the name of its text. */
const TOLD: Readonly<Partial<Record<AppointmentStep, string>>> = {
  ...{ assign: 'assign', book: 'book', move: 'move', late: 'late', call: 'call' },
  ...{ displace: 'off', cancel: 'off', decline: 'off', trial: 'off' },
};

/**
 * Tells whoever meets the guests what has happened to the appointment, and whoever does so no more, once a step; of their own steps
 * they know.
 */
export async function tellConsultant(
  engine: Engine,
  appointment: Appointment,
  entry: AppointmentEntry,
): Promise<void> {
  const { _id: id, consultantId } = appointment;
  const { n, replacedId, byId } = entry;
  const key = `appointment:${id}:${n}`;
  if (replacedId !== undefined && replacedId !== consultantId && replacedId !== byId) {
    await tell(engine, appointment, entry, { staffId: replacedId, told: 'replaced', key: `${key}:replaced` });
  }
  const told = TOLD[entry.step];
  if (told === undefined || consultantId === null || consultantId === byId) return;
  if (!isPast(appointment, entry))
    await tell(engine, appointment, entry, { staffId: consultantId, told, key });
}

async function tell(
  engine: Engine,
  appointment: Appointment,
  entry: AppointmentEntry,
  { staffId, told, key }: { staffId: string; told: string; key: string },
): Promise<void> {
  const { models, texts, reference } = engine.services;
  const { kind, ticketNumber: number, who, purpose, agreed, visit } = appointment;
  const person = await models.staff.findById(staffId, { language: 1 }).lean();
  if (!person) return;
  const { language } = person;
  const t = texts.for(language);
  const session = entry.startsAt ? sessionAt(entry.startsAt, '') : agreed;
  const text = t(`mail:staff.${told}`, {
    ...{ kind: t(`booking:kinds.${kind}`), number, purpose },
    session: session ? formatPeriod(session, { language }) : t('mail:staff.unplanned'),
    who: [who.name, who.agency].filter((part) => part !== '').join(', '),
    room: roomName({ reference }, visit?.room ?? agreed?.room ?? ''),
    minutes: entry.text ?? '',
  });
  await tellStaff(engine, staffId, text, key);
}

/** Overtaken: a trial that only has its day, somebody else's task by now, a time that was agreed and changed before it was told. */
function isPast({ thread, agreed }: Appointment, { n, step, text, startsAt }: AppointmentEntry): boolean {
  if (step === 'trial') return text === undefined || startsAt === undefined;
  if (step === 'assign') return thread.some((later) => later.n > n && later.step === 'assign');
  if (step === 'book' || step === 'move') return agreed?.startsAt.getTime() !== startsAt?.getTime();
  return startsAt === undefined && (step === 'cancel' || step === 'decline');
}
