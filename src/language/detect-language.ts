import { tokenise } from './text/tokens.js';

/** Function words that only one of the two languages has; content words are shared too often ("email", "data"). */
const INDONESIAN = new Set(
  'saya sy sya aku kami kita anda kamu bapak ibu pak bu yang yg dan atau di ke dari dr untuk utk dengan dgn dg pada ini itu tidak tdk gak ga nggak ngga bukan belum sudah sdh udah akan mau ingin bisa boleh apa apakah bagaimana gimana gmn kapan dimana mana siapa berapa kenapa mengapa mohon tolong minta terima kasih makasih selamat pagi siang sore malam besok lusa hari tanggal tgl jam pukul batal kembali petugas bantuan selesai ada juga aja saja dong deh kok kan sih nih ya iya baik lagi nanti karena tapi tetapi jika kalau kalo klo agar supaya oleh seperti dalam sebagai tentang soal terkait perihal mengenai halo hai assalamualaikum jadwal konsultasi daerah kab kabupaten kota nama jabatan instansi dana ganti ubah lewati ulangi salam permisi saran keluhan layanan surat kantor'.split(
    ' ',
  ),
);
const ENGLISH = new Set(
  'i you we they he she it my your our their me us the a an is are am was were be been do does did have has had will would can could should may might to of in on at for from with about and or not no yes please what how when where who which why this that these those want need like hello hi good morning afternoon evening thanks thank help talk speak tomorrow today yesterday next week english meeting question there if so but get make know any some'.split(
    ' ',
  ),
);

/** `undefined` when the words do not tell ("ok", a name, a number). */
export function detectLanguage(text: string): 'id' | 'en' | undefined {
  let [indonesian, english] = [0, 0];
  for (const { norm } of tokenise(text.slice(0, 600))) {
    if (INDONESIAN.has(norm)) indonesian++;
    if (ENGLISH.has(norm)) english++;
  }
  if (indonesian === english) return undefined;
  return indonesian > english ? 'id' : 'en';
}
