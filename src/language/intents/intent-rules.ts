import type { Intent } from '../types.js';

export interface IntentRule {
  intent: Intent;
  /** Matched against the plain words joined by blanks, with a blank at both ends. */
  pattern: RegExp;
  weight: number;
}

const VIDEO = '(?:vidcon|zoom|video|online|rapat online|video conference|video call)';
const APPOINTMENT =
  '(?:jadwal\\w*|janji|janjian|pertemuan|kunjungan|audiensi|vidcon|zoom|pesan\\w*|rapat|acara|appointment|meeting|visit)';

/** What decides by itself; finer shades are left to the examples. */
export const INTENT_RULES: readonly IntentRule[] = [
  {
    intent: 'reschedule',
    pattern:
      / reskedul | (?:jadwal|atur|jadwalkan) ulang | (?:undur|majukan|pindah|ganti|ubah|rubah|menggeser|mengubah|mengundur|memindahkan) (?:ke |hari|jadwal\w*|tanggal|jam|waktu|pertemuan|kunjungan|vidcon|zoom|audiensi|konsultasi|date)/,
    weight: 3,
  },
  {
    intent: 'reschedule',
    pattern: new RegExp(
      ` ${APPOINTMENT} (?:\\w+ ){0,4}(?:undur|majukan|pindah|ganti hari|ganti jam|ganti tanggal|diganti|diubah|dirubah) `,
    ),
    weight: 3,
  },
  {
    intent: 'reschedule',
    pattern:
      / (?:move|change|postpone|push|shift|delay) (?:\w+ ){0,3}(?:appointment|meeting|visit|jadwal|date|time|slot|call|zoom|vidcon|pesan) /,
    weight: 3,
  },
  {
    intent: 'cancel',
    pattern: new RegExp(
      ` batal (?:\\w+ ){0,3}${APPOINTMENT} | ${APPOINTMENT} (?:\\w+ ){0,4}batal | (?:tidak|tak) jadi `,
    ),
    weight: 3,
  },
  {
    intent: 'cancel',
    pattern: / (?:mau|ingin|mohon|tolong|minta|harus|terpaksa) (?:\w+ )?batal /,
    weight: 2.5,
  },
  {
    intent: 'ticket_status',
    pattern:
      / (?:status|progres|perkembangan|kelanjutan|tindak lanjut|update|kabar) (?:\w+ ){0,4}(?:tiket|konsultasi|pertanyaan|pengaduan|permohonan|laporan|request|djpk|saya|nomor|keberatan|surat) | (?:cek|lacak|track|check) (?:\w+ ){0,3}(?:tiket|status|pengaduan|permohonan) | djpk 20\d\d /,
    weight: 3,
  },
  {
    intent: 'ticket_status',
    pattern:
      / sudah sampai (?:mana|tahap|dimana) | sampai (?:mana|dimana) (?:\w+ ){0,4}(?:tiket|proses|pertanyaan|konsultasi|permohonan|pengaduan) | sudah (?:dijawab|diproses|ditindaklanjuti|direspon|ada jawaban) | kapan (?:\w+ ){0,3}dijawab /,
    weight: 2.5,
  },
  {
    intent: 'talk_to_agent',
    pattern:
      / (?:bicara|chat|hubungkan|sambungkan|panggil\w*|telepon|minta|mau|ingin|ketemu) (?:\w+ ){0,3}(?:petugas|manusia|orang|staf|person|someone) /,
    weight: 3,
  },
  {
    intent: 'talk_to_agent',
    pattern:
      / (?:bukan|jangan|not) (?:bot|robot|mesin|a bot|a robot) | (?:real|live|actual) (?:person|petugas|human) | orang (?:asli|beneran|betulan) /,
    weight: 2.5,
  },
  {
    intent: 'switch_language',
    pattern:
      / (?:bahasa|in|switch to|pakai|pake|use) (?:bahasa )?(?:inggris|indonesia) | bahasa inggris | inggris please | bahasa (?:lain|apa) | ganti bahasa | change bahasa /,
    weight: 3,
  },
  {
    intent: 'object',
    pattern: / keberatan | objection | (?:saya )?object (?:to|against) | sengketa informasi | banding /,
    weight: 2.6,
  },
  {
    intent: 'request_information',
    pattern:
      / ppid | informasi publik | permohonan informasi | public informasi | permintaan (?:data|informasi|salinan|dokumen) | (?:minta|meminta|memohon|mohon) (?:\w+ ){0,2}(?:data|salinan|dokumen|copy) | keterbukaan informasi | freedom of informasi /,
    weight: 2.6,
  },
  { intent: 'book_video', pattern: new RegExp(` ${VIDEO} `), weight: 2 },
  {
    intent: 'book_visit',
    pattern:
      / tatap muka | kunjungan | audiensi | luring | (?:datang|hadir|menghadap|bertemu|visit|come|meet) (?:\w+ ){0,3}(?:langsung|kantor|djpk|jakarta|gedung|pejabat|direktur|dirjen|office|in person|sana|kemenkeu|ruang|tempat) | konsultasi langsung | in person | face to face | visit | janji temu /,
    weight: 2,
  },
  {
    intent: 'complain',
    pattern:
      / komplain | pengaduan | mengadu | keluhan | mengeluh | kecewa | lapor (?:pungli|petugas|pelayanan) | melaporkan | protes | pungli | unacceptable | disappointed | (?:pelayanan|layanan|petugas|respon|jawaban) (?:\w+ ){0,3}(?:lambat|lama|buruk|parah|mengecewakan|kasar|tidak ramah|tidak sopan|payah) /,
    weight: 2.6,
  },
  {
    intent: 'suggest',
    pattern: / saran | masukan | suggest | kritik | feedback | sebaiknya | alangkah baiknya | ada baiknya /,
    weight: 2.4,
  },
  {
    intent: 'service_info',
    pattern:
      / jam (?:buka|kerja|layanan|operasional|pelayanan|berapa buka|tutup) | buka (?:jam|hari|sampai) | alamat | lokasi | (?:biaya|gratis|berbayar|bayar|free|cost|fee) | syarat | (?:layanan|service|services) apa | apa saja layanan | office hours | opening hours | cara menghubungi | nomor (?:telepon|telp|wa|whatsapp|call center) | standar (?:layanan|pelayanan) | hari libur | parkir /,
    weight: 2,
  },
  {
    intent: 'consult',
    pattern:
      / konsultasi | (?:mau|ingin|numpang|izin|ijin|boleh|mohon) (?:\w+ )?(?:tanya|bertanya|menanyakan|nanya|penjelasan) | question | ask about /,
    weight: 1.6,
  },
  {
    intent: 'consult',
    pattern:
      / (?:dau|dak|dbh|dana desa|dana alokasi|dana bagi hasil|insentif fiskal|otsus|pdrd|pajak daerah|retribusi|sikd|omspan|pinjaman daerah|tkd|tkdd|hkpd|sipd|transfer ke daerah) /,
    weight: 1.2,
  },
  {
    intent: 'menu',
    pattern: / menu | pilihan (?:layanan|menu) | kembali ke awal | mulai (?:dari )?awal | main menu /,
    weight: 2,
  },
  { intent: 'thanks', pattern: / (?:terimakasih|terima kasih|thank|makasih|appreciate\w*) /, weight: 1.5 },
  {
    intent: 'greet',
    pattern:
      /^ (?:(?:halo|salam|permisi|selamat (?:pagi|siang|sore|malam)|good (?:pagi|siang|malam)|pagi|siang|sore|malam|kak|pak|bu|min|bapak|ibu|petugas|djpk|dering|wr|wb|there|all|semua|mas|mbak|warahmatullahi|wabarakatuh|alaikum|swastiastu|om|test|tes|p|apa kabar|bapak ibu|kakak|tim) )+$/,
    weight: 3,
  },
];
