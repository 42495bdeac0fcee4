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
  const { questions, ...times } = findDates(text, context);
  const identity = findIdentity(text);
  const ticket = findTicket(text);
  const entities = { ...times, ...entitiesOf(identity), ...(ticket === undefined ? {} : { ticket }) };
  const { intent, confidence } = intentOf(text, entities);
  return {
    text,
    intent,
    intentConfidence: confidence,
    language: detectLanguage(text),
    entities,
    questions: identity.regions === undefined ? questions : [...questions, 'ambiguousRegion'],
  };
}

function intentOf(text: string, entities: Entities): IntentGuess {
  const command = recogniseCommand(text);
  const intent = command === undefined ? undefined : COMMAND_INTENTS[command];
  return intent === undefined ? classifyIntent(withoutFacts(text, entities)) : { intent, confidence: 0.97 };
}

/** What is wanted shows in the words that are left when who and where are taken out. */
function withoutFacts(text: string, entities: Entities): string {
  const { region, person, position, agency, email, phone } = entities;
  let rest = text;
  for (const found of [region, person, position, agency, email, phone]) {
    if (found === undefined || found.confidence < 0.5) continue;
    const { start, end } = found.span;
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  }
  return rest;
}

function entitiesOf({ name, ...rest }: Identity): Entities {
  return { ...rest, ...(name === undefined ? {} : { person: name }) };
}
