import { defineDialog, LEFT, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import type { VoiceKind } from '../../models/ticket.js';
import type { IdentityResult } from '../identity/identity.js';
import { isKnown } from '../identity/slots.js';
import { keepPart } from '../keep-part.js';
import { writesLetters } from '../letter.js';
import { editParts, type QuestionPart } from '../question-part.js';
import { draftKey, withDraft, type ComplaintState } from './draft.js';
import { ask, askAbout, askIdentity, askKind, askWho, keep, missed, proceed } from './next-step.js';
import { anonymityInWords, isBareRequest, kindInWords } from './recognise.js';
import { takeChange, takeMore, takeReview } from './review.js';
import { showSummary } from './summary.js';
import { askText, textPause } from './text.js';

export interface ComplaintOptions {
  /** As far as the words it was asked for with say. */
  kind?: VoiceKind;
  /** The words it was asked for with; what they say of the matter is its beginning. */
  text?: string;
  /** What was written before there was a place for it. */
  parts?: readonly QuestionPart[];
}

/** Seconds after which somebody who left the summary standing is reminded of it; letters are not read at once. */
const REMINDER_SECONDS = 15 * 60;
const LETTER_REMINDER_SECONDS = 24 * 60 * 60;

/** Complaint, suggestion or input (pengaduan, saran, masukan), with a name or without (R-A8). */
export const complaint = defineDialog<ComplaintState, ComplaintOptions | undefined>({
  name: 'complaint',

  begin: (turn, options) => begin(turn, options ?? {}),

  continue(turn, state, input) {
    switch (state.at) {
      case 'kind':
        return takeKind(turn, state, input);
      case 'who':
        return takeWho(turn, state, input);
      case 'about':
        return takeAbout(turn, state, input);
      case 'text':
        return takeMore(turn, state, input);
      case 'summary':
        return takeReview(turn, state, input);
      case 'change':
        return takeChange(turn, state, input);
      case 'identity':
        return askIdentity(turn, state);
    }
  },

  resume(turn, state, result) {
    if (result === LEFT) return askWho(turn, withDraft(state, { anonymous: null }));
    const { profile, parts } = result as IdentityResult;
    return proceed(turn, withParts(turn, withDraft(state, { profile }), parts));
  },

  takeAlong: (turn, state, result) => withParts(turn, state, result as QuestionPart[]),

  reprompt(turn, state) {
    ask(turn, state);
  },

  back(turn, state) {
    if (state.at !== 'summary' && state.reviewed) return showSummary(turn, state);
    switch (state.at) {
      case 'summary':
        return askText(turn, { ...state, reviewed: false });
      case 'text':
        return askAbout(turn, state);
      case 'about':
        return askWho(turn, state);
      case 'who':
        return askKind(turn, state);
      default:
        turn.say(turn.t('common:cancelled'));
        return { do: 'end', result: LEFT };
    }
  },

  wakeAfter(turn, state) {
    if (state.at !== 'summary') return textPause(turn, state);
    if (state.reminded) return undefined;
    return writesLetters(turn) ? LETTER_REMINDER_SECONDS : REMINDER_SECONDS;
  },

  edited(state, edit) {
    const parts = editParts(state.draft.parts, edit);
    return parts && withDraft(state, { parts });
  },

  matter: (turn, state) => draftKey(turn, state),

  // "Petugas" names whom it is about.
  expects: ({ at }, text) =>
    at === 'about' && /^(?:petugas|staf|staff|admin|operator|cs)\b/iu.test(text.trim()),

  freeText: ({ at }) => at === 'text' || at === 'about',
});

function begin(turn: Turn, { kind, text = '', parts = [] }: ComplaintOptions): Outcome {
  const words = text === '' || isBareRequest(text) ? [] : [{ kind: 'text' as const, text }];
  const wished = anonymityInWords(text) === true;
  const state: ComplaintState = {
    at: 'kind',
    draft: {
      ...{ id: turn.messageId, kind: kind ?? null, anonymous: null, profile: turn.profile },
      parts: [...parts, ...words],
    },
    reviewed: false,
  };
  if (!wished || kind === undefined) return proceed(turn, state);
  turn.say(turn.t('complaint:anonymity'));
  return proceed(turn, withDraft(state, { anonymous: true }));
}

function takeKind(turn: Turn, state: ComplaintState, input: Input): Outcome {
  const pressed = input.kind === 'choice' ? KINDS[input.choice] : undefined;
  const kind = pressed ?? (input.kind === 'text' ? kindInWords(input.text) : undefined);
  return kind ? proceed(turn, withDraft(state, { kind })) : (keep(turn, state, input) ?? missed(turn, state));
}

const KINDS: Readonly<Record<string, VoiceKind>> = {
  'kind:complaint': 'complaint',
  'kind:suggestion': 'suggestion',
};

function takeWho(turn: Turn, state: ComplaintState, input: Input): Outcome {
  const text = input.kind === 'text' ? input.text : '';
  const wished = anonymityInWords(text);
  if (wished !== undefined) return proceed(turn, withDraft(state, { anonymous: wished }));
  const agreed = isKnown(state.draft.profile) && recogniseCommand(text) === 'yes';
  switch (input.kind === 'choice' ? input.choice : agreed ? 'who:named' : '') {
    case 'who:named':
      return proceed(turn, withDraft(state, { anonymous: false }));
    case 'who:anonymous':
      return proceed(turn, withDraft(state, { anonymous: true }));
    case 'who:other':
      return askIdentity(turn, withDraft(state, { anonymous: false, profile: {} }));
    default:
      return keep(turn, state, input) ?? missed(turn, state);
  }
}

/** What it is about is told in a few words; more than that is the matter itself. */
const LONGEST_ABOUT = 200;

function takeAbout(turn: Turn, state: ComplaintState, input: Input): Outcome {
  const text = input.kind === 'text' ? input.text.trim() : '';
  const command = recogniseCommand(text);
  const skipped = input.kind === 'choice' || ['skip', 'no', 'done'].includes(command ?? '');
  if (skipped) return proceed(turn, withDraft(state, { about: null }));
  if (text.length > LONGEST_ABOUT) {
    const kept = withParts(turn, state, [{ kind: 'text', text }]);
    return proceed(turn, withDraft(kept, { about: null }));
  }
  if (/\p{L}{2}/u.test(text)) return proceed(turn, withDraft(state, { about: text }));
  return keep(turn, state, input) ?? missed(turn, state);
}

function withParts(turn: Turn, state: ComplaintState, more: readonly QuestionPart[]): ComplaintState {
  const parts = more.reduce((kept, part) => keepPart(turn, kept, part) ?? kept, state.draft.parts);
  return withDraft(state, { parts });
}
