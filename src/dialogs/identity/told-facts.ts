import type { Profile } from '../../models/conversation.js';
import { findIdentity, regionByCode, regionTitle, type Region } from '../../language/index.js';
import { SLOTS, type Slot } from './slots.js';

/** A longer text is a letter or a report: the names and places in it are those it is about. */
const LONGEST = 300;

/** What a message tells about the one who writes it. */
export function toldFacts(text: string): Profile {
  return text.length > LONGEST ? {} : factsIn(text);
}

/** Everything a text says about who wrote it, however long it is. */
export function factsIn(text: string): Profile {
  const found = findIdentity(text);
  const region = found.region?.value;
  const position = found.position?.value.replace(NOW, '');
  return {
    ...(found.name ? { name: found.name.value } : {}),
    ...(position ? { position } : {}),
    ...(found.agency ? { agency: found.agency.value } : {}),
    ...(region ? regionFacts(region) : {}),
    ...(found.email ? { email: found.email.value } : {}),
    ...(found.phone ? { phone: found.phone.value } : {}),
  };
}

/**
 * What a message that asks something tells about its writer. A place or an office alone may be what is asked about; beside
 * a name, a post or an address it is the writer's own.
 */
export function toldBeside(text: string): Profile {
  const facts = toldFacts(text);
  return (facts.name ?? facts.position ?? facts.email ?? facts.phone) === undefined ? {} : facts;
}

const NOW = /^(?:(?:sekarang|skrg|skrang|saya|now) )+/iu;

export function regionFacts(region: Region): Profile {
  return { regionCode: region.code, regionName: regionTitle(region) };
}

export function toldSlots(facts: Profile): Slot[] {
  return SLOTS.filter((slot) => (slot === 'region' ? facts.regionCode : facts[slot]) !== undefined);
}

/**
 * A known contact with what was just told. Another name means another person at the same phone: of the one before, only the
 * office is kept, to be confirmed.
 */
export function withTold(profile: Profile, told: Profile): Profile {
  if (profile.name === undefined || told.name === undefined) return withFacts(profile, told);
  if (samePerson(profile.name, told.name))
    return withFacts(profile, { ...told, name: longer(profile.name, told.name) });
  const { agency, regionCode, regionName } = profile;
  const office = {
    ...(agency === undefined ? {} : { agency }),
    ...(regionCode === undefined ? {} : { regionCode }),
    ...(regionName === undefined ? {} : { regionName }),
  };
  return { ...office, ...told };
}

/** A profile with changed facts; where the office was named by the former region, it is named by the new one. */
export function withFacts(profile: Profile, facts: Profile): Profile {
  const next = { ...profile, ...facts };
  const { agency } = profile;
  if (facts.regionCode === undefined || facts.agency !== undefined || agency === undefined) return next;
  const named = findIdentity(agency).region;
  const region = regionByCode(facts.regionCode);
  if (!named || !region || named.value.code !== profile.regionCode) return next;
  return {
    ...next,
    agency: `${agency.slice(0, named.span.start)}${region.name}${agency.slice(named.span.end)}`,
  };
}

/** "Siti" and "Siti Aminah", "Ir. Budi Santoso" and "Budi": one is called by the first name of the other. */
function samePerson(one: string, other: string): boolean {
  const [words, others] = [namesIn(one), namesIn(other)];
  return others.includes(words[0] ?? '') || words.includes(others[0] ?? '');
}

function namesIn(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter((word) => word !== '' && !word.includes('.'));
}

function longer(one: string, other: string): string {
  return other.length > one.length ? other : one;
}
