import type { Turn } from '../../conversation/dialog.js';
import type { Profile } from '../../models/conversation.js';
import type { VoiceKind } from '../../models/ticket.js';
import type { QuestionPart } from '../question-part.js';

/** A complaint, suggestion or input while it is being written (R-A8). */
interface Draft {
  /** The message it began with: one draft opens one ticket, however often it is sent. */
  id: string;
  /** Null until it is said. */
  kind: VoiceKind | null;
  anonymous: boolean | null;
  profile: Profile;
  /** Unit, service or person; null when it was not said, undefined until it is asked. */
  about?: string | null;
  parts: QuestionPart[];
}

export interface ComplaintState {
  at: 'kind' | 'who' | 'identity' | 'about' | 'text' | 'summary' | 'change';
  draft: Draft;
  /** True once the summary was shown: a changed part leads back to it. */
  reviewed: boolean;
  /** True once the user was reminded of a summary that was not sent. */
  reminded?: true;
  /** The text is being written anew: its first part takes the place of the old ones. */
  replacing?: true;
}

/** The ticket's opening key, and what keeps its messages apart. */
export function draftKey(turn: Turn, { draft }: ComplaintState): string {
  return `${turn.conversation._id}:${draft.id}:open`;
}

export function withDraft(state: ComplaintState, changes: Partial<Draft>): ComplaintState {
  return { ...state, draft: { ...state.draft, ...changes } };
}

/** Text of the draft's kind: "pengaduan", "saran atau masukan". */
export function kindName(turn: Turn, { draft }: ComplaintState): string {
  return turn.t(`complaint:kinds.${draft.kind ?? 'either'}`);
}
