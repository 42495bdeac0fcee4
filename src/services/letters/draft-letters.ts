import type { Appointment, Session } from '../../models/appointment.js';
import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { LetterEntry, LetterKind, OfficialLetter } from '../../models/official-letter.js';
import type { BookingKind } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { formatPeriod } from '../../shared/format-time.js';
import type { ServiceContext } from '../service-context.js';
import { wasEdited } from './latest-round.js';
import { letterText } from './letter-text.js';
import { ROUTES } from './routes.js';
import { writeLetter } from './take-letter-step.js';

/** R-B4: one to the unit; R-B5: three. A visit needs none. */
const KINDS: Readonly<Record<BookingKind, readonly LetterKind[]>> = {
  visit: [],
  'video-application': ['unit'],
  'video-network': ['network-secretary', 'network-systems', 'network-regional'],
};

const FALLEN: readonly Appointment['state'][] = ['cancelled', 'declined', 'no-show'];
const UNPLANNED: readonly Appointment['state'][] = ['awaiting-letter', 'planning'];

/** Each lost race means that somebody got a letter a step further. */
const ATTEMPTS = 20;

/**
 * Brings the letters of a conference in line with it (R-B4, R-B5); run twice, late or by two processes it comes to the same.
 * Agreed: drafts are made, once for each kind. Moved: a draft is drawn up anew (one that somebody edited is left to them, with a
 * remark), one on its way goes back to the typist, since its initials stand under another time, and a signed one is replaced by
 * a new letter that says so. Fallen through: what is not signed is withdrawn; a signed letter stays as it went out. A letter
 * that a person withdrew is not made again for the same time.
 */
export async function draftLetters(
  context: ServiceContext,
  { _id }: Pick<Appointment, '_id'>,
  now: Date,
): Promise<void> {
  const appointment = await context.models.appointments.findById(_id).lean();
  for (const kind of appointment ? KINDS[appointment.kind] : []) await align(context, _id, kind, now);
}

async function align(context: ServiceContext, id: string, kind: LetterKind, now: Date): Promise<void> {
  const { models } = context;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // Read each time: an older view of the appointment must not bring an older time back.
    const appointment = await models.appointments.findById(id).lean();
    if (!appointment) return;
    const letter = await models.officialLetters.findOne({ appointmentId: id, kind, open: true }).lean();
    const done = letter
      ? await alignLetter(context, appointment, letter, now)
      : await draft(context, appointment, kind, now);
    if (done) return;
  }
  throw new DomainError('conflict');
}

/** @returns false when somebody else was faster, or there is more to do */
async function alignLetter(
  context: ServiceContext,
  appointment: Appointment,
  letter: OfficialLetter,
  now: Date,
): Promise<boolean> {
  const t = context.texts.for('id');
  const { agreed, state } = appointment;
  if (FALLEN.includes(state)) {
    if (letter.state === 'signed') return true;
    const remark = t('letters:remark.over');
    return step(
      context,
      letter,
      { step: 'withdraw', remark },
      { state: 'withdrawn', turn: null, open: false },
      now,
    );
  }
  if (UNPLANNED.includes(state) || !agreed) {
    if (letter.state !== 'circulating' || !UNPLANNED.includes(state)) return true;
    return step(
      context,
      letter,
      { step: 'return', remark: t('letters:remark.unplanned') },
      toTypist(letter),
      now,
    );
  }
  if (!speaksOfAnother(letter, appointment, agreed)) return true;
  if (letter.state === 'signed') {
    await context.models.officialLetters.updateOne(
      { _id: letter._id, state: 'signed' },
      { $set: { open: false } },
    );
    context.changes.publish({ topic: 'letter', id: letter._id });
    return false;
  }
  return renew(context, appointment, letter, agreed, now);
}

function speaksOfAnother(
  { kind, startsAt, unitCode }: OfficialLetter,
  { unitCode: unit }: Appointment,
  agreed: Session,
): boolean {
  return startsAt.getTime() !== agreed.startsAt.getTime() || (kind === 'unit' && unitCode !== unit);
}

