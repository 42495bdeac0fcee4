import { tokenise, type Token } from '../text/tokens.js';
import { REGION_NAMES, isLevelWord } from '../regions/region-names.js';
import type { Found, Span } from '../types.js';
import { AGENCY_HEADS, POSITION_HEADS } from './identity-words.js';
import { isOfWriter } from './self-reference.js';
import { isInflected, isVillageFund } from './word-shapes.js';

const MOST_WORDS = 7;
/** "Badan Pengelola Keuangan" is an office, not a position. */
const NAMED_OFFICES = new Set(['badan', 'dinas', 'kantor', 'biro']);
/** "Kepala Dinas PMD": the office has a name. */
const GENERIC_OFFICES = new Set(['dinas', 'badan', 'kantor']);
const LINKS = new Set(['dan', 'and']);
const SHORTENED = new Set(['plt', 'plh', 'pj', 'pjs', 'sub']);
const BREAK = /[,;:.()\n!?|]|\s-\s/;
/** Heads of an office ("Kepala Dinas ...") take the office into the position. */
const OFFICE_FOLLOWS = new Set([
  'kepala',
  'sekretaris',
  'direktur',
  'wakil',
  'plt',
  'plh',
  'pj',
  'pjs',
  'ketua',
  'anggota',
  'asisten',
  'head',
  'director',
  'kadis',
  'kaban',
  'sekdis',
  'kadin',
]);
const ENGLISH_HEADS = new Set([
  'head',
  'secretary',
  'director',
  'manager',
  'member',
  'chair',
  'chairman',
  'deputy',
]);
const ENDS = new Set(
  'now currently sekarang on di pada dari dr ti saking atas an email e hp wa no nomor telp telepon tlp kontak nip nama instansi inst opd satker skpd alamat mau ingin pengen untuk utk yang yg saya sy kami mohon bisa dengan dgn at of from in kab kabupaten kota provinsi prov pemkab pemkot pemprov pemko pemda ini itu my i want wants would was is has me us about asked for with by not very kami kita saya ada asli tolong bukan ya juga sudah belum akan tidak gak ga kalau apakah bagaimana mau minta hendak lalu terus karena dong deh pak bu min kak mohon tanya selalu berencana bermaksud who please'.split(
    ' ',
  ),
);
const LABEL =
  /(?:(?:jabatan|jbtn|jbt|jab)(?:\s+(?:saya|sy|sekarang))*|posisi|position|selaku|sebagai|sbg|as an?|as the|i am (?:the|an?)|i'm (?:the|an?))\s*(?:adalah|sebagai|is|:|=|-)?\s*/giu;
/** Words that begin a position but mean something else without more: "anggota keluarga", "admin tolong". */
const WEAK_HEADS = new Set([
  'admin',
  'operator',
  'anggota',
  'tenaga',
  'pejabat',
  'kepala',
  'member',
  'officer',
  'asisten',
  'pengawas',
  'karo',
  'kaur',
  'sekretariat',
  'setda',
  'pelaksana',
  'pengelola',
  'ppk',
  'wakil',
  'koordinator',
  'penata',
]);

/** The position someone gives: "Kabid Anggaran", "Kepala BPKAD", "Analis Keuangan". */
export function findPosition(text: string, person?: Span): Found<string> | undefined {
  const head = text.slice(0, 1500);
  return labelled(head) ?? unlabelled(head, person);
}

function labelled(text: string): Found<string> | undefined {
  for (const match of text.matchAll(LABEL)) {
    const from = match.index + match[0].length;
    const tokens = tokenise(text.slice(from, from + 120)).map((t) => ({
      ...t,
      start: t.start + from,
      end: t.end + from,
    }));
    const first = tokens[0];
    if (first?.start !== from || ENDS.has(first.norm)) continue;
    const isLabel = /^(?:jab|jbt|posisi|position)/i.test(match[0]);
    if (!isLabel && !POSITION_HEADS.has(first.norm)) continue;
    return readAt(text, tokens, 0, 0.93);
  }
  return undefined;
}

function unlabelled(text: string, person: Span | undefined): Found<string> | undefined {
  const tokens = tokenise(text);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined || !POSITION_HEADS.has(token.norm)) continue;
    if (NAMED_OFFICES.has(tokens[i - 1]?.norm ?? '')) continue;
    const found = readAt(text, tokens, firstWord(tokens, i), 0.85);
    const isShort = found !== undefined && !found.value.includes(' ');
    if (found === undefined || (isShort && WEAK_HEADS.has(token.norm) && !standsAlone(tokens, i, person)))
      continue;
    if (ADJECTIVES.has(token.norm) && !POSITION_HEADS.has(tokens[i + 1]?.norm ?? '')) continue;
    if (
      !isOfWriter(text, found.span.start, SELF, [person]) ||
      actsAsSubject(text, token.start, found.span.end)
    )
      continue;
    return found;
  }
  return undefined;
}

