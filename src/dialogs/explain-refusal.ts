import type { Input, Turn } from '../conversation/dialog.js';
import { countMiss } from './count-miss.js';

/** Says why a file was not taken or that a kind of message cannot be read; false when there is nothing to explain. */
export function explainRefusal(turn: Turn, input: Input): boolean {
  if (input.kind === 'refused-file') {
    const megabytes = Math.floor(turn.services.config.maxFileBytes / 1_000_000);
    turn.say(turn.t(`common:refusedFile.${input.reason}`, { name: input.name, megabytes }));
    return true;
  }
  if (input.kind === 'unsupported') {
    const why = turn.t(`common:unsupported.${input.what}`);
    // Before consent a "ya" would be taken for consent, so nothing else is offered.
    const offers = turn.consentAt ? countMiss(turn) : [];
    if (offers.length === 0) turn.say(why);
    else turn.say(`${why}\n\n${turn.t('common:offerPerson')}`, { choices: offers });
    return true;
  }
  return false;
}
