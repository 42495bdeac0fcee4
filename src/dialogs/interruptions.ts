import type { Dialog, Input, Interruption, Turn } from '../conversation/dialog.js';
import { recogniseCommand, understand, type Command } from '../language/index.js';
import { announceEvent } from './announce-event.js';
import { switchLanguage } from './switch-language.js';

/** Sure enough of an intent to leave a form for a moment. */
const SURE = 0.75;

/** A longer message is an answer, not a request to digress. */
const MAX_DIGRESSION = 120;

type Top = { dialog: Dialog; state: unknown } | undefined;

/** The words that work anywhere: menu, batal, kembali, petugas, bantuan; and events of the office. */
export async function interrupt(turn: Turn, input: Input, top: Top): Promise<Interruption> {
  switch (input.kind) {
    case 'event':
      return announceEvent(turn, input.event, top !== undefined);
    case 'choice':
      return input.choice.startsWith('command:')
        ? obey(turn, input.choice.slice('command:'.length) as Command, top)
        : PASS;
    case 'text': {
      const command = recogniseCommand(input.text);
      if (command) return obey(turn, command, top);
      return digression(turn, input.text, top);
    }
    default:
      return PASS;
  }
}

const PASS: Interruption = { do: 'pass' };

function obey(turn: Turn, command: Command, top: Top): Interruption {
  switch (command) {
    case 'menu':
      return turn.consentAt ? { do: 'restart', dialog: 'main-menu' } : PASS;
    case 'cancel':
      if (!top || top.dialog.name === 'main-menu') return PASS;
      turn.say(turn.t('common:cancelled'));
      return { do: 'restart', dialog: 'main-menu' };
    case 'agent':
      return top?.dialog.name === 'talk-to-agent' ? PASS : { do: 'digress', dialog: 'talk-to-agent' };
    case 'help':
      turn.say(turn.t('common:help'));
      return top ? { do: 'reprompt' } : PASS;
    case 'back':
      return top && top.dialog.name !== 'main-menu' ? { do: 'back' } : PASS;
    case 'repeat':
      return top && !isFreeText(top) ? { do: 'reprompt' } : PASS;
    default:
      return PASS;
  }
}

/** "Sebentar, jam bukanya kapan?" in the middle of a form is answered, and the form goes on. */
function digression(turn: Turn, text: string, top: Top): Interruption {
  if (!top || top.dialog.name === 'main-menu' || isFreeText(top) || text.length > MAX_DIGRESSION) return PASS;
  const { intent, intentConfidence } = understand(text, { now: turn.now });
  if (intentConfidence < SURE) return PASS;
  if (intent === 'switch_language') {
    switchLanguage(turn, text);
    return { do: 'reprompt' };
  }
  return intent === 'service_info' && QUESTION.test(text)
    ? { do: 'digress', dialog: 'service-info', options: { text } }
    : PASS;
}

const QUESTION = /\?|\b(kapan|berapa|apa|apakah|gimana|bagaimana|dimana|di mana|when|how|what|where)\b/iu;

function isFreeText(top: NonNullable<Top>): boolean {
  return top.dialog.freeText?.(top.state) === true;
}