/** "Regional Secretary", "Acting Head": nothing alone. */
const ADJECTIVES = new Set('regional acting vice chief senior kuasa'.split(' '));

/** "Finance officer": English puts first what the post is about. */
function firstWord(tokens: readonly Token[], at: number): number {
  return MODIFIED.has(tokens[at]?.norm ?? '') && MODIFIERS.has(tokens[at - 1]?.norm ?? '') ? at - 1 : at;
}
const MODIFIED = new Set('officer analyst director manager staff secretary planner treasurer'.split(' '));
const MODIFIERS = new Set(
  'finance budget tax planning treasury accounting village audit program district'.split(' '),
);

/** "Budi, PPK Dinas Pendidikan": the writer's name before and an office behind make a weak word a title. */
function standsAlone(tokens: readonly Token[], at: number, person: Span | undefined): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  const follows = person !== undefined && token !== undefined && isJustAfter(token.start, person);
  return follows && next !== undefined && (AGENCY_HEADS.has(next.norm) || isLevelWord(next.norm));
}

function isJustAfter(start: number, person: Span): boolean {
  return start >= person.end && start - person.end <= 3;
}

const SELF = new Set(
  'saya sy abdi kulo kula ambo ulun sya aku kami kita selaku sebagai sbg ini jabatan sekarang menjabat adalah am a as im'.split(
    ' ',
  ),
);
const ACTS =
  /^\s+(?:kami|kita|our|mau|ingin|akan|hendak|berencana|bermaksud|berkenan|berhalangan|ada|tidak|sudah|belum|minta|mohon|would|wants?|will|was|is|has|asked|told|said|never|not)(?![\p{L}])/iu;

/** "Bupati kami mau audiensi", "the officer was rude": someone else who does something. */
function actsAsSubject(text: string, start: number, end: number): boolean {
  if (
    /(?:saya|sy|sya|aku|selaku|sebagai|sbg|i am|i'm)\s+(?:adalah\s+|the\s+|an?\s+)?$/i.test(
      text.slice(Math.max(0, start - 20), start),
    )
  )
    return false;
  if (/yth\.?\s*(?:bapak|ibu|bpk\.?|sdr\.?)?\s*$/i.test(text.slice(Math.max(0, start - 16), start)))
    return true;
  const after = text.slice(end, end + 24);
  return ACTS.test(after) || isInflected(tokenise(after)[0]?.norm ?? '');
}

function readAt(
  text: string,
  tokens: readonly Token[],
  at: number,
  confidence: number,
): Found<string> | undefined {
  const first = tokens[at];
  if (first === undefined) return undefined;
  let last = first;
  const takesOffice = OFFICE_FOLLOWS.has(first.norm);
  let hasOffice = false;
  for (let i = at + 1; i < tokens.length && i < at + MOST_WORDS; i++) {
    const token = tokens[i];
    if (token === undefined || breaksOff(text, last, token)) break;
    const isOf = token.norm === 'of' && i === at + 1 && ENGLISH_HEADS.has(first.norm);
    if (ENDS.has(token.norm) && !isOf) break;
    if (LINKS.has(token.norm) && !continues(tokens[i + 1])) break;
    if (endsTitle(token, last)) break;
    if (AGENCY_HEADS.has(token.norm) && !isVillageFund(last, token)) {
      const isNamedMore = GENERIC_OFFICES.has(last.norm) && token.norm !== last.norm;
      if (!takesOffice || (hasOffice && !isNamedMore)) break;
      hasOffice = true;
    }
    last = token;
  }
  return {
    value: text.slice(first.start, last.end),
    span: { start: first.start, end: last.end },
    confidence,
  };
}

/** "Wakil Bupati" holds a word that also names a level; "kaur keuangan desa Sukamaju" ends before its village. */
function endsTitle(token: Token, last: Token): boolean {
  if (isLevelWord(token.norm)) return !POSITION_HEADS.has(token.norm);
  if (VILLAGES.has(token.norm)) return !OF_VILLAGES.has(last.norm) && !isVillageFund(last, token);
  return VILLAGES.has(last.norm) || REGION_NAMES.has(token.norm) || isInflected(token.norm);
}
const VILLAGES = new Set('desa kelurahan kecamatan kec kel nagari gampong kampung pekon distrik'.split(' '));
const OF_VILLAGES = new Set(
  'kepala sekretaris perangkat pendamping aparat bendahara operator staf'.split(' '),
);

/** "Plt. Kepala" goes on over its dot. */
function breaksOff(text: string, last: Token, token: Token): boolean {
  const between = text.slice(last.end, token.start);
  return BREAK.test(between) && !(/^\. ?$/.test(between) && SHORTENED.has(last.norm));
}

function continues(next: Token | undefined): boolean {
  return next !== undefined && !ENDS.has(next.norm) && !AGENCY_HEADS.has(next.norm) && !/\d/.test(next.norm);
}
