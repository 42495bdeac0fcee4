import { renderConfirmationSheet } from '../../documents/confirmation-sheet/render-confirmation-sheet.js';
import { renderCalendarFile } from '../../documents/calendar-file/render-calendar-file.js';
import { regionByCode } from '../../language/index.js';
import type { AppointmentEntry, Session } from '../../models/appointment.js';
import type { MailAttachment } from '../../models/mail.js';
import type { FileReference } from '../../models/message.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import { fileReferences } from '../files/file-references.js';
import { storeFile } from '../files/store-file.js';
import { addressOfSender, isMailAddress, queueMail } from '../mail/queue-mail.js';
import type { ServiceContext } from '../service-context.js';
import { appointmentPlace, roomName } from './appointment-place.js';
import {
  confirmationOccasion,
  confirmationsBefore,
  isOutdated,
  type Confirmation,
  type ConfirmationOccasion,
} from './confirmation-occasion.js';
import { confirmationText } from './confirmation-text.js';
import { sessionAt } from './session-times.js';
import { visitCode } from './visit-code.js';

export type SendConfirmationInput = Omit<Confirmation, 'occasion' | 'session'>;

/**
 * R-C7: what the user gets in writing after a step: the confirmation sheet of a visit and a calendar file, by e-mail in the
 * language of the ticket, and as files for the chat. Moved: the new time; given up: the end of the calendar's entry. Called
 * again for the same step it sends no second mail; once a later step has papers the earlier one sends none.
 * @returns the files for the chat, the sheet first; none when nothing is to come
 */
export async function sendConfirmation(
  context: ServiceContext,
  { ticket, appointment, entry, now }: SendConfirmationInput,
): Promise<FileReference[]> {
  const occasion = confirmationOccasion(appointment, entry);
  if (occasion === null || isOutdated(appointment, entry)) return [];
  const session = ENDS.has(occasion) ? givenUp(entry) : appointment.agreed;
  if (!session) return [];
  const confirmation = { ticket, appointment, entry, now, occasion, session };
  const key = `appointment:${appointment._id}:${entry.n}`;
  const queued = await context.models.mails.findOne({ key }, { attachments: 1 }).lean();
  const files = queued
    ? await fileReferences(
        context,
        queued.attachments.map(({ fileId }) => fileId),
      )
    : await storePapers(context, confirmation);
  if (!queued) await mailPapers(context, confirmation, { key, files });
  return ENDS.has(occasion) ? [] : files;
}

const ENDS: ReadonlySet<ConfirmationOccasion> = new Set(['cancelled', 'declined', 'planning']);

function givenUp({ startsAt }: AppointmentEntry): Session | null {
  return startsAt ? sessionAt(startsAt, '') : null;
}

async function storePapers(context: ServiceContext, confirmation: Confirmation): Promise<FileReference[]> {
  const { appointment, occasion, now } = confirmation;
  const { conversationId, ticketNumber, kind } = appointment;
  const calendar = calendarFile(context, confirmation);
  const papers = [{ name: `${ticketNumber}.ics`, content: calendar }];
  if (kind === 'visit' && !ENDS.has(occasion)) {
    const name = `Konfirmasi-Kedatangan-${ticketNumber}.pdf`;
    papers.unshift({ name, content: await confirmationSheet(context, confirmation) });
  }
  const files: FileReference[] = [];
  for (const paper of papers) files.push(await storeFile(context, { ...paper, conversationId, now }));
  return files;
}

function confirmationSheet(context: ServiceContext, confirmation: Confirmation): Promise<Buffer> {
  const { ticket, appointment, session, entry } = confirmation;
  const { guests, purpose, letter, who, ticketNumber, regionCode } = appointment;
  const { contact } = context.config;
  return renderConfirmationSheet({
    ...{ language: ticket.language, number: ticketNumber, issuedAt: entry.at, guests, purpose, letter },
    who: { name: who.name, agency: who.agency, region: who.regionName },
    zone: regionByCode(regionCode ?? '')?.zone ?? SERVICE_ZONE,
    code: visitCode(context, appointment),
    ...{ startsAt: session.startsAt, endsAt: session.endsAt },
    ...{ room: roomName(context, session.room), address: contact.address, contact },
  });
}

function calendarFile(context: ServiceContext, confirmation: Confirmation): Buffer {
  const { ticket, appointment, session, entry, occasion } = confirmation;
  const { _id, kind, ticketNumber, purpose, meetingUrl } = appointment;
  const { email, name } = ticket.profile;
  return renderCalendarFile({
    ...{ language: ticket.language, id: `dering-${_id}`, madeAt: entry.at, kind },
    sequence: confirmationsBefore(appointment, entry),
    method: ENDS.has(occasion) ? 'CANCEL' : 'REQUEST',
    ...{ number: ticketNumber, startsAt: session.startsAt, endsAt: session.endsAt, purpose },
    place: appointmentPlace(context, appointment),
    code: kind === 'visit' ? visitCode(context, appointment) : null,
    link: kind === 'visit' ? null : meetingUrl,
    organiser: addressOfSender(context.config.mailFrom),
    guest: isReachable(email) ? { name: name ?? appointment.who.name, email } : null,
  });
}

/** Without a usable address the papers go by chat alone. */
async function mailPapers(
  context: ServiceContext,
  confirmation: Confirmation,
  { key, files }: { key: string; files: readonly FileReference[] },
): Promise<void> {
  const { ticket, occasion, now } = confirmation;
  const { email } = ticket.profile;
  if (!isReachable(email)) return;
  const calendar = ENDS.has(occasion) ? 'CANCEL' : 'REQUEST';
  const attachments = files.map(({ fileId, name, mimeType }): MailAttachment => ({
    ...{ fileId, name },
    ...(mimeType === 'text/calendar' ? { calendar } : {}),
  }));
  await queueMail(context, {
    ...{ key, to: email, ...confirmationText(context, confirmation), attachments, ticket, now },
  });
}

function isReachable(email: string | undefined): email is string {
  return email !== undefined && isMailAddress(email);
}
