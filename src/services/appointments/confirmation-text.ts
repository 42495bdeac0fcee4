import { regionByCode } from '../../language/index.js';
import { formatDate, formatPeriod } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import type { ServiceContext } from '../service-context.js';
import { appointmentPlace } from './appointment-place.js';
import type { Confirmation } from './confirmation-occasion.js';
import { visitCode } from './visit-code.js';

/** The mail that brings the papers, in the language of the ticket: what happened, when, where, what to prepare. */
export function confirmationText(
  context: ServiceContext,
  confirmation: Confirmation,
): { subject: string; text: string } {
  const { ticket, appointment, occasion, session } = confirmation;
  const { language } = ticket;
  const t = context.texts.for(language);
  const { phone, whatsapp, email } = context.config.contact;
  const words = {
    what: t(`booking-papers:calendar.title.${appointment.kind}`),
    number: appointment.ticketNumber,
    date: formatDate(session.startsAt, { language }),
    time: whenInWords(confirmation),
    name: ticket.profile.name ?? t('booking-papers:mail.unnamed'),
    ...{ phone, whatsapp, email },
  };
  const isAhead = occasion === 'agreed' || occasion === 'changed' || occasion === 'updated';
  const needsLetter = occasion === 'cancelled' && appointment.kind === 'visit';
  const paragraphs = [
    t('booking-papers:mail.greeting', words),
    t(`booking-papers:mail.opening.${occasion}`, words),
    ...(needsLetter ? [t('booking-papers:mail.newLetter')] : []),
    ...(isAhead ? ahead(context, confirmation, t, words) : []),
    t('booking-papers:mail.closing', words),
  ];
  const subject = isAhead ? occasion : occasion === 'planning' ? 'planning' : 'cancelled';
  return {
    subject: t(`booking-papers:mail.subject.${subject}`, words),
    text: paragraphs.join('\n\n'),
  };
}

/** R-T1: in WIB and in the zone of the user. */
function whenInWords({ ticket, appointment, session }: Confirmation): string {
  const zone = regionByCode(appointment.regionCode ?? '')?.zone;
  return formatPeriod(session, { language: ticket.language, zone });
}

function ahead(
  context: ServiceContext,
  { appointment }: Confirmation,
  t: Translate,
  words: Record<string, string>,
): string[] {
  const { kind, meetingUrl, trial } = appointment;
  const line = (name: string, more: Record<string, string> = {}): string =>
    t(`booking-papers:mail.${name}`, { ...words, ...more });
  const place = appointmentPlace(context, appointment);
  const link = meetingUrl === null ? line('noLink') : line('link', { url: meetingUrl });
  const facts = {
    visit: [line('place', { place }), line('code', { code: visitCode(context, appointment) })],
    'video-application': [link],
    'video-network': [line('kanwil', { kanwil: place })],
  };
  return [
    [line('time'), ...facts[kind]].join('\n'),
    line(`prepare.${kind}`),
    ...(trial?.state === 'due' ? [line('trial')] : []),
  ];
}
