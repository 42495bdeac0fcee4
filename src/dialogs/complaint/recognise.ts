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

const ANONYMOUS =
  /\b(?:anonim\w*|anonymous\w*|tanpa (?:nama|identitas)|(?:jangan|tidak usah|gak usah) (?:pakai|sebut\w*) nama|rahasia\w* (?:nama|identitas)\w*|without (?:my )?name)\b/iu;
const NAMED =
  /\b(?:(?:dengan|pakai|pake|sertakan|cantumkan|sebutkan) (?:nama|identitas)\w*|with (?:my )?name|(?:tidak|bukan|jangan|gak|nggak) anonim|not anonymous\w*)\b/iu;

/** True for "anonim", false for "pakai nama saja". */
export function anonymityInWords(text: string): boolean | undefined {
  if (NAMED.test(text)) return false;
  return ANONYMOUS.test(text) ? true : undefined;
}

/** Words that ask for the form and say nothing of the matter. */
const REQUEST =
  /^(?:[^\p{L}]*\b(?:saya|sy|aku|kami|mau|ingin|hendak|pengen|bisa|boleh|izin|ijin|minta|mohon|tolong|kasih|ngasih|beri|memberi|memberikan|menyampaikan|sampaikan|nyampein|ajukan|mengajukan|buat|membuat|bikin|ada|punya|i|i'd|want|to|would|like|have|an?|the|make|file|give|send|some|can|komplain|complain|complaint|mengadu|ngadu|adu|mengadukan|aduan|pengaduan|keluhan|lapor|melapor|saran|masukan|usul|usulan|kritik|suggestions?|suggest|feedback|input|anonim|anonymous|anonymously|secara|tanpa|nama|sebuah|suatu|dong|ya|pak|bu|min|kak|nih|dulu|juga|dan|atau|and|or|my|halo|selamat|pagi|siang|sore|malam|please)\b[^\p{L}]*)+$/iu;

/** "Saya mau mengadu": the matter is still to come. */
export function isBareRequest(text: string): boolean {
  return text.length <= MAX_REQUEST && REQUEST.test(text.trim());
}

const MAX_REQUEST = 80;
