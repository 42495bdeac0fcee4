import { KANWIL, kanwilOfRegion, regionByCode } from '../../language/index.js';
import type { Appointment, Session } from '../../models/appointment.js';
import type { LetterKind } from '../../models/official-letter.js';
import { formatDate, formatHours, formatShortDate } from '../../shared/format-time.js';
import type { ServiceContext } from '../service-context.js';
import type { LetterText } from './decide-letter-step.js';

/** What a letter replaces: an earlier one that spoke of another time. */
export interface Replaced {
  number: string | null;
  date: string | null;
  startsAt: Date;
}

/** A user's words may be long; the letter names the matter. */
const MOST_PURPOSE = 600;

/** The letter as the appointment's data has it, in official Indonesian (R-B4, R-B5). */
export async function letterText(
  context: ServiceContext,
  appointment: Appointment,
  { kind, agreed, replaced }: { kind: LetterKind; agreed: Session; replaced: Replaced | null },
): Promise<LetterText> {
  const t = context.texts.for('id');
  const { models } = context;
  const [topic, unit] = await Promise.all([
    models.topics.findById(appointment.topicCode, { name: 1 }).lean(),
    models.units.findById(appointment.unitCode, { name: 1 }).lean(),
  ]);
  const words = {
    agency: appointment.who.agency || appointment.who.name,
    ticket: appointment.ticketNumber,
    kanwil: kanwilName(appointment),
    topic: topic?.name.id ?? appointment.topicCode,
    purpose: shorten(appointment.purpose),
  };
  const way = kind === 'unit' ? 'unit' : 'network';
  const moved = replaced?.startsAt.getTime() !== agreed.startsAt.getTime();
  const again = replaced?.number && moved ? t('letters:again', replacedWords(replaced)) : '';
  const body = [
    ...(again === '' ? [] : [again, '']),
    opening(context, appointment, words),
    '',
    `1. ${sentence(t(`letters:matter.${way}`, words))}`,
    `2. ${t('letters:schedule.intro')}`,
    ...schedule(context, appointment, agreed, words.kanwil),
    `3. ${t(`letters:ask.${kind}`, words)}`,
    '',
    t(`letters:closing.${kind}`),
  ].join('\n');
  return {
    addressees: addressees(context, kind, appointment, unit?.name ?? appointment.unitCode),
    copies: kind === 'unit' ? [t('letters:post.sesditjen')] : [],
    subject: t(`letters:subject.${way}`, words),
    body,
  };
}

function opening(
  { texts }: ServiceContext,
  { letter }: Appointment,
  words: { agency: string; ticket: string },
): string {
  const t = texts.for('id');
  if (!letter) return t('letters:opening.none', words);
  const { number, sender } = letter;
  const date = formatShortDate(letter.date, { language: 'id' });
  return t('letters:opening.letter', { ...words, number, sender, date });
}

function schedule(
  { texts, reference }: ServiceContext,
  { kind, regionCode }: Appointment,
  { startsAt, endsAt, room: code }: Session,
  kanwil: string,
): string[] {
  const t = texts.for('id');
  const zone = regionCode === null ? undefined : regionByCode(regionCode)?.zone;
  const room = reference.rooms.find((known) => known.code === code)?.name ?? code;
  const place = kind === 'video-network' ? t('letters:schedule.both', { room, kanwil }) : room;
  const lines: (readonly [string, string])[] = [
    ['day', formatDate(startsAt, { language: 'id' })],
    ['time', formatHours({ startsAt, endsAt }, { language: 'id', zone })],
    ['place', place],
  ];
  return lines.map(([key, value]) => `   ${t(`letters:schedule.${key}`)} : ${value}`);
}

function addressees(
  { texts }: ServiceContext,
  kind: LetterKind,
  appointment: Appointment,
  unit: string,
): string[] {
  const t = texts.for('id');
  switch (kind) {
    case 'unit':
      return [t(`letters:addressee.${/^(sub|bagian)/iu.test(unit) ? 'head' : 'unit'}`, { unit })];
    case 'network-secretary':
      return [t('letters:post.sesditjen')];
    case 'network-systems':
      return [t('letters:addressee.systems')];
    case 'network-regional': {
      const place = placeOf(appointment);
      const regional = place === '' ? 'someKanwil' : 'kanwil';
      return [t('letters:addressee.pusintek'), t(`letters:addressee.${regional}`, { place })];
    }
  }
}

/** "Kanwil DJPb Provinsi Sulawesi Selatan": as chosen, else the one that serves the region. */
function kanwilName({ kanwil, regionCode }: Appointment): string {
  const chosen = KANWIL.find(({ code }) => code === kanwil)?.name ?? kanwil;
  return chosen ?? kanwilOfRegion(regionCode ?? undefined)?.name ?? 'Kanwil DJPb setempat';
}

/** "Provinsi Sulawesi Selatan"; empty when no place is known. */
function placeOf(appointment: Appointment): string {
  return kanwilName(appointment).replace(/^(kanwil|kantor wilayah)\s*(djpb)?\s*(setempat)?\s*/iu, '');
}

function replacedWords({ number, date, startsAt }: Replaced): Record<string, string> {
  return {
    number: number ?? '',
    date: formatShortDate(date ?? startsAt, { language: 'id' }),
    before: formatDate(startsAt, { language: 'id' }),
  };
}

/** One line: a line of its own could pass for an item of the letter. */
function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length <= MOST_PURPOSE ? line : `${line.slice(0, MOST_PURPOSE - 1).trimEnd()}…`;
}

function sentence(text: string): string {
  return /[.?!…]$/u.test(text) ? text : `${text}.`;
}
