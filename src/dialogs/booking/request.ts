import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Appointment, RequestLetter } from '../../models/appointment.js';
import { addLetter } from '../../services/appointments/add-letter.js';
import { requestAppointment } from '../../services/appointments/request-appointment.js';
import { saveContact } from '../../services/contacts/save-contact.js';
import { askLetter } from './ask-letter.js';
import { bookingKind, withDraft, type BookingState } from './draft.js';
import { offerSessions } from './offer-sessions.js';
import { unlessRefused } from './refusal.js';

/** Opens the request under its ticket number; with a letter the free times follow at once (R-B1, R-C1). */
export async function request(turn: Turn, state: BookingState): Promise<Outcome> {
  const { draft } = state;
  turn.profile = draft.profile;
  const conversation = { ...turn.conversation, contactId: turn.contactId };
  turn.contactId = await saveContact(turn.services, { conversation, profile: draft.profile, now: turn.now });
  const letter = draft.letterLater ? null : requestLetter(turn, state);
  const input = {
    ...{ key: `${turn.conversation._id}:${draft.id}:booking`, kind: bookingKind(draft), letter },
    conversation: { ...turn.conversation, contactId: turn.contactId },
    ...{ profile: draft.profile, language: turn.language, kanwil: draft.kanwil },
    ...{ topicCode: draft.topicCode ?? '', purpose: draft.purpose },
    ...{ receivedAt: turn.receivedAt, now: turn.now },
  };
  return unlessRefused(
    turn,
    () => requestAppointment(turn.services, input),
    (said) => refusedLetter(turn, state, said),
    (appointment) => requested(turn, state, appointment),
  );
}

async function requested(turn: Turn, state: BookingState, appointment: Appointment): Promise<Outcome> {
  const { ticketNumber: number, ticketId, _id: appointmentId } = appointment;
  turn.openTicketId ??= ticketId;
  if (appointment.state === 'awaiting-letter') {
    const { email } = turn.services.config.contact;
    turn.say(turn.t('booking:requestedWithout', { number, email }));
    return { do: 'end' };
  }
  turn.say(turn.t('booking:requested', { number }));
  return offerSessions(turn, { ...state, appointmentId });
}

/** The letter of a request that waited for it. */
export async function handInLetter(turn: Turn, state: BookingState): Promise<Outcome> {
  const letter = requestLetter(turn, state);
  if (!letter) return askLetter(turn, state);
  const id = state.appointmentId ?? '';
  const step = { id, letter, by: { kind: 'user' as const }, key: `${turn.key}:letter`, now: turn.now };
  return unlessRefused(
    turn,
    () => addLetter(turn.services, step),
    (said) => refusedLetter(turn, state, said),
    (appointment) => {
      const { ticketNumber: number } = appointment;
      turn.say(turn.t('booking:letterJoined', { number }));
      // The chat it was asked for in hears of it, and offers the times there.
      if (appointment.conversationId !== turn.conversation._id) return { do: 'end' };
      return offerSessions(turn, state);
    },
  );
}

function refusedLetter(turn: Turn, state: BookingState, said: string): Outcome {
  turn.say(said);
  // Another letter makes another request.
  return askLetter(turn, withDraft(state, { letter: {}, id: turn.messageId }));
}

function requestLetter(turn: Turn, { draft }: BookingState): RequestLetter | null {
  const { file, number, date, addressee, sender, arrived } = draft.letter;
  if (!file || number === undefined || date === undefined) return null;
  return {
    ...{ file, number, date, addressee: addressee ?? '', sender: sender ?? '' },
    ...{ receivedAt: arrived === undefined ? turn.receivedAt : new Date(arrived) },
    via: turn.conversation.channel,
  };
}