async function renew(
  context: ServiceContext,
  appointment: Appointment,
  letter: OfficialLetter,
  agreed: Session,
  now: Date,
): Promise<boolean> {
  const { kind, thread } = letter;
  const kept = wasEdited(thread);
  const replaced = await lastSigned(context, appointment._id, kind);
  const text = kept ? {} : await letterText(context, appointment, { kind, agreed, replaced });
  const remark = context.texts.for('id')(`letters:remark.${kept ? 'movedEdited' : 'moved'}`, {
    when: formatPeriod(agreed, { language: 'id' }),
  });
  const set = {
    ...text,
    ...toTypist(letter),
    startsAt: agreed.startsAt,
    unitCode: unitOf(kind, appointment),
  };
  return step(context, letter, { step: kept ? 'return' : 'draft', remark }, set, now);
}

async function draft(
  context: ServiceContext,
  appointment: Appointment,
  kind: LetterKind,
  now: Date,
): Promise<boolean> {
  const { models, newId, changes } = context;
  const { _id: appointmentId, agreed, state, ticketNumber } = appointment;
  if (!agreed || FALLEN.includes(state) || UNPLANNED.includes(state)) return true;
  if (await wasWithdrawn(context, appointment, kind, agreed)) return true;
  const replaced = await lastSigned(context, appointmentId, kind);
  const route = [...ROUTES[kind]];
  const remark =
    replaced?.number && context.texts.for('id')('letters:remark.again', { number: replaced.number });
  const letter: OfficialLetter = {
    ...{ _id: newId(), appointmentId, ticketNumber, kind, unitCode: unitOf(kind, appointment) },
    ...{ startsAt: agreed.startsAt, number: null, date: null, state: 'draft', open: true },
    ...{ station: 0, route, turn: route[0]?.post ?? null },
    ...(await letterText(context, appointment, { kind, agreed, replaced })),
    thread: [{ n: 1, step: 'draft', at: now, ...BY_PRODUCT, ...(remark ? { remark } : {}) }],
    ...{ version: 1, pdfFileId: null, docxFileId: null, createdAt: now, updatedAt: now },
    ...{ settledVersion: 0, unsettled: true, nextSettleAt: now },
  };
  try {
    await models.officialLetters.create(letter);
  } catch (error) {
    // Another process made it; it may have read an older time.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  changes.publish({ topic: 'letter', id: letter._id });
  return true;
}

const BY_PRODUCT = { byId: null, byName: 'Dering', post: null } as const;

async function step(
  context: ServiceContext,
  letter: OfficialLetter,
  words: Pick<LetterEntry, 'step' | 'remark'>,
  set: Partial<OfficialLetter>,
  now: Date,
): Promise<boolean> {
  const entry: LetterEntry = { n: letter.version + 1, at: now, ...BY_PRODUCT, ...words };
  return (await writeLetter(context, letter, { entry, set: { ...set, version: entry.n } }, now)) !== null;
}

function toTypist({ route }: OfficialLetter): Partial<OfficialLetter> {
  return { state: 'draft', station: 0, turn: route[0]?.post ?? null };
}

function unitOf(kind: LetterKind, { unitCode }: Appointment): string | null {
  return kind === 'unit' ? unitCode : null;
}

async function wasWithdrawn(
  { models }: ServiceContext,
  { _id: appointmentId, unitCode }: Appointment,
  kind: LetterKind,
  { startsAt }: Session,
): Promise<boolean> {
  const same = {
    appointmentId,
    kind,
    startsAt,
    state: 'withdrawn',
    ...(kind === 'unit' ? { unitCode } : {}),
  } as const;
  return (await models.officialLetters.exists(same)) !== null;
}

/** The letter of this kind that went out last, which a new one follows. */
async function lastSigned(
  { models }: ServiceContext,
  appointmentId: string,
  kind: LetterKind,
): Promise<OfficialLetter | null> {
  return models.officialLetters
    .findOne({ appointmentId, kind, state: 'signed', open: false })
    .sort({ _id: -1 })
    .lean();
}
