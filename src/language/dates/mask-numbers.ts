const MONTHS = /^(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)$/;
const SCHEDULE_WORD =
  /^(?:hari|tanggal|pukul|jam|senin|selasa|rabu|kamis|jumat|sabtu|minggu|wib|wita|wit|s|d)$|\d(?:s|d)$/;
const FILL = '#';

/** Kinds of numbers that look like dates or hours and are none. Each expression is free of nested repetition. */
const NOT_DATES: readonly RegExp[] = [
  /\S{1,80}@\S{1,80}/g,
  /(?:https?:\/\/|www\.)\S{1,200}/g,
  /\bdjpk-\d{4}-\d{1,8}/g,
  /\b(?:nip|nik|npwp|nrp|rek|rekening|ktp|id)\b[ .:]{0,3}\d[\d .-]{6,28}\d/g,
  /\(\d\d{2,3}\) ?\d[\d -]{4,9}\d/g,
  /\+?\b(?:62|0)[ -]?\d{2,3}(?:[ .-]?\d{3,4}){1,2}[ .-]?\d{1,5}\b/g,
  /\b\d{8} \d{6} \d \d{3}\b/g,
  /\d{7,}/g,
  /\brp\.? ?\d[\d.,]{0,24}(?: ?(?:juta|jt|miliar|milyar|m|triliun|t|ribu|rb|k)\b)?/g,
  /\b\d[\d.,]{0,20} ?(?:juta|jt|miliar|milyar|triliun|ribu|rb|rupiah|persen|perse|%)/g,
  /\b(?:pasal|ayat|huruf|bab|lampiran|halaman|hal|butir|angka|poin|point|bagian|paragraf|lantai|lt|ruang|blok|rt|rw|gedung|tahap|triwulan|tw|semester|kav|kolom|baris|nomor urut)[ .]{0,2}\(?\d{1,4}[a-z]?\)?(?!\d)/g,
  /\b(?:pmk|kmk|uu|pp|perpres|perpu|perppu|permen[a-z]{0,10}|kepmen[a-z]{0,10}|keppres|inpres|perda|perbup|perwal[a-z]{0,3}|pergub|se|kepdirjen|perdirjen|kep|nd|peraturan|keputusan|undang-undang|surat edaran)(?: [a-z]{2,10})?[ .:-]{0,2}(?:(?:nomor|no|nmr)[ .:]{0,3})?\d[\d.a-z]{0,10}(?:\/[\w.]{1,12}){0,4}(?: tahun \d{4})?/g,
  /\b(?:nomor|no|nmr|num)[ .:]{0,3}\d[\w.]{0,12}(?:[/-][\w.]{1,14}){0,6}(?: tahun \d{4})?/g,
  /\b(?:tahun|ta|t\.a\.?|anggaran|apbd|apbn|dau|dak|dbh|skor|versi|kode)[ .]{0,2}\d{4}(?:[/-]\d{4})?/g,
  /\b\d{4}\/\d{4}\b/g,
  /\b\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,2})?\b/g,
];
const SLASHED = /[\w.-]{1,20}(?:\/[\w.-]{1,20}){1,8}/g;

/** Blanks out regulation numbers, amounts, articles, phone and identity numbers; the length stays. */
export function maskNumbers(text: string): string {
  let masked = text;
  for (const pattern of NOT_DATES) masked = masked.replace(pattern, (found) => FILL.repeat(found.length));
  return masked.replace(SLASHED, (found) => (isReference(found) ? FILL.repeat(found.length) : found));
}

/** "900/123/BPKAD/2026" is the number of a letter; "10/maret/2026", "s/d", "Rabu/11 Maret" and "jam 9/10" are not. */
function isReference(text: string): boolean {
  if (!/\d/.test(text)) return false;
  const parts = text.split('/');
  const lettered = parts.filter((part) => /[a-z]/.test(part));
  if (lettered.length > 0) return !lettered.every((part) => MONTHS.test(part) || SCHEDULE_WORD.test(part));
  return parts.length > 3 || parts.some((part) => /^\d{3}$/.test(part));
}
