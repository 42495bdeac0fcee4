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
      return announceEvent(turn, input.event, top?.dialog.name);
    case 'choice':
      return input.choice.startsWith('command:')
        ? obey(turn, input.choice.slice('command:'.length) as Command, top)
        : PASS;
    case 'text': {
      const number = TICKET_COMMAND.exec(input.text.trim())?.[1];
      if (number !== undefined && turn.consentAt)
        return { do: 'digress', dialog: 'ticket-status', options: { number } };
      const command = recogniseCommand(input.text);
      if (command) return obey(turn, command, top);
      return digression(turn, input.text, top);
    }
    default:
      return PASS;
  }
}

/** What a link to a ticket says in the user's name; whether the ticket is theirs is for the dialog to see. */
const TICKET_COMMAND = /^\/tiket (DJPK-\d{4}-\d{6,9})$/iu;

const PASS: Interruption = { do: 'pass' };
const TO_MENU: Interruption = { do: 'restart', dialog: 'main-menu' };

/** What is filled in here is dropped by "batal"; elsewhere "batal" is a way out. */
const FORMS: ReadonlySet<string> = new Set(['consultation', 'identity']);

function obey(turn: Turn, command: Command, top: Top): Interruption {
  switch (command) {
    case 'menu':
      return turn.consentAt || (top && top.dialog.name !== 'main-menu') ? TO_MENU : PASS;
    case 'cancel':
      if (!top || !FORMS.has(top.dialog.name)) return goBack(turn, top);
      turn.say(turn.t('common:cancelled'));
      return TO_MENU;
    case 'agent':
      // Before consent the greeting takes the wish: nothing is recorded without the notice (UU 27/2022).
      if (!turn.consentAt || top?.dialog.name === 'talk-to-agent') return PASS;
      return { do: 'digress', dialog: 'talk-to-agent' };
    case 'help':
      turn.say(turn.t('common:help'));
      return top ? { do: 'reprompt' } : PASS;
    case 'back':
      return goBack(turn, top);
    case 'repeat':
      return top && !isFreeText(top) ? { do: 'reprompt' } : PASS;
    default:
      return PASS;
  }
}

function goBack(turn: Turn, top: Top): Interruption {
  if (!top || top.dialog.name === 'main-menu') return PASS;
  if (top.dialog.name === 'talk-to-agent') turn.say(turn.t('hand-over:left'));
  return { do: 'back' };
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
  if (intent === 'greet' || intent === 'thanks') return { do: 'reprompt' };
  return intent === 'service_info' && QUESTION.test(text)
    ? { do: 'digress', dialog: 'service-info', options: { text } }
    : PASS;
}

const QUESTION = /\?|\b(kapan|berapa|apa|apakah|gimana|bagaimana|dimana|di mana|when|how|what|where)\b/iu;

function isFreeText(top: NonNullable<Top>): boolean {
  return top.dialog.freeText?.(top.state) === true;
}
