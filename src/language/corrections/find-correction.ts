import { findDates } from '../dates/find-dates.js';
import { findAgency } from '../identity/find-agency.js';
import { findIdentity } from '../identity/find-identity.js';
import { normalisePersonName } from '../identity/normalise-person-name.js';
import { plainWords } from '../text/plain-words.js';
import type { LanguageContext, Region } from '../types.js';

export type CorrectedSlot =
  'name' | 'position' | 'agency' | 'region' | 'email' | 'phone' | 'topic' | 'question' | 'date' | 'time';

export interface Correction {
  slot: CorrectedSlot;
  /** The new value where the message gives one: a date in ISO, a time as `10:00`, a phone in E.164. */
  value?: string;
  /** The regions the new words fit; several are to be asked about. */
  regions?: Region[];
}

/** A correction is short; what is longer and says "salah" is a question about something that went wrong. */
const MOST_WORDS = 16;
const MARKER =
  / (?:salah|keliru|ganti|diganti|ubah|diubah|rubah|dirubah|ralat|koreksi|dikoreksi|perbaiki|diperbaiki|betulkan|dibetulkan|benarkan|benerin|betulin|typo|harusnya|seharusnya|maksudnya|maksud|edit|diedit|update|revisi|wrong|change|correct|incorrect|mistake|replace|instead|bukan|yang benar) /;
const SLOT_WORDS: readonly [CorrectedSlot, RegExp][] = [
  ['email', / (?:e ?mail|surel|email(?:nya|ku)|alamat email) /],
  [
    'phone',
    / (?:hp|hpnya|wa|wanya|whatsapp|telepon|teleponnya|telp|tlp|handphone|ponsel|nomornya|nomor(?! surat| tiket)|phone|mobile) /,
  ],
  ['name', / (?:nama|namanya|namaku|name|gelar|gelarnya) /],
  ['position', / (?:jabatan|jabatannya|posisi|posisinya|position|job title) /],
  ['agency', / (?:instansi|instansinya|kantor|kantornya|dinasnya|unit kerja|agency|office|lembaga) /],
  [
    'region',
    / (?:daerah|daerahnya|wilayah|wilayahnya|kabupatennya|kotanya|provinsinya|kabupaten|kota|provinsi|region|asal) /,
  ],
  ['topic', / (?:topik|topiknya|topic|tema|temanya) /],
  ['question', / (?:pertanyaan|pertanyaannya|isi pesan|pesan saya|question) /],
  ['date', / (?:tanggal|tanggalnya|harinya|hari|date|day) /],
  ['time', / (?:jam|jamnya|waktu|waktunya|pukul|time) /],
];
const NEW_VALUE =
  /(?:\bjadi(?:nya)?|menjadi|(?:se)?harusnya|yang benar(?:nya)?(?: adalah)?|yg (?:benar|bener|betul)|maksud(?:nya| saya)|tapi|tetapi|melainkan|should be|to|it's|:|=)\s+([^\n]{1,100})$/i;

/**
 * What a message takes back, and what it puts in its place: "eh emailnya salah", "ganti nama", "bukan Bandung tapi
 * Bandung Barat". undefined when it corrects nothing; whether the slot is one of the open form is for the dialog to see.
 */
export function findCorrection(text: string, context: LanguageContext): Correction | undefined {
  if (text.length > 200) return undefined;
  const words = plainWords(text);
  const joined = ` ${words.join(' ')} `;
  if (words.length > MOST_WORDS || !MARKER.test(joined)) return undefined;
  const given = valuesIn(text, context);
  const slot = namedSlot(joined) ?? slotOfValue(given);
  if (slot === undefined || !speaksOfSelf(joined, slot, given)) return undefined;
  const value = given.values[slot];
  return {
    slot,
    ...(value === undefined ? {} : { value }),
    ...(slot === 'region' && given.regions.length > 0 ? { regions: given.regions } : {}),
  };
}

interface GivenValues {
  values: Partial<Record<CorrectedSlot, string>>;
  regions: Region[];
}

function valuesIn(text: string, context: LanguageContext): GivenValues {
  const identity = findIdentity(text);
  const dates = findDates(text, context);
  const after = NEW_VALUE.exec(text)?.[1]?.trim();
  const regions = identity.regions?.value ?? (identity.region === undefined ? [] : [identity.region.value]);
  const name = after === undefined ? undefined : normalisePersonName(after);
  const agency =
    after === undefined ? identity.agency?.value : (findAgency(after)?.value ?? identity.agency?.value);
  const found: GivenValues['values'] = {};
  const put = (slot: CorrectedSlot, value: string | undefined): void => {
    if (value !== undefined) found[slot] = value;
  };
  put('name', name);
  put('position', after ?? identity.position?.value);
  put('agency', agency);
  put('region', regions.length === 1 ? regions[0]?.name : undefined);
  put('email', identity.email?.value);
  put('phone', identity.phone?.value);
  put('date', dates.date?.value);
  put('time', dates.time?.value);
  return { values: found, regions };
}

function namedSlot(joined: string): CorrectedSlot | undefined {
  return SLOT_WORDS.find(([, pattern]) => pattern.test(joined))?.[0];
}

/** Without a slot's name the kind of value tells: an address, a number, a place, a day. */
function slotOfValue({ values, regions }: GivenValues): CorrectedSlot | undefined {
  if (values.email !== undefined) return 'email';
  if (values.phone !== undefined) return 'phone';
  if (regions.length > 0) return 'region';
  if (values.date !== undefined) return 'date';
  if (values.time !== undefined) return 'time';
  return undefined;
}

/** "jadwal kami salah hari?" asks; "bukan" alone corrects only where something stands in its place. */
function speaksOfSelf(joined: string, slot: CorrectedSlot, given: GivenValues): boolean {
  const onlyNot = joined.includes(' bukan ') && !MARKER.test(joined.replace(/ bukan /g, ' '));
  if (onlyNot) return given.values[slot] !== undefined || given.regions.length > 0;
  return !/ (?:kenapa|bagaimana|apakah|why|how) /.test(joined);
}
