import { plainWords } from '../text/plain-words.js';
import type { LanguageContext, Region } from '../types.js';
import type { CorrectedSlot } from './corrected-slot.js';
import { correctedValues, type CorrectedValues } from './corrected-values.js';

export interface Correction {
  slot: CorrectedSlot;
  /** The new value where the message gives one: a date in ISO, a time as `10:00`, a phone in E.164. */
  value?: string;
  /** The regions the new words fit; several are to be asked about. Beside an agency: where it is. */
  regions?: Region[];
}

/** A correction is short; what is longer and says "salah" is a question about something that went wrong. */
const MOST_WORDS = 16;
const MARKER =
  / (?:salah|kesalahan|keliru|kebalik|terbalik|ganti(?! rugi)|diganti|ubah|diubah|rubah|dirubah|mengubah|mengganti|ralat|koreksi|dikoreksi|perbaiki|diperbaiki|betulkan|dibetulkan|benarkan|benerin|betulin|typo|harusnya|seharusnya|maksudnya|maksud|edit|diedit|update|revisi|wrong|change|correct|incorrect|misspelled|misspelt|mistake|mistyped|replace|instead|meant|should|yang benar|belum benar|tidak benar|kurang tepat) /;
/** "X bukan Y", "bukan X tapi Y": corrects only where something stands in the place of what is taken back. */
const CONTRAST = / (?:bukan|not|jangan) /;
const REPLACES = / (?:tapi|tetapi|melainkan|but|jadi) |(?:bukan|not|jangan)[^,]{1,60},/i;
/** "eh maaf, nama saya ...", "jabatan saya sekarang ...", "jamnya jadi ...": said anew. */
const ANEW = /^ (?:eh|oh|ups|oops|maaf|sori|sorry|aduh|waduh|wait|hmm|hm|ralat) /;
const NOW = / (?:sekarang|pindah|mutasi|now) /;
const BECOMES =
  / (?:\w+nya|\w+ saya|jam|tanggal|tgl) (?:jadi|menjadi) | (?:topik|tema)(?:nya)? (?!apa|saya apa)/;
const MORE = / (?:kurang|tambah|ditambah|menambah|tambahkan|lengkapi|dilengkapi) /;
/** "nama rekening di lampiran salah": something that went wrong elsewhere. */
const ELSEWHERE =
  / (?:di|pada|dalam|in the) (?:sk|lampiran|surat|aplikasi|sistem|pmk|kmk|sikd|omspan|sipd|dokumen|laporan|berkas|rekening|web|website|perda|lhp|daftar|kontrak|data) | nama (?:rekening|desa|kegiatan|aplikasi|bank|penerima|program|file|akun|sekolah|barang|paket) /;
const ASKS = / (?:kenapa|bagaimana|apakah|bolehkah|why|how|berapa) /;

const SLOT_WORDS: readonly [CorrectedSlot, RegExp][] = [
  ['email', / (?:e ?mail|surel|email(?:nya|ku)|alamat email) /],
  [
    'phone',
    / (?:hp|hpnya|wa|wanya|whatsapp|telepon|teleponnya|telp|tlp|handphone|ponsel|nomornya|nomor(?! surat| tiket)|phone|mobile) /,
  ],
  [
    'name',
    / (?:nama(?! (?:instansi|kantor|dinas|jabatan|daerah|kabupaten|kota|lembaga|opd))|namanya|namaku|name|gelar|gelarnya) /,
  ],
  ['position', / (?:jabatan|jabatannya|posisi|posisinya|position|job title) /],
  [
    'agency',
    / (?:instansi|instansinya|kantor|kantornya|dinasnya|opd|unit kerja|agency|office|lembaga|nama dinas) /,
  ],
  [
    'region',
    / (?:daerah|daerahnya|wilayah|wilayahnya|kabupatennya|kotanya|provinsinya|kabupaten|kota|provinsi|region|asal) /,
  ],
  ['topic', / (?:topik|topiknya|topic|tema|temanya) /],
  ['question', / (?:pertanyaan|pertanyaannya|isi pesan|pesan saya|question) /],
  ['date', / (?:tanggal|tanggalnya|harinya|hari|date|day) /],
  ['time', / (?:jam|jamnya|waktu|waktunya|pukul|time) /],
];
const TOPIC_WORDS =
  /\b(?:dau|dak|dbh|dana|insentif|otsus|otonomi khusus|pajak|retribusi|pinjaman|hibah|sikd|omspan|keistimewaan)\b/i;

