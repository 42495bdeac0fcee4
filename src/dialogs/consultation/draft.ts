import type { Profile } from '../../models/conversation.js';
import type { QuestionPart } from '../question-part.js';

/** A consultation while it is being asked for. */
export interface Draft {
  /** The message it began with: one draft opens one ticket, however often and from whatever message it is sent. */
  id: string;
  profile: Profile;
  topicCode: string | null;
  parts: QuestionPart[];
  /** The words the consultation was asked for with ("mau tanya dana desa"); they may name its topic. */
  request?: string;
}

export interface ConsultationState {
  at:
    | 'identity'
    | 'known'
    | 'topic'
    | 'suggested-topic'
    | 'question'
    | 'doubt'
    | 'summary'
    | 'change'
    | 'edit-identity';
  draft: Draft;
  /** True once the summary was shown: a changed part leads back to it. */
  reviewed: boolean;
  /** True once the user was reminded of a summary that was not sent; once is enough. */
  reminded?: true;
  /** The topic the question's words suggest. */
  suggestion?: string;
  /** The question is being written anew: its first part takes the place of the old ones. */
  replacing?: true;
  /** What may correct something or may belong to the question. */
  doubted?: string;
  /** What it may correct: a part of the identity, `topic` or `question`. */
  doubtedPart?: string;
}
