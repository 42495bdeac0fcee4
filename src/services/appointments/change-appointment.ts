import type {
  Appointment,
  AppointmentEntry,
  AppointmentStep,
  OverridableRule,
} from '../../models/appointment.js';
import { duplicateField } from '../../models/duplicate-key.js';
import type { Update } from '../../models/query.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { nextNotice } from './next-notice.js';

/** Who takes a step. */
export type By = { kind: 'user' } | { kind: 'staff'; actor: Actor } | { kind: 'product' };

/** What a step makes of an appointment. */
export interface Change {
  /** Left out for what is no step in its history (a hold, a notice). */
  entry?: {
    step: AppointmentStep;
    text?: string | undefined;
    startsAt?: Date | undefined;
    overridden?: OverridableRule[] | undefined;
    replacedId?: string | undefined;
  };
  set: Partial<Appointment>;
  /** All claims it has from now on; left out = as before. */
  claims?: readonly string[];
}

export interface ChangeInput {
  id: string;
  by: By;
  /** The same step under the same key happens once: it is then returned as it stands. */
  key?: string | undefined;
  now: Date;
  /** Version that a page showed; another one is refused. Left out: the change holds for whatever is found. */
  version?: number | undefined;
  /** Decides on what was read; null changes nothing. Called again when somebody else was faster. @throws DomainError */
  decide: (before: Appointment) => Change | null | Promise<Change | null>;
}

/** Lost races are repeated: each one means that somebody else got a step further. */
const ATTEMPTS = 50;

/** Bounds the stored document: what people may repeat at will ends there; what ends a session or gives a place back never does. */
const MOST_ENTRIES = 300;
const REPEATABLE: ReadonlySet<AppointmentStep> = new Set([
  ...(['letter', 'book', 'move', 'propose', 'wait', 'guests'] as const),
  ...(['assign', 'meeting', 'trial', 'solve', 'late', 'attendance', 'check-travel-orders'] as const),
]);

/** Thrown inside: a claim belongs to somebody else. */
export class ClaimTaken extends Error {
  override readonly name = 'ClaimTaken';
}

/**
 * Takes an appointment one step further, decided by one conditional write on its version; what it claims, it claims in the same
 * write under the unique index (R-C3, R-C4). Consequences follow in `settleAppointment`.
 * @throws DomainError not-found, appointment-changed, letter-used (R-C6), what `decide` throws; conflict when it keeps changing
 * @throws ClaimTaken when a claim is somebody else's
 */
export async function changeAppointment(context: ServiceContext, input: ChangeInput): Promise<Appointment> {
  const { models, changes, reference } = context;
  const { id, by, key, now, version, decide } = input;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await models.appointments.findById(id).lean();
    if (!before) throw new DomainError('not-found');
    if (key !== undefined && before.thread.some((entry) => entry.key === key)) return before;
    if (version !== undefined && version !== before.version) throw new DomainError('appointment-changed');
    const change = await decide(before);
    if (!change) return before;
    if (change.entry && before.thread.length >= MOST_ENTRIES && REPEATABLE.has(change.entry.step)) {
      throw new DomainError('step-not-possible');
    }
    const after = { ...before, ...change.set };
    const update: Update<Appointment> = {
      $set: {
        ...change.set,
        ...{ version: before.version + 1, updatedAt: now },
        ...(change.claims && change.claims.length > 0 ? { claims: [...new Set(change.claims)] } : {}),
        ...(change.entry ? { unsettled: true, nextSettleAt: now } : {}),
        nextNoticeAt: nextNotice(reference.calendar, after, now),
      },
      ...(change.claims?.length === 0 ? { $unset: { claims: 1 } } : {}),
      ...(change.entry ? { $push: { thread: entryOf(before, change.entry, by, key, now) } } : {}),
    };
    const written = await write(context, before, update);
    if (!written) continue;
    changes.publish({ topic: 'appointment', id });
    return written;
  }
  throw new DomainError('conflict');
}

async function write(
  { models }: ServiceContext,
  before: Appointment,
  update: Update<Appointment>,
): Promise<Appointment | null> {
  try {
    return await models.appointments
      .findOneAndUpdate({ _id: before._id, version: before.version }, update, { returnDocument: 'after' })
      .lean();
  } catch (error) {
    const field = duplicateField(error);
    if (field === 'claims') throw new ClaimTaken('claimed by another appointment', { cause: error });
    if (field === 'letterKeys') throw new DomainError('letter-used', {}, { cause: error });
    throw error;
  }
}

function entryOf(
  before: Appointment,
  { step, text, startsAt, overridden, replacedId }: NonNullable<Change['entry']>,
  by: By,
  key: string | undefined,
  at: Date,
): AppointmentEntry {
  return {
    ...{ n: before.thread.length + 1, step, at, by: by.kind },
    byId: by.kind === 'staff' ? by.actor.staffId : null,
    byName: by.kind === 'staff' ? by.actor.name : by.kind === 'user' ? before.who.name : 'Dering',
    ...(text === undefined ? {} : { text }),
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(overridden === undefined || overridden.length === 0 ? {} : { overridden }),
    ...(replacedId === undefined ? {} : { replacedId }),
    ...(key === undefined ? {} : { key }),
  };
}
