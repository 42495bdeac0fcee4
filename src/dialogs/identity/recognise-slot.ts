import type { Profile } from '../../models/conversation.js';
import {
  checkEmail,
  checkPhone,
  findRegions,
  normalisePersonName,
  recogniseCommand,
  type Region,
} from '../../language/index.js';
import { asksSomething } from '../asks-something.js';
import type { Slot } from './slots.js';
import { regionFacts, toldFacts, toldSlots } from './told-facts.js';

/** What an answer to one question gave: facts, a choice to make, a correction to confirm, or nothing. */
export type Recognition =
  | { kind: 'filled'; facts: Profile }
  | { kind: 'regions'; regions: Region[] }
  | { kind: 'suggestion'; email: string; facts: Profile }
  | { kind: 'miss' };

const MISS: Recognition = { kind: 'miss' };
const MAX_ANSWER = 160;

/** Reads the answer to the question for `slot`; what else the user told, along with it or instead, is taken too. */
export function recogniseSlot(slot: Slot, text: string, profile: Profile): Recognition {
  const said = text.replace(/\s+/gu, ' ').trim();
  const facts = toldFacts(said);
  const told = toldSlots(facts);
  const name = slot === 'name' ? undefined : fullerName(said, profile.name, told);
  if (name !== undefined) return { kind: 'filled', facts: { name } };
  const asked = recogniseAsked(slot, said, profile, facts);
  if (asked.kind === 'filled')
    return doubtingEmail(told.length > 1 ? { ...facts, ...asked.facts } : asked.facts);
  const instead = told.length > 1 || (told.length === 1 && !told.includes(slot));
  return asked.kind === 'miss' && instead ? doubtingEmail(facts) : asked;
}

/** An address that looks mistyped is offered back also when it came along with other answers. */
export function doubtingEmail({ email, ...facts }: Profile): Recognition {
  if (email === undefined) return { kind: 'filled', facts };
  const { suggestion } = checkEmail(email);
  return suggestion === undefined
    ? { kind: 'filled', facts: { ...facts, email } }
    : { kind: 'suggestion', email: suggestion, facts };
}

function recogniseAsked(slot: Slot, said: string, profile: Profile, facts: Profile): Recognition {
  switch (slot) {
    case 'name':
      return filled({ name: facts.name ?? (isAnswer(said) ? normalisePersonName(said) : undefined) });
    case 'position':
      return filled({ position: withRest(said, facts.position) ?? describe(said, facts) });
    case 'agency':
      return filled(agencyFacts(withRest(said, facts.agency) ?? describe(said, facts)));
    case 'region':
      return recogniseRegion(said, profile);
    case 'email':
      return recogniseEmail(said);
    case 'phone':
      return filled({ phone: checkPhone(said) ?? facts.phone });
  }
}

/** "Rina", and then "Rina Contoh": the rest of the name, and no post. */
function fullerName(said: string, name: string | undefined, told: readonly Slot[]): string | undefined {
  if (name === undefined || told.some((slot) => slot !== 'name')) return undefined;
  const goesOn = said.toLowerCase().startsWith(`${name.toLowerCase()} `);
  return goesOn && said.split(' ').length <= MOST_NAMES && isAnswer(said)
    ? normalisePersonName(said)
    : undefined;
}

const MOST_NAMES = 5;

function recogniseRegion(said: string, profile: Profile): Recognition {
  const { status, regions } = findRegions(
    said,
    profile.agency === undefined ? {} : { agency: profile.agency },
  );
  const [only] = regions;
  if (status === 'one' && only) return { kind: 'filled', facts: regionFacts(only) };
  return status === 'ambiguous' ? { kind: 'regions', regions: regions.slice(0, 9) } : MISS;
}

function recogniseEmail(said: string): Recognition {
  const { email, suggestion } = checkEmail(said);
  if (suggestion !== undefined) return { kind: 'suggestion', email: suggestion, facts: {} };
  return filled({ email });
}

/** "BPKAD Kabupaten Gowa" names the region as well. */
function agencyFacts(agency: string | undefined): { [K in keyof Profile]: Profile[K] | undefined } {
  if (agency === undefined) return {};
  const { status, regions } = findRegions(agency);
  const [only] = regions;
  return status === 'one' && only ? { agency, ...regionFacts(only) } : { agency };
}

/** A post or an office is whatever people call it, as long as it is words and tells nothing else about them. */
function describe(said: string, { name, position, email, phone }: Profile): string | undefined {
  const other = name ?? position ?? email ?? phone;
  const words = /\p{L}{2}/u.test(said) && !BEGINNING.test(said);
  return other === undefined && isAnswer(said) && words ? said : undefined;
}

/** Half a sentence: what is to follow is the answer. */
const BEGINNING =
  /^(?:di|dari|nama|jabatan|posisi|instansi|kantor|dinas|badan|kab|kabupaten|kota|prov|provinsi|e-?mail|hp|wa|telepon|position|office|agency)(?: ?(?:saya|kami|nya))?[.:, ]*$/iu;

/** Not a question, and not one of the words that steer the chat: nobody is called "Benar" or works at "Selesai". */
function isAnswer(said: string): boolean {
  return isShort(said) && recogniseCommand(said) === undefined && !asksSomething(said) && !said.endsWith('?');
}

/** What stands in brackets behind a post or an office belongs to it: it is printed in the minutes. */
function withRest(said: string, found: string | undefined): string | undefined {
  if (found === undefined) return undefined;
  const start = said.toLowerCase().indexOf(found.toLowerCase());
  const rest = said.slice(start + found.length);
  return start >= 0 && isShort(said) && /^\s*[([<{;/]/u.test(rest) ? said.slice(start) : found;
}

function isShort(said: string): boolean {
  return said.length >= 2 && said.length <= MAX_ANSWER;
}

function filled(facts: { [K in keyof Profile]: Profile[K] | undefined }): Recognition {
  const known = Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as Profile;
  return Object.keys(known).length > 0 ? { kind: 'filled', facts: known } : MISS;
}