/**
 * What a message takes back, and what it puts in its place: "eh emailnya salah", "ganti nama", "bukan Bandung tapi
 * Bandung Barat". undefined when it corrects nothing; whether the slot is one of the open form is for the dialog to see.
 */
export function findCorrection(text: string, context: LanguageContext): Correction | undefined {
  if (text.length > 200) return undefined;
  const words = plainWords(text);
  const joined = ` ${words.join(' ')} `;
  if (words.length > MOST_WORDS || !mayCorrect(joined)) return undefined;
  if (ASKS.test(joined) || ELSEWHERE.test(joined)) return undefined;
  const given = correctedValues(text, context);
  const slot = correctedSlot(text, joined, given);
  if (slot === undefined) return undefined;
  const value = given.values[slot];
  const hasRegions = given.regions.length > 0 && (slot === 'region' || slot === 'agency');
  return {
    slot,
    ...(value === undefined ? {} : { value }),
    ...(hasRegions ? { regions: given.regions } : {}),
  };
}

function mayCorrect(joined: string): boolean {
  return [MARKER, CONTRAST, ANEW, NOW, BECOMES, MORE].some((pattern) => pattern.test(joined));
}

function correctedSlot(text: string, joined: string, given: CorrectedValues): CorrectedSlot | undefined {
  const named = namedSlot(joined);
  const has = (slot: CorrectedSlot | undefined): boolean =>
    slot !== undefined &&
    (given.values[slot] !== undefined || (slot === 'region' && given.regions.length > 0));
  if (MARKER.test(joined)) return named ?? slotOfValue(given);
  if (BECOMES.test(joined) && (has(named) || named === 'topic')) return named;
  if (CONTRAST.test(joined)) return contrasted(text, named ?? slotOfValue(given), given);
  if (NOW.test(joined)) return slotOfOffice(joined, given);
  if (MORE.test(joined) && (named === 'question' || named === 'name')) return named;
  const isOfSelf = named !== undefined && named !== 'date' && named !== 'time';
  return ANEW.test(joined) && isOfSelf && has(named) && !text.includes('?') ? named : undefined;
}

/** Days and hours are often said no to without a correction ("bukan besok kan?"). */
function contrasted(
  text: string,
  slot: CorrectedSlot | undefined,
  given: CorrectedValues,
): CorrectedSlot | undefined {
  if (slot === undefined || (given.values[slot] === undefined && given.regions.length === 0))
    return undefined;
  const isLoose = slot === 'date' || slot === 'time' || slot === 'topic';
  return isLoose && !REPLACES.test(` ${text} `) ? undefined : slot;
}

/** "Saya sekarang Kabid di BPKAD Maros": a new post or a new office, of one who is already known. */
function slotOfOffice(joined: string, { values, identity }: CorrectedValues): CorrectedSlot | undefined {
  if (identity.name !== undefined || !/ (?:saya|kami|i|my|jabatan|instansi) /.test(joined)) return undefined;
  if (values.position !== undefined) return 'position';
  return values.agency === undefined ? undefined : 'agency';
}

function namedSlot(joined: string): CorrectedSlot | undefined {
  return SLOT_WORDS.find(([, pattern]) => pattern.test(joined))?.[0];
}

/** Without a slot's name the kind of value tells: an address, a number, an office, a place, a day. */
function slotOfValue({ values, regions }: CorrectedValues): CorrectedSlot | undefined {
  if (values.email !== undefined) return 'email';
  if (values.phone !== undefined) return 'phone';
  if (values.agency !== undefined && regions.length === 0) return 'agency';
  if (regions.length > 0) return 'region';
  if (values.date !== undefined) return 'date';
  if (values.time !== undefined) return 'time';
  return TOPIC_WORDS.test(values.topic ?? '') ? 'topic' : undefined;
}
