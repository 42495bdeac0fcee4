import type { Outcome, Turn } from '../../conversation/dialog.js';
import { saveContact } from '../../services/contacts/save-contact.js';
import { confineWritten } from '../../services/messages/confine-written.js';
import { openTicket } from '../../services/tickets/open-ticket.js';
import { formatDateTime } from '../../shared/format-time.js';
import { presence, zoneOf } from '../presence.js';
import { questionFiles, questionText } from '../question-part.js';
import { FALLBACK_TOPIC } from '../talk-to-agent/fallback-topic.js';
import { draftKey, kindName, type ComplaintState } from './draft.js';

/** Opens the ticket and says its number and the date by which an answer is due (R-A8, R-T4). */
export async function submit(turn: Turn, state: ComplaintState): Promise<Outcome> {
  const { draft } = state;
  const anonymous = draft.anonymous === true;
  if (!anonymous) {
    turn.profile = draft.profile;
    const conversation = { ...turn.conversation, contactId: turn.contactId };
    const contact = { conversation, profile: draft.profile, now: turn.now };
    turn.contactId = await saveContact(turn.services, contact);
  }
  const key = draftKey(turn, state);
  const ticket = await openTicket(turn.services, {
    ...{ key, kind: draft.kind ?? 'complaint', anonymous, about: draft.about ?? null },
    conversation: { ...turn.conversation, contactId: turn.contactId },
    ...{ profile: draft.profile, language: turn.language, topicCode: FALLBACK_TOPIC },
    ...{ question: questionText(draft.parts), attachments: questionFiles(draft.parts) },
    ...{ receivedAt: turn.receivedAt, now: turn.now },
  });
  // The first words may have been written before anybody knew that they were a complaint.
  await confineWritten(turn.services, {
    ...{ conversationId: turn.conversation._id, upTo: turn.messageId, matter: key },
    texts: draft.parts.map((part) => (part.kind === 'text' ? part.text : (part.caption ?? ''))),
    fileIds: questionFiles(draft.parts).map(({ fileId }) => fileId),
  });
  turn.openTicketId ??= ticket._id;
  const { email } = draft.profile;
  const mailed = email === undefined ? 'openedNamed' : 'openedMail';
  const when = { language: turn.language, zone: zoneOf(ticket.profile) };
  const due = formatDateTime(ticket.dueAt, when);
  const opened = { number: ticket.number, kind: kindName(turn, state), due, email: email ?? '' };
  const counted = formatDateTime(ticket.countedFrom, when);
  const closed = presence(turn, ticket.profile).state === 'closed';
  turn.say(
    [
      turn.t(`complaint:opened.${ticket.kind}`, opened),
      ...(closed ? [turn.t('consultation:outsideHours', { counted })] : []),
      turn.t(`complaint:${anonymous ? 'openedAnonymous' : mailed}`, opened),
    ].join('\n\n'),
  );
  return { do: 'end' };
}
