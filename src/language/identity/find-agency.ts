import { tokenise, type Token } from '../text/tokens.js';
import type { Found, Span } from '../types.js';
import { AGENCY_HEADS, POSITION_HEADS } from './identity-words.js';
import { isOfWriter } from './self-reference.js';
import { isInflected, isVillageFund } from './word-shapes.js';

const MOST_WORDS = 10;
const BREAK = /[,;:()\n!?|@]|\s-\s|\.\s*(?=\p{Lu})/u;
const ENDS = new Set(
  'di ke dari kok lewat via email e hp wa no nomor telp telepon tlp kontak nip nama jabatan sebagai selaku alamat mau ingin pengen untuk utk yang yg saya sy kami mohon bisa dengan dgn my i want would please tolong minta tanya bertanya and atau apakah bagaimana kapan sudah belum akan hendak ini itu bagian bidang perihal terkait soal tentang mengenai ada tidak menanyakan konsultasi as a is on in i we'.split(
    ' ',
  ),
);
/** Heads that say nothing alone: "badan", "kantor". */
const NEEDS_MORE = new Set([
  'dinas',
  'badan',
  'kantor',
  'biro',
  'pemerintah',
  'sekretariat',
  'kecamatan',
  'kelurahan',
  'finance',
  'agency',
  'office',
  'department',
  'ministry',
  'kementerian',
  'universitas',
  'pt',
  'cv',
  'yayasan',
  'pemda',
  'lsm',
  'desa',
  'nagari',
  'gampong',
  'kampung',
  'pekon',
  'univ',
  'opd',
  'skpd',
  'satker',
  'health',
  'education',
  'treasury',
  'bagian',
]);
const LEADS = new Set(
  'dari dr from di pada at of saya sy kami kita instansi inst kantor tim rombongan ti saking opd satker skpd unit kerja pegawai staf operator perwakilan komisi anggota the pns asn bendahara is adalah'.split(
    ' ',
  ),
);
const SHORTENED = new Set(['kab', 'kep', 'prov', 'kec', 'kel', 'adm', 'no']);

/** The office someone writes from: "BPKAD Kab. Gowa", "Dinas Pendidikan Provinsi Jawa Tengah". */
export function findAgency(
  text: string,
  known: readonly (Span | undefined)[] = [],
): Found<string> | undefined {
  const head = text.slice(0, 1500);
  const tokens = tokenise(head);
  /** "Kepala UPTD" names an office only where no other is named. */
  let withinTitle: Found<string> | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (
      token === undefined ||
      !isHead(head, token, tokens[i - 1]) ||
      tokens[i + 1]?.norm === token.norm ||
      ENGLISH_POSTS.has(tokens[i + 1]?.norm ?? '') ||
      head[token.start - 1] === '@' ||
      head[token.end] === '@'
    )
      continue;
    const end = readEnd(head, tokens, i);
    if (NEEDS_MORE.has(token.norm) && end === token.end) continue;
    const isPartOfPosition = known.some(
      (span) => span !== undefined && span.start < token.start && token.start < span.end,
    );
    if (
      !isPartOfPosition &&
      !isOfWriter(head, token.start, LEADS, known) &&
      !followsSection(head, token.start)
    )
      continue;
    if (/djpk/i.test(head.slice(token.start, end))) continue;
    const found = {
      value: head.slice(token.start, end),
      span: { start: token.start, end },
      confidence: 0.85,
    };
    if (!known.some((span) => span !== undefined && span.start < token.start && end <= span.end))
      return found;
    withinTitle ??= found;
  }
  return withinTitle;
}

/** "Saya bagian anggaran BPKAD": the section names itself before its office. */
function followsSection(text: string, start: number): boolean {
  return /(?:saya|sy|kami|dari|dr|,)\s+(?:bagian|bidang|seksi|subbag|tim|unit)\s+(?:\p{L}{2,20}\s+){0,3}$/iu.test(
    text.slice(Math.max(0, start - 60), start),
  );
}

/** "Finance officer" is a post, "Finance Agency" an office. */
const ENGLISH_POSTS = new Set('officer analyst director manager staff secretary planner'.split(' '));

/** "Bagian Keuangan Setda" is an office, "bagian keuangan" alone may be anything. */
const SECTION = /^bagian (?:\p{L}+ ){1,4}(?:pada |di )?(?:setda|sekretariat)(?!\p{L})/iu;

function isHead(text: string, token: Token, before: Token | undefined): boolean {
  if (AGENCY_HEADS.has(token.norm)) return !isVillageFund(before, token);
  return token.norm === 'bagian' && SECTION.test(text.slice(token.start, token.start + 80));
}

function readEnd(text: string, tokens: readonly Token[], at: number): number {
  let last = tokens[at];
  if (last === undefined) return 0;
  for (let i = at + 1; i < tokens.length && i < at + MOST_WORDS; i++) {
    const token = tokens[i];
    if (token === undefined || ENDS.has(token.norm) || /\d/.test(token.norm)) break;
    if (
      isInflected(token.norm) ||
      (POSITION_HEADS.has(token.norm) && !AGENCY_HEADS.has(token.norm) && i > at + 1)
    )
      break;
    const between = text.slice(last.end, token.start);
    if (
      BREAK.test(text.slice(last.end, token.start + 1)) &&
      !(between.startsWith('.') && SHORTENED.has(last.norm))
    )
      break;
    last = token;
  }
  return last.end;
}
