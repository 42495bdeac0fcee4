import type { Turn } from '../conversation/dialog.js';
import { soundsUpset, understand } from '../language/index.js';
import { asksToComplain } from './complaint/recognise.js';
import { complaintChoice, isPersonOffered, offerPerson } from './count-miss.js';

/** Whoever writes more than this in anger also says what it is about. */
const LONGEST_OUTBURST = 80;

/** What is written in anger: words that ask to complain ('complain'), or no more than that ('outburst'). */
export function anger(turn: Turn, text: string): 'complain' | 'outburst' | undefined {
  if (text.length > LONGEST_OUTBURST || !soundsUpset(text)) return undefined;
  const asks = asksToComplain(text) && understand(text, { now: turn.now }).intent === 'complain';
  return asks ? 'complain' : 'outburst';
}

/** An apology and a person, who is called by a "ya"; and the way to complain, unless that is what is being done. */
export function calm(turn: Turn, { complaining = false } = {}): void {
  const words = turn.t(isPersonOffered(turn) ? 'common:upsetStill' : 'common:upset');
  const hint = complaining ? '' : ` ${turn.t('common:upsetComplain')}`;
  offerPerson(turn, words + hint, complaining ? [] : [complaintChoice(turn)]);
}
