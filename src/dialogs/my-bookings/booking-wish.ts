/** What somebody wants with a booking they have. */
export type BookingWish = 'list' | 'move' | 'cancel' | 'late' | 'guests';

const LONGEST = 120;

const THING =
  '(?:jadwal\\w*|kunjungan\\w*|audiensi\\w*|janji\\w*|vi(?:con|dcon|deo)\\w*|zoom|konferensi\\w*|konfrens\\w*|pertemuan\\w*|booking\\w*|appointments?|visits?|meetings?|video conference|conference)';

const WISHES: readonly (readonly [BookingWish, RegExp])[] = [
  [
    'late',
    /\b(?:saya|kami|kita|akan|bakal|agak|sedikit|mungkin|rombongan|running|be|are|am|i'm|we're)\b.{0,20}\b(?:terlambat|telat|late)\b(?!.{0,40}\b(?:dijawab|balas\w*|transfer|salur\w*|lapor\w*|respon\w*)\b)|^(?:terlambat|telat)\b.{0,20}\b(?:menit|jam)\b/iu,
  ],
  [
    'guests',
    /\b(?:ganti|ubah|tambah|kurangi|perbarui|change|add|update|replace)\b.{0,20}\b(?:tamu\w*|peserta\w*|rombongan|guests?|visitors?)\b/iu,
  ],
  [
    'cancel',
    new RegExp(
      `\\b(?:batal\\w*|dibatalkan|membatalkan|cancel\\w*|call off)\\b.{0,30}\\b${THING}\\b|\\b${THING}\\b.{0,30}\\b(?:batal\\w*|dibatalkan|cancel\\w*)\\b`,
      'iu',
    ),
  ],
  [
    'move',
    new RegExp(
      `\\b(?:pindah\\w*|ganti|ubah|undur\\w*|mundur\\w*|geser|majukan|reschedule|re-?skedul|change|move|postpone)\\b.{0,25}\\b${THING}\\b|\\b${THING}\\b.{0,25}\\b(?:pindah\\w*|diganti|diubah|diundur|dimajukan|moved|changed)\\b|\\b(?:reschedule|reskedul|jadwal ulang)\\b`,
      'iu',
    ),
  ],
  [
    'list',
    /\b(?:jadwal|kunjungan|vicon|konferensi video|booking) (?:saya|kami|ku)\b|\b(?:my|our) (?:bookings?|appointments?|visits?|schedule)\b|^(?:lihat|cek) (?:jadwal|booking)\w*$/iu,
  ],
];

/** Reads "jadwal saya", "pindah jadwal", "batalkan kunjungan", "saya terlambat 15 menit", "ganti tamu". */
export function bookingWish(text: string): BookingWish | undefined {
  if (text.length > LONGEST) return undefined;
  return WISHES.find(([, words]) => words.test(text))?.[0];
}

/** "Saya terlambat 15 menit" and no more: where people write of their matter, much is late. */
export function saysLate(text: string): boolean {
  return /\b(?:terlambat|telat|late)(?: .{0,12}(?:menit|mnt|jam|min\w*))?[ .!]*$/iu.test(text);
}

/** "Batal saja kunjungannya", "ga jadi kunjungannya pak": what is being booked is given up. */
export function dropsBooking(text: string): boolean {
  if (text.length > LONGEST_DROP) return false;
  return NOT_AFTER_ALL.test(text.trim()) || bookingWish(text) === 'cancel';
}

const LONGEST_DROP = 60;
const NOT_AFTER_ALL = new RegExp(
  `^(?:(?:maaf|eh|pak|bu|min|kami|saya|sy)[ ,]+)*(?:(?:tidak|tdk|gak|ga|gk|nggak|ngga|enggak|ndak) (?:jadi|jd)|batal\\w*|cancel)(?:[ ,]+(?:deh|dulu|saja|aja|ya|pak|bu|min|maaf|datang|berkunjung|semua\\w*|ini|itu|${THING}))*[.! ]*$`,
  'iu',
);

/** "15 menit", "setengah jam", "satu jam", "1,5 jam". */
export function minutesIn(text: string): number | undefined {
  if (/\b(?:setengah jam|half an hour)\b/iu.test(text)) return 30;
  const [, amount, unit = ''] = AMOUNT.exec(text) ?? [];
  const said = amount ?? /^\D{0,12}(\d{1,3})\D{0,8}$/u.exec(text)?.[1] ?? '';
  const value = WORDS[said.toLowerCase()] ?? Number(said.replace(',', '.'));
  const minutes = Math.round(/^(?:jam|hour)/iu.test(unit) ? value * 60 : value);
  return minutes > 0 && minutes <= MOST_MINUTES ? minutes : undefined;
}

const AMOUNT =
  /(\d{1,3}(?:[.,]\d)?|\b(?:satu|se|an?|one|dua|two))\s*-?(jam|hours?|menit|mnt|min(?:ute)?s?)\b/iu;
const WORDS: Readonly<Record<string, number>> = { satu: 1, se: 1, a: 1, an: 1, one: 1, dua: 2, two: 2 };

/** Who comes later than that does not come. */
const MOST_MINUTES = 480;
