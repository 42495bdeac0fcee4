import type { VoiceKind } from '../../models/ticket.js';
import type { BakData, BakFacts } from '../bak/bak-data.js';

/** What a closing letter states (R-A8), in the terms of a BAK; `topic` is what it is about, `user.name` empty when anonymous. */
export interface ClosingLetterFacts extends BakFacts {
  kind: VoiceKind;
}

export type ClosingLetterData = ClosingLetterFacts & BakData;
