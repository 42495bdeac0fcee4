import type { Input, Turn } from '../conversation/dialog.js';

/** Says why a file was not taken or that a kind of message cannot be read; false when there is nothing to explain. */
export function explainRefusal(turn: Turn, input: Input): boolean {
  if (input.kind === 'refused-file') {
    const megabytes = Math.floor(turn.services.config.maxFileBytes / 1_000_000);
    turn.say(turn.t(`common:refusedFile.${input.reason}`, { name: input.name, megabytes }));
    return true;
  }
  if (input.kind === 'unsupported') {
    turn.say(turn.t(`common:unsupported.${input.what}`));
    return true;
  }
  return false;
}
