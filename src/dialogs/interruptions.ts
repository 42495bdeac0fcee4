import type { Input, Interruption, OpenDialog, Turn } from '../conversation/dialog.js';
import { recogniseAside, recogniseCommand, type Command } from '../language/index.js';
import { announceEvent } from './announce-event.js';
import { joinByMail } from './booking/awaiting.js';
import { anger, calm } from './calm.js';
import { COMPLAIN, isPersonOffered } from './count-miss.js';
import { digression, FORMS, takesAside } from './digression.js';
import { dropsBooking } from './my-bookings/booking-wish.js';
import { recognisePause } from './recognise-pause.js';
import { followLanguage } from './switch-language.js';

type Top = OpenDialog | undefined;

/** The words that work anywhere: menu, batal, kembali, petugas, bantuan; what is said beside the matter; events of the office. */
export async function interrupt(turn: Turn, input: Input, top: Top): Promise<Interruption> {
  const joined = await joinByMail(turn, input, top?.dialog.name);
  if (joined) return joined;
  switch (input.kind) {
    case 'event':
      return announceEvent(turn, input.event, top);
    case 'choice':
      if (input.choice === COMPLAIN) return complain(top, '');
      return input.choice.startsWith('command:')
        ? obey(turn, input.choice.slice('command:'.length) as Command, top)
        : PASS;
    case 'text':
      return takeText(turn, input.text, top);
    default:
      return PASS;
  }
}

/** What a link to a ticket says in the user's name; whether the ticket is theirs is for the dialog to see. */
const TICKET_LINK = /^\/tiket (DJPK-\d{4}-\d{6,9})$/iu;

const PASS: Interruption = { do: 'pass' };
const RESTART: Interruption = { do: 'restart', dialog: 'main-menu' };

const TO_MENU: Interruption = { do: 'aside', dialog: 'main-menu', above: FORMS, options: { kept: true } };

function takeText(turn: Turn, text: string, top: Top): Interruption {
  const number = TICKET_LINK.exec(text.trim())?.[1];
  if (number !== undefined && turn.consentAt)
    return { do: 'digress', dialog: 'ticket-status', options: { number } };
  if (top?.dialog.expects?.(top.state, text)) return PASS;
  followLanguage(turn, text);
  const command = recogniseCommand(text);
  if (turn.consentAt && isPersonOffered(turn)) {
    if (command === 'yes') return { do: 'digress', dialog: 'talk-to-agent' };
    if (command === 'no') {
      turn.say(turn.t('common:noPerson'));
      return { do: 'reprompt' };
    }
  }
  const drops = top && (top.dialog.name === 'booking' || isAskedFor(top)) && dropsBooking(text);
  if (command || drops) return obey(turn, command ?? 'cancel', top);
  return aside(turn, text, top) ?? digression(turn, text, top);
}

/** Who somebody is, asked on the way to a booking. */
function isAskedFor({ dialog, below }: OpenDialog): boolean {
  return dialog.name === 'identity' && below.includes('booking');
}

function obey(turn: Turn, command: Command, top: Top): Interruption {
  switch (command) {
    case 'menu':
      return turn.consentAt || (top && top.dialog.name !== 'main-menu') ? TO_MENU : PASS;
    case 'cancel':
      if (!top || !FORMS.has(top.dialog.name)) return goBack(turn, top);
      turn.say(turn.t('common:cancelled'));
      return RESTART;
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
      return top && top.dialog.freeText?.(top.state) !== true ? { do: 'reprompt' } : PASS;
    default:
      return PASS;
  }
}

function goBack(turn: Turn, top: Top): Interruption {
  if (!top || top.dialog.name === 'main-menu') return PASS;
  if (top.dialog.name === 'talk-to-agent') turn.say(turn.t('hand-over:left'));
  return { do: 'back' };
}

/** Short human answers; what was asked stays asked. */
function aside(turn: Turn, text: string, top: Top): Interruption | undefined {
  if (!top || !takesAside(top)) return undefined;
  const upset = takeAnger(turn, text, top);
  if (upset) return upset;
  const asked = recogniseAside(text);
  if (asked) {
    turn.say(turn.t(`common:${asked}`, { email: turn.services.config.contact.email }));
    return { do: 'reprompt' };
  }
  const pause = recognisePause(text);
  if (pause === 'hold') turn.say(turn.t('common:takeYourTime'));
  return pause && { do: pause === 'hold' ? 'wait' : 'reprompt' };
}

function takeAnger(turn: Turn, text: string, top: OpenDialog): Interruption | undefined {
  // Whoever complains may be upset: that is what it is for.
  if (top.dialog.name === 'complaint' && top.dialog.freeText?.(top.state) === true) return undefined;
  const angry = anger(turn, text);
  if (!angry) return undefined;
  if (!turn.consentAt) {
    // Before consent a "ya" would be taken for consent: only the apology is said, and the message kept.
    turn.say(turn.t('common:sorry'));
    return PASS;
  }
  if (angry === 'complain') return complain(top, text);
  calm(turn, { complaining: isComplaining(top) });
  return { do: 'wait' };
}

/** R-A8. The menu begins what it is asked for itself, and a complaint that is open takes the words. */
function complain(top: Top, text: string): Interruption {
  if (!top || isComplaining(top) || (text !== '' && top.dialog.name === 'main-menu')) return PASS;
  return { do: 'digress', dialog: 'complaint', options: { kind: 'complaint', text } };
}

function isComplaining({ dialog, below }: OpenDialog): boolean {
  return dialog.name === 'complaint' || below.includes('complaint');
}
