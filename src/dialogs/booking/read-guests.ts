import { beginsWithPost, isPersonName, normalisePersonName, splitPost } from '../../language/index.js';
import type { Guest } from '../../models/appointment.js';

export type NamedGuest = Omit<Guest, 'id'>;

/** More lines than this are no list of guests. */
const MOST = 12;

/**
 * Guests as people write them: "Sari Contoh, Kabid Anggaran dan Budi Contoh (Kasubbag)", one in a line, numbered or not,
 * or "saya, pak Budi Contoh kasubbag, bu Tini Contoh staf" all in one.
 * @param self the asker, where a line says "saya sendiri"
 */
export function readGuests(text: string, self: NamedGuest): NamedGuest[] {
  return text
    .split(LINES)
    .flatMap((line) => splitAtCommas(line))
    .flatMap((line) => splitAtAddress(line))
    .map((line) => line.replace(/^[\s\d.)•*-]+/u, '').replace(/[\s.,;]+$/u, ''))
    .filter((line) => /\p{L}{2}/u.test(line))
    .slice(0, MOST)
    .map((line) => (SELF.test(line.split(',')[0]?.trim() ?? '') ? self : readGuest(line)));
}

const ADDRESS = '(?:pak|bapak|bpk|bu|ibu|sdr|sdri|saudara|saudari)\\b\\.?';

const LINES = new RegExp(
  `\\n|;|(?<=[\\p{L}).]),? (?:[Dd]an|[Ss]erta|[Aa]nd|&|[Ss]ama|[Dd]engan|[Dd]gn) (?=\\p{Lu}|${ADDRESS} |saya\\b|sy\\b|me\\b|i\\b)|(?<=^(?:saya|sy|aku)) (?:dan|sama|dengan|dgn|serta) `,
  'u',
);

const BEGINS = new RegExp(`^(?:saya|sy|aku|${ADDRESS})(?:\\s|$)`, 'iu');

/** A comma parts two people where a new one begins behind it, and else a name from its position or degree. */
function splitAtCommas(line: string): string[] {
  const people: string[] = [];
  for (const part of line.split(',')) {
    const before = people.at(-1);
    if (before === undefined || beginsPerson(part.trim(), before.trim())) people.push(part);
    else people[people.length - 1] = `${before},${part}`;
  }
  return people;
}

function beginsPerson(part: string, before: string): boolean {
  if (SELF.test(before) && (BEGINS.test(part) || !beginsWithPost(part))) return true;
  if (beginsWithPost(part)) return false;
  return BEGINS.test(part) || splitPost(part) !== undefined;
}

/** "saya pak Budi Contoh kasubbag bu Tini Contoh staf": no comma at all. */
function splitAtAddress(line: string): string[] {
  const people: string[] = [];
  for (const part of line.split(NEXT_ADDRESS)) {
    const before = people.at(-1);
    const whole = before !== undefined && (SELF.test(before.trim()) || splitPost(before) !== undefined);
    if (before === undefined || (whole && !beginsWithPost(part))) people.push(part);
    else people[people.length - 1] = `${before} ${part}`;
  }
  return people;
}

const NEXT_ADDRESS = new RegExp(` (?=${ADDRESS} \\p{L})`, 'iu');

const SELF =
  /^(?:(?:hanya|cuma|cukup|only|just)\s+)?(?:saya|sy|aku|me|myself|i)(?:\s+(?:sendiri|saja|aja|sendirian|myself|only|alone))*$/iu;

function readGuest(line: string): NamedGuest {
  const [, named, post] = POST.exec(line) ?? [];
  const { name, position } = (post === undefined ? splitPost(line) : undefined) ?? {
    name: named ?? line,
    position: post,
  };
  const said = position?.replace(/[)\s]+$/u, '').trim();
  return guestOf(normalisePersonName(name) ?? name, said === '' || said === undefined ? null : said);
}

/** "Sari Contoh, S.E., Kabid": a degree belongs to the name. */
const POST =
  /^(.+?(?:,\s*(?:(?:S|M|Drs?|Dra|A)\.?[\p{L}. ]{0,8}\.[\p{L}.]{0,6}|Ph\.?D|MM|SE|ST|SH|MSi|M\.Si))*)(?:\s*,\s*|\s*\(\s*|\s+[-–—:]\s+|\s+(?:selaku|sebagai|jabatan|as)\s+)(.+)$/iu;

/** False for questions, sentences, dates, and a position without a name. */
export function isGuest({ name }: NamedGuest, self: NamedGuest): boolean {
  return name === self.name || (isPersonName(name) && !NO_NAME.test(name));
}

const NO_NAME =
  /^(?:konfirmasi|confirm|setuju|jadwal|kunjungan|semua|orang|tamu|rombongan|tim|staf+|kami|kita)\b/iu;

export function guestOf(name: string, position: string | null): NamedGuest {
  const clean = name
    .replace(/^(?:(?:nama|tamu|bapak|pak|ibu|bu|sdr|sdri|mr|mrs|ms)\b[.:]?\s+)+/iu, '')
    .trim();
  return { name: clean, position, isHead: isHead(position ?? clean) };
}

/** R-C5: gubernur, bupati, wali kota, or chair of the DPRD; not their deputies or staff. */
export function isHead(position: string): boolean {
  return HEAD.test(position.trim());
}

const HEAD =
  /^(?:bapak |ibu |pak |bu |yth\.? )*(?:(?:plt|plh|pj|pjs|penjabat|pelaksana tugas|acting)\.? )?(?:gubernur|bupati|wali ?kota|walikota|ketua dprd|governor|regent|mayor|(?:chair\w*|speaker) of the (?:dprd|council))\b/iu;
