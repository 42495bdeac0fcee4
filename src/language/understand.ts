import { recogniseCommand } from './commands/recognise-command.js';
import { findDates } from './dates/find-dates.js';
import { detectLanguage } from './detect-language.js';
import { findTicket } from './find-ticket.js';
import { findIdentity, type Identity } from './identity/find-identity.js';
import { classifyIntent, type IntentGuess } from './intents/classify-intent.js';
import { findIntents } from './intents/find-intents.js';
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
  const command = recogniseCommand(text);
  const commanded = command === undefined ? undefined : COMMAND_INTENTS[command];
  const wish = withoutFacts(text, entities);
  const guess: IntentGuess =
    commanded === undefined ? classifyIntent(wish) : { intent: commanded, confidence: 0.97 };
  return {
    text,
    intent: guess.intent,
    intentConfidence: guess.confidence,
    intents: findIntents(wish, guess),
    language: detectLanguage(text),
    entities,
    questions: identity.regions === undefined ? questions : [...questions, 'ambiguousRegion'],
  };
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
