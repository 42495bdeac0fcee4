import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Choice } from '../../models/message.js';
import type { Ticket } from '../../models/ticket.js';
import { saveContact } from '../../services/contacts/save-contact.js';
import { openTicket } from '../../services/tickets/open-ticket.js';
import { formatDateTime } from '../../shared/format-time.js';
import { writesLetters } from '../letter.js';
import { presence, zoneOf } from '../presence.js';
import { identityLines, SLOTS } from '../identity/slots.js';
import { questionFiles, questionText, shownQuestion } from '../question-part.js';
import type { ConsultationState } from './draft.js';
import { topicName } from './topic.js';

export function showSummary(turn: Turn, state: ConsultationState): Outcome {
  const { profile, topicCode, parts } = state.draft;
  turn.say(
    turn.t('consultation:summary', {
      identity: identityLines(turn, profile),
      topic: topicName(turn, topicCode ?? ''),
      question: shownQuestion(parts),
    }),
    { choices: summaryChoices(turn) },
  );
  return { do: 'wait', state: { ...state, at: 'summary', reviewed: true } };
}

/** Seconds after which somebody who left the summary standing is reminded of it; letters are not read at once. */
const REMINDER_SECONDS = 15 * 60;
const LETTER_REMINDER_SECONDS = 24 * 60 * 60;

export function summaryPause(turn: Turn, { at, reminded }: ConsultationState): number | undefined {
  if (at !== 'summary' || reminded) return undefined;
  return writesLetters(turn) ? LETTER_REMINDER_SECONDS : REMINDER_SECONDS;
}

export function remind(turn: Turn, state: ConsultationState): Outcome {
  turn.say(turn.t('consultation:reminder'), { choices: summaryChoices(turn) });
  return { do: 'wait', state: { ...state, reminded: true } };
}

export function summaryChoices(turn: Turn): Choice[] {
  return ['send', 'change', 'add', 'cancel'].map((id) => ({
    id,
    title: turn.t(`consultation:summaryChoices.${id}`),
  }));
}

export function askChange(turn: Turn, state: ConsultationState): Outcome {
  const parts = [...SLOTS, 'topic', 'question'] as const;
  turn.say(turn.t('consultation:change'), {
    choices: parts.map((part) => ({ id: `change:${part}`, title: turn.t(`identity:labels.${part}`) })),
  });
  return { do: 'wait', state: { ...state, at: 'change' } };
}

/** Opens the ticket and says its number and the date by which an answer is due (R-A3, R-T4). */
export async function submit(turn: Turn, { draft }: ConsultationState): Promise<Outcome> {
  const { profile } = draft;
  turn.profile = profile;
  turn.contactId = await saveContact(turn.services, {
    conversation: { ...turn.conversation, contactId: turn.contactId },
    profile,
    now: turn.now,
  });
  const ticket = await openTicket(turn.services, {
    key: `${turn.conversation._id}:${draft.id}:open`,
    kind: 'consultation',
    conversation: { ...turn.conversation, contactId: turn.contactId },
    profile,
    language: turn.language,
    topicCode: draft.topicCode ?? '',
    question: questionText(draft.parts),
    attachments: questionFiles(draft.parts),
    receivedAt: turn.receivedAt,
    now: turn.now,
  });
  turn.openTicketId = ticket._id;
  const when = { language: turn.language, zone: zoneOf(profile) };
  const opened = {
    number: ticket.number,
    due: formatDateTime(ticket.dueAt, when),
    email: profile.email ?? '',
  };
  turn.say(
    [
      turn.t('consultation:opened', opened),
      absence(turn, ticket),
      turn.t(profile.email ? 'consultation:openedMail' : 'consultation:openedNoMail', opened),
    ]
      .filter((line) => line !== '')
      .join('\n\n'),
  );
  return { do: 'end' };
}

/** Nobody is there: from when somebody is, which is also from when the ticket counts unless it is a break (R-T4). */
function absence(turn: Turn, { profile, countedFrom }: Ticket): string {
  const { state, time } = presence(turn, profile);
  if (state === 'open') return '';
  if (state === 'break') return turn.t('consultation:break', { time });
  const counted = formatDateTime(countedFrom, { language: turn.language, zone: zoneOf(profile) });
  return turn.t('consultation:outsideHours', { counted });
}
