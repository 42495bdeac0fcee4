import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import type { Choice } from '../../models/message.js';
import { askToPick } from '../count-miss.js';
import { explainRefusal } from '../explain-refusal.js';
import type { IdentityOptions } from '../identity/identity.js';
import { identityLines, isKnown } from '../identity/slots.js';
import { keepPart } from '../keep-part.js';
import { writesLetters } from '../letter.js';
import { toPart } from '../question-part.js';
import { kindName, type ComplaintState } from './draft.js';
import { askChange, showSummary } from './summary.js';
import { askText, finishText } from './text.js';

/** The next thing that is missing; the summary when nothing is. */
export function proceed(turn: Turn, state: ComplaintState): Outcome {
  const { kind, anonymous, profile, about } = state.draft;
  if (kind === null) return askKind(turn, state);
  if (anonymous === null) return askWho(turn, state);
  if (!anonymous && !isKnown(profile)) return askIdentity(turn, state);
  if (state.reviewed) return showSummary(turn, state);
  // A letter has said what it is about.
  if (writesLetters(turn)) return finishText(turn, state);
  return about === undefined ? askAbout(turn, state) : askText(turn, state);
}

/** Asks whatever is open at this point. */
export function ask(turn: Turn, state: ComplaintState): Outcome {
  switch (state.at) {
    case 'kind':
      return askKind(turn, state);
    case 'who':
      return askWho(turn, state);
    case 'about':
      return askAbout(turn, state);
    case 'text':
      return askText(turn, state);
    case 'summary':
      return showSummary(turn, state);
    case 'change':
      return askChange(turn, state);
    case 'identity':
      return { do: 'wait', state };
  }
}

export function askKind(turn: Turn, state: ComplaintState): Outcome {
  turn.say(turn.t('complaint:kind'), {
    choices: [option(turn, 'kind:complaint'), option(turn, 'kind:suggestion')],
  });
  return { do: 'wait', state: { ...state, at: 'kind' } };
}

/** With or without a name; what "anonymous" means here is said before it is chosen. */
export function askWho(turn: Turn, state: ComplaintState): Outcome {
  const { profile } = state.draft;
  const known = isKnown(profile);
  const question = turn.t('complaint:who', { kind: kindName(turn, state) });
  const data = known ? `\n\n${turn.t('complaint:whoKnown', { identity: identityLines(turn, profile) })}` : '';
  turn.say(`${question}${data}\n\n${turn.t('complaint:anonymity')}`, {
    choices: [
      option(turn, 'who:named'),
      option(turn, 'who:anonymous'),
      ...(known ? [option(turn, 'who:other')] : []),
    ],
  });
  return { do: 'wait', state: { ...state, at: 'who' } };
}

export function askIdentity(turn: Turn, state: ComplaintState): Outcome {
  if (!writesLetters(turn)) turn.say(turn.t('complaint:identity'));
  const options: IdentityOptions = { profile: state.draft.profile };
  return { do: 'begin', dialog: 'identity', options, state: { ...state, at: 'identity' } };
}

export function askAbout(turn: Turn, state: ComplaintState): Outcome {
  turn.say(turn.t(`complaint:about.${state.draft.kind ?? 'complaint'}`), {
    choices: [{ id: 'skip', title: turn.t('complaint:aboutSkip') }],
    numbered: false,
  });
  return { do: 'wait', state: { ...state, at: 'about' } };
}

/** A file that comes while something else is asked goes with the text. */
export function keep(turn: Turn, state: ComplaintState, input: Input): Outcome | undefined {
  if (explainRefusal(turn, input)) return ask(turn, state);
  if (input.kind !== 'file') return undefined;
  const parts = keepPart(turn, state.draft.parts, toPart(input)) ?? state.draft.parts;
  turn.say(turn.t('complaint:fileKept'));
  return ask(turn, { ...state, draft: { ...state.draft, parts } });
}

export function missed(turn: Turn, state: ComplaintState): Outcome {
  return askToPick(turn, state, ask);
}

function option(turn: Turn, id: string): Choice {
  return { id, title: turn.t(`complaint:choices.${id.replace(':', '-')}`) };
}
