import type { Profile } from '../../models/conversation.js';
import {
  checkEmail,
  checkPhone,
  findIdentity,
  findRegions,
  normalisePersonName,
  regionTitle,
  type Region,
} from '../../language/index.js';
import type { Slot } from './slots.js';

/** What an answer to one question gave: facts, a choice to make, a correction to confirm, or nothing. */
export type Recognition =
  | { kind: 'filled'; facts: Profile }
  | { kind: 'regions'; regions: Region[] }
  | { kind: 'suggestion'; email: string; facts: Profile }
  | { kind: 'miss' };

const MISS: Recognition = { kind: 'miss' };
const MAX_ANSWER = 160;

/** Reads the answer to the question for `slot`; what else the user told along with it is taken too. */
export function recogniseSlot(slot: Slot, text: string, profile: Profile): Recognition {
  const said = text.replace(/\s+/gu, ' ').trim();
  const facts = factsIn(said);
  const told = Object.keys(facts).filter((key) => key !== 'regionName').length;
  const asked = recogniseAsked(slot, said, profile, facts);
  if (asked.kind === 'filled') return doubtingEmail(told > 1 ? { ...facts, ...asked.facts } : asked.facts);
  return asked.kind === 'miss' && told > 1 ? doubtingEmail(facts) : asked;
}

/** An address that looks mistyped is offered back also when it came along with other answers. */
function doubtingEmail({ email, ...facts }: Profile): Recognition {
  if (email === undefined) return { kind: 'filled', facts };
  const { suggestion } = checkEmail(email);
  return suggestion === undefined
    ? { kind: 'filled', facts: { ...facts, email } }
    : { kind: 'suggestion', email: suggestion, facts };
}

function recogniseAsked(slot: Slot, said: string, profile: Profile, facts: Profile): Recognition {
  switch (slot) {
    case 'name':
      return filled({ name: facts.name ?? (isShort(said) ? normalisePersonName(said) : undefined) });
    case 'position':
      return filled({ position: withRest(said, facts.position) ?? describe(said) });
    case 'agency':
      return filled(agencyFacts(withRest(said, facts.agency) ?? describe(said)));
    case 'region':
      return recogniseRegion(said, profile);
    case 'email':
      return recogniseEmail(said);
    case 'phone':
      return filled({ phone: checkPhone(said) ?? facts.phone });
  }
}

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

export function regionFacts(region: Region): Profile {
  return { regionCode: region.code, regionName: regionTitle(region) };
}

/** Everything a text says about who wrote it. */
export function factsIn(said: string): Profile {
  const found = findIdentity(said);
  const region = found.region?.value;
  return {
    ...(found.name ? { name: found.name.value } : {}),
    ...(found.position ? { position: found.position.value } : {}),
    ...(found.agency ? { agency: found.agency.value } : {}),
    ...(region ? regionFacts(region) : {}),
    ...(found.email ? { email: found.email.value } : {}),
    ...(found.phone ? { phone: found.phone.value } : {}),
  };
}

/** A post or an office is whatever people call it, as long as it is words. */
function describe(said: string): string | undefined {
  return isShort(said) && /\p{L}{2}/u.test(said) ? said : undefined;
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
