import type { Appointment, RequestLetter } from '../../models/appointment.js';
import type { Profile } from '../../models/conversation.js';
import { duplicateField, isDuplicateKey } from '../../models/duplicate-key.js';
import type { FileReference } from '../../models/message.js';
import type { BookingKind, Ticket } from '../../models/ticket.js';
import type { ChannelName } from '../../shared/channel-name.js';
import { DomainError } from '../../shared/errors.js';
import type { Language } from '../../shared/i18n.js';
import type { ServiceContext } from '../service-context.js';
import { openTicket } from '../tickets/open-ticket.js';
import { writeTicket } from '../tickets/write-ticket.js';
import { letterKeys } from './letter-keys.js';
import { nextNotice } from './next-notice.js';

export interface RequestAppointmentInput {
  /** Conversation and message that ask for it: the same key is the same request. */
  key: string;
  kind: BookingKind;
  conversation: { _id: string; channel: ChannelName; contactId: string | null };
  profile: Profile;
  language: Language;
  topicCode: string;
  purpose: string;
  /** Kanwil DJPB of the place, for `video-network`. */
  kanwil: string | null;
  /** Null where it is still to come: nothing is planned before (R-B1, R-C1). */
  letter: RequestLetter | null;
  attachments?: FileReference[] | undefined;
  receivedAt: Date;
  now: Date;
}

/**
 * Opens a request for a visit or video conference with its ticket (R-B1, R-C1). Run again with the same key it returns what it made.
 * @throws DomainError letter-used when the letter has served before (R-C6), not-found for its file, invalid-input for the topic
 */
export async function requestAppointment(
  context: ServiceContext,
  input: RequestAppointmentInput,
): Promise<Appointment> {
  const { models } = context;
  const { key, kind, conversation, profile, language, topicCode, letter, receivedAt, now } = input;
  const known = await models.appointments.findOne({ openingKey: key }).lean();
  if (known) return known;
  const keys = letter ? await letterKeys(context, letter) : [];
  if (keys.length > 0 && (await models.appointments.exists({ letterKeys: { $type: 'string', $in: keys } }))) {
    throw new DomainError('letter-used');
  }
  const ticket = await openTicket(context, {
    ...{ key, kind, conversation, profile, language, topicCode, question: input.purpose, receivedAt, now },
    attachments: input.attachments ?? (letter ? [letter.file] : []),
  });
  return insert(context, firstOf(context, input, ticket, keys), ticket);
}

async function insert(context: ServiceContext, request: Appointment, ticket: Ticket): Promise<Appointment> {
  const { models, changes } = context;
  const { openingKey, requestedAt } = request;
  try {
    await models.appointments.create(request);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // Another worker opened it between the look and the write.
    const winner = await models.appointments.findOne({ openingKey }).lean();
    if (winner) return winner;
    if (duplicateField(error) !== 'letterKeys') throw error;
    await closeUnused(context, ticket, requestedAt);
    throw new DomainError('letter-used', {}, { cause: error });
  }
  changes.publish({ topic: 'appointment', id: request._id });
  return request;
}

/** Two requests with one letter at once: the ticket of the one that came second has nothing to be about. */
async function closeUnused(context: ServiceContext, { _id, status }: Ticket, now: Date): Promise<void> {
  await writeTicket(
    context,
    { _id, status },
    { $set: { status: 'closed', closeReason: 'letter-used', closedAt: now, updatedAt: now } },
  );
}

function firstOf(
  { newId, reference }: ServiceContext,
  { key, kind, conversation, profile, purpose, kanwil, letter, now }: RequestAppointmentInput,
  ticket: Ticket,
  keys: string[],
): Appointment {
  const name = profile.name ?? '';
  const appointment: Appointment = {
    ...{ _id: newId(), ticketId: ticket._id, ticketNumber: ticket.number, conversationId: conversation._id },
    ...{ kind, state: letter ? 'planning' : 'awaiting-letter', regionCode: profile.regionCode ?? null },
    who: { name, agency: profile.agency ?? '', regionName: profile.regionName ?? null },
    ...{ purpose, topicCode: ticket.topicCode, unitCode: ticket.unitCode, kanwil, requestedAt: now },
    ...{ letter, letterKeys: keys, guests: [], agreed: null, held: null, proposed: [], waiting: null },
    ...{ displaced: false, consultantId: null, consultantName: null, meetingUrl: null },
    trial: kind === 'video-network' ? { at: null, state: 'due', hindrance: null, solvedAt: null } : null,
    ...{ visit: null, report: null },
    thread: [{ n: 1, step: 'request', at: now, byId: null, byName: name, by: 'user', key }],
    ...{ version: 1, updatedAt: now, settledEntry: 0, unsettled: true, nextSettleAt: now },
    ...{ nextNoticeAt: null, noticed: [], openingKey: key },
  };
  return { ...appointment, nextNoticeAt: nextNotice(reference.calendar, appointment, now) };
}
