/** One question of the intake that every stack runs. */
export interface Step {
  field: string;
  ask: string;
  accepts?: RegExp;
  retry?: string;
}

export const STEPS: readonly [Step, ...Step[]] = [
  { field: 'name', ask: 'Siapa nama lengkap Bapak/Ibu?' },
  { field: 'position', ask: 'Apa jabatan Bapak/Ibu?' },
  { field: 'agency', ask: 'Di instansi apa Bapak/Ibu bekerja?' },
  { field: 'region', ask: 'Dari provinsi, kabupaten, atau kota mana?' },
  {
    field: 'email',
    ask: 'Ke alamat e-mail mana berita acara kami kirim?',
    accepts: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
    retry: 'Alamat e-mail itu belum lengkap. Contoh: nama@contoh.go.id',
  },
  { field: 'phone', ask: 'Nomor telepon atau HP yang dapat kami hubungi?' },
  { field: 'topic', ask: 'Tentang apa konsultasinya?' },
  { field: 'question', ask: 'Silakan tuliskan pertanyaannya.' },
];

export type Answers = Record<string, string>;

export function closing(answers: Answers): string {
  return `Terima kasih, ${answers.name ?? ''}. Pertanyaan tentang ${answers.topic ?? ''} dari ${answers.agency ?? ''} (${answers.region ?? ''}) kami terima; jawaban dikirim ke ${answers.email ?? ''}.`;
}

/** What the user writes: ten messages, one of them not an e-mail address. */
export const INPUTS: readonly string[] = [
  'halo',
  'Sari Contoh',
  'Kepala Bidang Anggaran',
  'BPKAD Kabupaten Gowa',
  'Kabupaten Gowa',
  'sari di contoh',
  'sari@contoh.go.id',
  '0812 0000 1234',
  'Dana Alokasi Umum',
  'Bagaimana cara mencatat sisa dana alokasi umum tahun lalu?',
];

/** What each of them must be answered with. */
export const REPLIES: readonly string[] = [
  'Siapa nama lengkap Bapak/Ibu?',
  'Apa jabatan Bapak/Ibu?',
  'Di instansi apa Bapak/Ibu bekerja?',
  'Dari provinsi, kabupaten, atau kota mana?',
  'Ke alamat e-mail mana berita acara kami kirim?',
  'Alamat e-mail itu belum lengkap. Contoh: nama@contoh.go.id',
  'Nomor telepon atau HP yang dapat kami hubungi?',
  'Tentang apa konsultasinya?',
  'Silakan tuliskan pertanyaannya.',
  'Terima kasih, Sari Contoh. Pertanyaan tentang Dana Alokasi Umum dari BPKAD Kabupaten Gowa (Kabupaten Gowa) kami terima; jawaban dikirim ke sari@contoh.go.id.',
];
