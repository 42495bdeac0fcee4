import type { Turn } from '../../conversation/dialog.js';
import type { Profile } from '../../models/conversation.js';
import type { FileReference } from '../../models/message.js';
import type { BookingKind } from '../../models/ticket.js';
import type { LetterFacts } from './read-letter.js';
import type { NamedGuest } from './read-guests.js';

/** A request for a visit or a conference while it is being made (R-B1, R-C1). */
export interface Draft {
  /** The message it began with: one draft makes one request, however often it is sent. */
  id: string;
  kind: 'visit' | 'video' | null;
  /** Over the ministry's network (R-B2); null until it is said. */
  network: boolean | null;
  /** Name of the Kanwil DJPB. */
  kanwil: string | null;
  profile: Profile;
  /** The user has seen what is known of them. */
  confirmed: boolean;
  purpose: string;
  topicCode: string | null;
  /** `arrived`: when its file did, ISO; R-B2 and R-C1 count from then. */
  letter: LetterFacts & { file?: FileReference; arrived?: string };
  /** The letter follows by e-mail. */
  letterLater: boolean;
}

type Place =
  | (
      | 'kind'
      | 'known'
      | 'change'
      | 'identity'
      | 'purpose'
      | 'topic'
      | 'letter'
      | 'letter-for'
      | 'means'
      | 'kanwil'
    )
  | ('sessions' | 'freed' | 'waiting' | 'guests' | 'position' | 'confirm' | 'leaving');

export interface BookingState {
  at: Place;
  draft: Draft;
  /** Once it is asked for. */
  appointmentId?: string;
  guests: NamedGuest[];
  /** Starts of the times on offer, ISO. */
  shown?: string[];
  /** Start of the last of them, ISO: what else there is comes after it. */
  next?: string;
  /** Start of the time that was last held, ISO. */
  held?: string;
  /** Start of a time whose hold ran out, ISO: a "ya" takes it. */
  again?: string;
  /** A letter is being listened to to its end before anything is asked. */
  listening?: true;
  /** The topic that the purpose suggests. */
  suggestion?: string;
}

export function newState(turn: Turn, changes: Partial<Draft> = {}): BookingState {
  const draft: Draft = {
    ...{ id: turn.messageId, kind: null, network: null, kanwil: null, profile: turn.profile },
    ...{ confirmed: false, purpose: '', topicCode: null, letter: {}, letterLater: false },
    ...changes,
  };
  return { at: 'kind', draft, guests: [] };
}

export function withDraft(state: BookingState, changes: Partial<Draft>): BookingState {
  return { ...state, draft: { ...state.draft, ...changes } };
}

/** As tickets and clocks name it. */
export function bookingKind({ kind, network }: Draft): BookingKind {
  if (kind !== 'video') return 'visit';
  return network === true ? 'video-network' : 'video-application';
}
