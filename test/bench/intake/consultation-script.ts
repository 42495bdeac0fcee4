/** The product's own way from the greeting to the summary, with one wrong e-mail address. */
export const CONSULTATION_INPUTS: readonly string[] = [
  'Selamat pagi',
  'setuju',
  '1',
  'Sari Contoh',
  'Kepala Bidang Anggaran',
  'BPKAD Kabupaten Gowa',
  'sari di contoh',
  'sari@contoh.go.id',
  '0812 0000 1234',
  'dana alokasi umum',
  'Bagaimana cara mencatat sisa dana alokasi umum tahun lalu?',
  'selesai',
];

/** A word by which each answer is known; the wording itself is the product's to change. */
export const CONSULTATION_REPLIES: readonly RegExp[] = [
  /setuju/i,
  /bantu/i,
  /nama/i,
  /jabatan/i,
  /instansi/i,
  /e-mail/i,
  /e-mail/i,
  /telepon/i,
  /konsultasi/i,
  /pertanyaan/i,
  /selesai/i,
  /Sari Contoh[\s\S]*Gowa/,
];
