import type { VoiceKind } from '../../models/ticket.js';

const KINDS: readonly (readonly [VoiceKind, RegExp])[] = [
  ['complaint', /\b(?:pengaduan\w*|aduan\w*|mengadu\w*|ngadu\w*|komplain\w*|keluhan\w*|complain\w*)\b/iu],
  ['suggestion', /\b(?:saran\w*|masukan\w*|usul\w*|suggest\w*|feedback|inputs?)\b/iu],
];

/** What kind the words name, if only one. */
export function kindInWords(text: string): VoiceKind | undefined {
  const named = KINDS.filter(([, words]) => words.test(text));
  return named.length === 1 ? named[0]?.[0] : undefined;
}

const NO = String.raw`(?:jangan|jgn|tidak|tdk|tak|ga|gak|gk|nggak|ngga|enggak|bukan)(?: usah| mau| ingin| perlu)?`;
const USE = '(?:(?:di)?(?:pakai|pake|sebut|cantum|serta)(?:kan|in)?)';
const NAME = String.raw`(?:nama|identitas)\w*`;
const ANONYMOUS = new RegExp(
  String.raw`\b(?:anonim\w*|anonymous\w*|tanpa ${NAME}|${NO} (?:dengan|${USE}) ${NAME}|rahasia\w* ${NAME}|without (?:my )?name)\b`,
  'iu',
);
const NAMED = new RegExp(
  String.raw`\b(?:(?<!\b${NO} )(?:dengan|${USE}) ${NAME}|with (?:my )?name|${NO} anonim|not anonymous\w*)\b`,
  'iu',
);

/** True for "anonim", false for "pakai nama saja". */
export function anonymityInWords(text: string): boolean | undefined {
  if (NAMED.test(text)) return false;
  return ANONYMOUS.test(text) ? true : undefined;
}

const WISH =
  '(?:mau|mo|mw|ingin|hendak|pengen|pgn|pingin|minta|mohon|tolong|izin|ijin|bisa|boleh|perlu|buat|bwt|membuat|bikin|(?:meng)?ajukan|(?:meny|s)ampaikan|want|wanna|like|need|make|file)';
const COMPLAIN = String.raw`(?:komplain\w*|komplen\w*|complain\w*|(?:meng|ng)?adu(?:kan|in)?|(?:peng)?aduan|keluhan|(?:me)?lapor(?:kan|in)?|protes|report)`;
const GREETING = String.raw`(?:(?:halo|hai|maaf|permisi|selamat|pagi|siang|sore|malam|pak|bu|min|kak|saya|kami)[^\p{L}]+)*`;
const NOT_MEANT = String.raw`(?<!\b(?:tidak|tdk|ga|gak|gk|nggak|ngga|enggak|bukan|bkn|jangan|not|don['’]?t) )`;
const ASKS = new RegExp(
  String.raw`${NOT_MEANT}\b${WISH}\s(?:\p{L}+\s){0,2}?${COMPLAIN}\b|^[^\p{L}]*${GREETING}${COMPLAIN}\b(?! (?:saya|sy|kami|aku|gue|gw|yang|yg|kemarin|kmrn|tadi)\b)`,
  'iu',
);

/** "Mau lapor", "komplain!": who says so wants to complain, however it is said. */
export function asksToComplain(text: string): boolean {
  return ASKS.test(text);
}

/** Words that ask for the form and say nothing of the matter. */
const REQUEST =
  /^(?:[^\p{L}]*\b(?:saya|sy|aku|kami|mau|ingin|hendak|pengen|bisa|boleh|izin|ijin|minta|mohon|tolong|kasih|ngasih|beri|memberi|memberikan|menyampaikan|sampaikan|nyampein|ajukan|mengajukan|buat|membuat|bikin|ada|punya|i|i'd|want|to|would|like|have|an?|the|make|file|give|send|some|can|komplain|complain|complaint|mengadu|ngadu|adu|mengadukan|aduan|pengaduan|keluhan|lapor|melapor|saran|masukan|usul|usulan|kritik|suggestions?|suggest|feedback|input|anonim|anonymous|anonymously|secara|tanpa|nama|sebuah|suatu|dong|ya|pak|bu|min|kak|nih|dulu|juga|dan|atau|and|or|my|halo|selamat|pagi|siang|sore|malam|please)\b[^\p{L}]*)+$/iu;

/** "Saya mau mengadu": the matter is still to come. */
export function isBareRequest(text: string): boolean {
  return text.length <= MAX_REQUEST && REQUEST.test(text.trim());
}

const MAX_REQUEST = 80;
