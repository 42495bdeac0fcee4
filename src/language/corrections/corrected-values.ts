import { findDates } from '../dates/find-dates.js';
import { findAgency } from '../identity/find-agency.js';
import { findIdentity, type Identity } from '../identity/find-identity.js';
import { findPosition } from '../identity/find-position.js';
import { normalisePersonName } from '../identity/normalise-person-name.js';
import type { LanguageContext, Region } from '../types.js';
import type { CorrectedSlot } from './corrected-slot.js';

export interface CorrectedValues {
  values: Partial<Record<CorrectedSlot, string>>;
  /** The regions the new words fit. */
  regions: Region[];
  /** All that the message says of its writer. */
  identity: Identity;
}

const NEW_VALUE =
  /(?:\bjadi(?:nya)?|menjadi|(?:se)?harusnya|yang (?:benar|bener|betul)(?:nya)?(?: adalah)?|(?:yg|yang) (?:benar|bener|betul|bnr)|maksud(?:nya| saya| sy| aku)|tapi|tp|tetapi|melainkan|should be|should read|i meant?|(?<=\bnot\b.{1,60})but|to|it's|:|=)\s+([^\n]{1,100})$/i;
const TAKEN_BACK = /[\s,.]+(?:bukan|bkn|not|instead of)(?![\p{L}]).*$/iu;
const COURTESY = /(?:[\s,.!]+(?:ya|saja|aja|pak|bu|dong|kak|min|mas|mbak|please|thanks|makasih))+[.!]*$/i;
const LEAD = /^(?:(?:adalah|sekarang|sebagai|itu|ialah|the|is|di|dari|kode|yaitu)\s+)+/i;

/** What a correction puts in the place of the old: read from behind "harusnya", "jadi", "tapi" where there is such a word. */
export function correctedValues(text: string, context: LanguageContext): CorrectedValues {
  const after = newWords(text);
  const identity = findIdentity(text);
  const better = after === undefined ? undefined : findIdentity(after);
  const regions = regionsOf(better) ?? regionsOf(identity) ?? [];
  const values = {
    ...(after === undefined ? toldOf(text) : namedBy(after, text)),
    region: regions.length === 1 ? regions[0]?.name : undefined,
    email: (better?.email ?? identity.email)?.value,
    phone: (better?.phone ?? identity.phone)?.value,
    ...dayOf(after, text, context),
  };
  return { values: withoutGaps(values), regions, identity };
}

type Values = Partial<Record<CorrectedSlot, string | undefined>>;

/** "Nama saya Siti Rohani, bukan Siti Rohana": what stands before the word that takes back. */
function toldOf(text: string): Values {
  const kept = text.replace(TAKEN_BACK, '');
  const { name, position, agency } = findIdentity(kept.trim() === '' ? text : kept);
  return { name: name?.value, position: position?.value, agency: agency?.value };
}

function namedBy(after: string, text: string): Values {
  return {
    name: normalisePersonName(after) ?? toldOf(text).name,
    position: findPosition(after)?.value ?? after,
    agency: findAgency(after)?.value ?? toldOf(text).agency,
    topic: after,
  };
}

function dayOf(after: string | undefined, text: string, context: LanguageContext): Values {
  const all = findDates(text, context);
  const better = after === undefined ? all : findDates(after, context);
  return { date: (better.date ?? all.date)?.value, time: (better.time ?? all.time)?.value };
}

function withoutGaps(values: Values): CorrectedValues['values'] {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}

function newWords(text: string): string | undefined {
  const after = NEW_VALUE.exec(text)?.[1];
  return after?.replace(TAKEN_BACK, '').replace(COURTESY, '').trim().replace(LEAD, '').trim();
}

function regionsOf(identity: Identity | undefined): Region[] | undefined {
  if (identity?.regions !== undefined) return identity.regions.value;
  return identity?.region === undefined ? undefined : [identity.region.value];
}
