import { recogniseCommand } from './commands/recognise-command.js';
import { findDates } from './dates/find-dates.js';
import { detectLanguage } from './detect-language.js';
import { findTicket } from './find-ticket.js';
import { findIdentity, type Identity } from './identity/find-identity.js';
import { classifyIntent, type IntentGuess } from './intents/classify-intent.js';
import type { Command, Entities, Intent, LanguageContext, Understanding } from './types.js';

const COMMAND_INTENTS: Partial<Record<Command, Intent>> = {
  agent: 'talk_to_agent',
  cancel: 'cancel',
  menu: 'menu',
  help: 'menu',
};

/** Everything a message says that the service can use. Pure: the same text and context give the same answer. */
export function understand(text: string, context: LanguageContext): Understanding {
  const dates = findDates(text, context);
  const identity = findIdentity(text);
  const ticket = findTicket(text);
  const intent = intentOf(text);
  const { questions, ...times } = dates;
  return {
    text,
    intent: intent.intent,
    intentConfidence: intent.confidence,
    language: detectLanguage(text),
    entities: { ...times, ...entitiesOf(identity), ...(ticket === undefined ? {} : { ticket }) },
    questions: identity.regions === undefined ? questions : [...questions, 'ambiguousRegion'],
  };
}

function intentOf(text: string): IntentGuess {
  const command = recogniseCommand(text);
  const intent = command === undefined ? undefined : COMMAND_INTENTS[command];
  return intent === undefined ? classifyIntent(text) : { intent, confidence: 0.97 };
}

function entitiesOf({ name, ...rest }: Identity): Entities {
  return { ...rest, ...(name === undefined ? {} : { person: name }) };
}
