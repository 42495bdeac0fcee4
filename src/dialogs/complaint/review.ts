import { LEFT, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { offeredChoice } from '../../conversation/offered-choice.js';
import { recogniseCommand } from '../../language/index.js';
import { asksToSend } from '../consultation/question.js';
import { saysWrong } from '../consultation/recognise-change.js';
import { withDraft, type ComplaintState } from './draft.js';
import { askAbout, askKind, askWho, missed, proceed } from './next-step.js';
import { anonymityInWords, kindInWords } from './recognise.js';
import { submit } from './submit.js';
import { askChange, CHANGEABLE, showSummary, summaryChoices } from './summary.js';
import { askText, takeText } from './text.js';

/** Sends, drops, changes, adds to what the summary shows. */
export function takeReview(turn: Turn, state: ComplaintState, input: Input): Outcome | Promise<Outcome> {
  if (input.kind === 'wake') return remind(turn, state);
  const said = input.kind === 'choice' ? input.choice : input.kind === 'text' ? inWords(input.text) : '';
  switch (said) {
    case 'send':
    case 'yes':
    case 'done':
      return submit(turn, state);
    case 'cancel':
      turn.say(turn.t('common:cancelled'));
      return { do: 'end', result: LEFT };
    case 'add':
      turn.say(turn.t('complaint:add'));
      return { do: 'wait', state: { ...state, at: 'text' } };
    case 'change':
      return askChange(turn, state);
    default:
      return takeRemark(turn, state, input);
  }
}

function inWords(text: string): string {
  return asksToSend(text) ? 'send' : (recogniseCommand(text) ?? '');
}

/** What is written under a summary changes it or adds to the text. */
function takeRemark(turn: Turn, state: ComplaintState, input: Input): Outcome {
  if (input.kind !== 'text') return takeText(turn, state, input);
  const { text } = input;
  const changed = changeInWords(turn, state, text);
  if (changed) return changed;
  if (recogniseCommand(text) === 'no' || saysWrong(text)) return askChange(turn, state);
  return /\p{L}{2}/u.test(text) ? takeText(turn, state, input) : missed(turn, state);
}

/** What was added under a summary leaves its buttons in sight. */
export function takeMore(turn: Turn, state: ComplaintState, input: Input): Outcome | Promise<Outcome> {
  const text = input.kind === 'text' ? input.text : undefined;
  const pressed =
    state.reviewed && text !== undefined ? offeredChoice(text, summaryChoices(turn), false) : undefined;
  return pressed === undefined
    ? takeText(turn, state, input)
    : takeReview(turn, state, { kind: 'choice', choice: pressed });
}

/** Which part is changed: by its button or its name. */
export function takeChange(turn: Turn, state: ComplaintState, input: Input): Outcome {
  const text = input.kind === 'text' ? input.text : '';
  const changed = changeInWords(turn, state, text);
  if (changed) return changed;
  const named = CHANGEABLE.find((part) => PART_NAMES[part].test(text));
  const pressed = CHANGEABLE.find((part) => input.kind === 'choice' && input.choice === `change:${part}`);
  switch (pressed ?? named) {
    case 'kind':
      return askKind(turn, state);
    case 'who':
      return askWho(turn, state);
    case 'about':
      return askAbout(turn, state);
    case 'text':
      return askText(turn, { ...state, replacing: true });
    case undefined:
      return UNCHANGED.has(recogniseCommand(text) ?? '') ? showSummary(turn, state) : missed(turn, state);
  }
}

const PART_NAMES = {
  kind: /\b(?:jenis\w*|kind|type)\b/iu,
  who: /\b(?:nama\w*|identitas\w*|pelapor\w*|data\w*|name|identity)\b/iu,
  about: /\b(?:tentang|perihal|pihak\w*|unit\w*|about)\b/iu,
  text: /\b(?:isi\w*|teks\w*|cerita\w*|uraian\w*|text|content)\b/iu,
} as const;

const UNCHANGED: ReadonlySet<string> = new Set(['yes', 'no', 'done', 'skip']);

/** A longer remark tells more of the matter. */
const MOST_WORDS = 6;

/** "Eh, anonim saja", "ini saran saja". */
function changeInWords(turn: Turn, state: ComplaintState, text: string): Outcome | undefined {
  if (text === '' || text.trim().split(/\s+/u).length > MOST_WORDS) return undefined;
  const anonymous = anonymityInWords(text);
  if (anonymous !== undefined) return proceed(turn, withDraft(state, { anonymous }));
  const kind = kindInWords(text);
  return kind && proceed(turn, withDraft(state, { kind }));
}

function remind(turn: Turn, state: ComplaintState): Outcome {
  turn.say(turn.t('complaint:reminder'), { choices: summaryChoices(turn) });
  return { do: 'wait', state: { ...state, reminded: true } };
}
