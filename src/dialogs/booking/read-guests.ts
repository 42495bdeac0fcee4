import type { Guest } from '../../models/appointment.js';

export type NamedGuest = Omit<Guest, 'id'>;

/** More lines than this are no list of guests. */
const MOST = 12;

/**
 * Guests as people write them: "Sari Contoh, Kabid Anggaran dan Budi Contoh (Kasubbag)", one in a line, numbered or not.
 * @param self the asker, where a line says "saya sendiri"
 */
export function readGuests(text: string, self: NamedGuest): NamedGuest[] {
  return text
    .split(/\n|;|(?<=[\p{L}).]) (?:dan|serta|and|&) (?=\p{Lu}|saya\b|me\b|i\b)/u)
    .map((line) => line.replace(/^[\s\d.)•*-]+/u, '').replace(/[\s.,;]+$/u, ''))
    .filter((line) => /\p{L}{2}/u.test(line))
    .slice(0, MOST)
    .map((line) => (SELF.test(line) ? self : readGuest(line)));
}

const SELF =
  /^(?:(?:hanya|cuma|cukup|only|just)\s+)?(?:saya|sy|aku|me|myself|i)(?:\s+(?:sendiri|saja|aja|sendirian|myself|only|alone))*$/iu;

function readGuest(line: string): NamedGuest {
  const [, name, position] = POST.exec(line) ?? [];
  const said = position?.replace(/[)\s]+$/u, '').trim();
  return guestOf(name ?? line, said === '' || said === undefined ? null : said);
}

/** "Sari Contoh, S.E., Kabid": a degree belongs to the name. */
const POST =
  /^(.+?(?:,\s*(?:(?:S|M|Drs?|Dra|A)\.?[\p{L}. ]{0,8}\.[\p{L}.]{0,6}|Ph\.?D|MM|SE|ST|SH|MSi|M\.Si))*)(?:\s*,\s*|\s*\(\s*|\s+[-–—:]\s+|\s+(?:selaku|sebagai|jabatan|as)\s+)(.+)$/iu;

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
