import type { StaffLine } from '../simulation/script-line.js';

type WithoutPlace<Line> = Line extends StaffLine ? Omit<Line, 'at' | 'ticket'> : never;

/** What somebody does in a story, some minutes after what came before. */
export type Act = WithoutPlace<StaffLine> | { says: string };

/** One conversation of the demo: who writes when, and what the office does about it. */
export interface Story {
  from: string;
  /** Working days before today; 0 is the latest working day so far. */
  daysAgo: number;
  /** WIB. */
  time: string;
  says: readonly string[];
  file?: string;
  /** What staff do and the user answers afterwards, some minutes apart. */
  then?: readonly Act[];
}

const identity = (name: string, position: string, agency: string, email: string, phone: string): string[] => [
  'halo',
  'setuju',
  'konsultasi',
  `Saya ${name}, ${position} ${agency}, email ${email}, hp ${phone}`,
];

const SUMMARY = 'Sudah dicek di laman JDIH, belum ada penjelasan yang cukup (contoh).';
const ANSWER = {
  ...({ as: 'unit-member:andi', do: 'step', step: 'answer' } as const),
  text: 'Penyaluran dilakukan setelah laporan realisasi diterima lengkap melalui aplikasi (contoh jawaban untuk demo).',
  legalBasis: ['Peraturan Contoh Nomor 3 Tahun 2026 Pasal 21'],
};

/** A question that went to the unit, and what happened there. */
const atUnit = (
  from: string,
  [daysAgo, time]: readonly [number, string],
  [name, agency]: readonly [string, string],
  question: string,
  ...steps: readonly Act[]
): Story => ({
  ...{ from, daysAgo, time },
  says: [
    ...identity(name, 'Analis Keuangan', agency, `${from}@contoh.go.id`, '0812 1111 0010'),
    ...['DAK Fisik', question, 'selesai', 'kirim'],
  ],
  then: [{ as: 'agent:sari', do: 'escalate', summary: SUMMARY }, ...steps],
});

/** The desk of a unit with something in every state. */
const ESCALATED: readonly Story[] = [
  atUnit(
    ...(['demo-blitar', [2, '09:10'], ['Wulan Contoh', 'BPKAD Kabupaten Blitar']] as const),
    'Apakah perubahan kontrak DAK fisik masih dapat diajukan setelah batas waktu?',
    { as: 'unit-member:andi', do: 'step', step: 'claim' },
    ANSWER,
    { as: 'head-of-unit:hari', do: 'step', step: 'return', text: 'Mohon sebutkan batas waktunya (contoh).' },
    { ...ANSWER, text: 'Tidak dapat; batas waktu kontrak sudah lewat (contoh jawaban untuk demo).' },
    { as: 'head-of-unit:hari', do: 'step', step: 'approve' },
  ),
  atUnit(
    ...(['demo-tegal', [2, '13:15'], ['Agus Contoh', 'BPKAD Kabupaten Tegal']] as const),
    'Bagaimana mengganti kata sandi aplikasi pelaporan?',
    { as: 'unit-member:andi', do: 'step', step: 'decline', text: 'Bukan kewenangan unit ini (contoh).' },
  ),
  atUnit(
    ...(['demo-bima', [1, '09:20'], ['Nur Contoh', 'BPKAD Kabupaten Bima']] as const),
    'Mengapa penyaluran DAK fisik bidang jalan tahap II belum kami terima?',
    { as: 'unit-member:andi', do: 'step', step: 'claim' },
    {
      ...{ as: 'unit-member:andi', do: 'step', step: 'ask-user' },
      text: 'Mohon dikirim tangkapan layar status laporan tahap I.',
    },
  ),
  atUnit(
    ...(['demo-palopo', [1, '14:00'], ['Irfan Contoh', 'BPKAD Kota Palopo']] as const),
    'Kapan sisa DAK fisik tahun lalu dapat digunakan kembali?',
    ANSWER,
  ),
  atUnit(
    ...(['demo-sabang', [1, '16:00'], ['Cut Contoh', 'BPKK Kota Sabang']] as const),
    'Apakah sanksi keterlambatan laporan DAK fisik berlaku untuk bidang sanitasi?',
  ),
];

export const STORIES: readonly Story[] = [
  ...ESCALATED,
  {
    from: 'demo-gowa',
    daysAgo: 6,
    time: '09:12',
    says: [
      ...identity(
        'Siti Aminah',
        'Kabid Anggaran',
        'BPKAD Kabupaten Gowa',
        'siti@gowa.contoh.go.id',
        '0812 1111 0001',
      ),
      'DAK Fisik',
      'Kapan batas waktu penyampaian laporan realisasi DAK fisik tahap I?',
      'Kontrak kami baru selesai ditandatangani minggu lalu.',
      'selesai',
      'kirim',
    ],
    then: [
      { as: 'agent:sari', do: 'claim' },
      { as: 'agent:sari', do: 'reply', text: 'Selamat pagi Ibu Siti, kami periksa dulu ketentuannya ya.' },
      { says: 'Baik, terima kasih Bu.' },
      {
        as: 'agent:sari',
        do: 'resolve',
        answer:
          'Laporan realisasi tahap I disampaikan melalui aplikasi paling lambat tanggal yang tercantum dalam ketentuan penyaluran tahun berjalan (contoh jawaban untuk demo).',
        legalBasis: ['Peraturan Contoh Nomor 1 Tahun 2026 Pasal 12'],
      },
      { says: '5' },
      { says: 'Cepat dan jelas.' },
    ],
  },
  {
    // The same official on another telephone: the console offers to make one contact of the two.
    from: 'demo-gowa-hp',
    daysAgo: 1,
    time: '13:20',
    says: [
      ...identity(
        'Siti Aminah',
        'Kabid Anggaran',
        'BPKAD Kabupaten Gowa',
        'siti@gowa.contoh.go.id',
        '0812 1111 0001',
      ),
      'DAU',
      'Apakah sisa DAU yang ditentukan penggunaannya dapat dianggarkan kembali tahun depan?',
      'selesai',
      'kirim',
    ],
  },
  {
    from: 'demo-bandung',
    daysAgo: 5,
    time: '10:40',
    says: [
      ...identity(
        'Dedi Rahmat',
        'Kasubbid Pajak',
        'Bapenda Kota Bandung',
        'dedi@bandung.contoh.go.id',
        '0812 1111 0002',
      ),
      'Pajak Daerah dan Retribusi Daerah',
      'Apakah opsen PKB perlu diatur lagi dalam perda tersendiri?',
      'selesai',
      'kirim',
    ],
  },
  {
    from: 'demo-ende',
    daysAgo: 4,
    time: '13:20',
    says: [
      ...identity(
        'Maria Contoh',
        'Kepala Bidang',
        'DPMD Kabupaten Ende',
        'maria@ende.contoh.go.id',
        '0812 1111 0003',
      ),
      'Dana Desa',
      'Desa kami belum menerima penyaluran tahap II, apa yang perlu dilengkapi?',
      'selesai',
      'kirim',
    ],
    then: [
      { as: 'agent:budi', do: 'claim' },
      {
        as: 'agent:budi',
        do: 'resolve',
        answer:
          'Mohon lengkapi laporan realisasi tahap sebelumnya dan unggah melalui KPPN setempat (contoh jawaban untuk demo).',
        legalBasis: [
          'Peraturan Contoh Nomor 2 Tahun 2026 Pasal 8 ayat (2)',
          'Surat Edaran Contoh Nomor 5 Tahun 2026',
        ],
      },
      { says: '3' },
      { says: 'Jawabannya agak lama.' },
    ],
  },
  {
    from: 'demo-solo',
    daysAgo: 3,
    time: '14:05',
    says: ['halo', 'setuju', 'petugas', 'Maaf salah kirim, tidak jadi bertanya.'],
    then: [{ as: 'agent:budi', do: 'close', reason: 'Pengguna menyampaikan salah kirim.' }],
  },
  {
    from: 'demo-jayapura',
    daysAgo: 1,
    time: '08:35',
    says: [
      ...identity(
        'Yohanes Contoh',
        'Sekretaris',
        'BPKAD Kota Jayapura',
        'yohanes@jayapura.contoh.go.id',
        '0812 1111 0004',
      ),
      'Otonomi Khusus dan Keistimewaan',
      'Bagaimana pembagian dana otsus untuk bidang pendidikan tahun ini?',
      'selesai',
      'kirim',
    ],
    then: [
      { as: 'agent:sari', do: 'claim' },
      {
        as: 'agent:sari',
        do: 'reply',
        text: 'Selamat siang Bapak Yohanes. Boleh dikirim surat alokasi yang diterima?',
      },
      { as: 'agent:sari', do: 'note', text: 'Tunggu surat alokasi, lalu tanyakan ke unit Otsus.' },
    ],
  },
  {
    from: 'demo-kukar',
    daysAgo: 1,
    time: '15:10',
    says: [
      ...identity(
        'Rahmawati Contoh',
        'Analis Keuangan',
        'BPKAD Kabupaten Kutai Kartanegara',
        'rahma@kukar.contoh.go.id',
        '0812 1111 0005',
      ),
      'Dana Bagi Hasil (DBH)',
      'Apakah kurang bayar DBH tahun lalu disalurkan tahun ini?',
      'selesai',
      'kirim',
    ],
    then: [
      { as: 'agent:budi', do: 'claim' },
      { as: 'agent:budi', do: 'take-over' },
      { as: 'agent:budi', do: 'reply', text: 'Selamat sore Ibu, sedang kami cek dengan unit terkait.' },
      { says: 'Siap, ditunggu ya Pak.' },
    ],
  },
  {
    from: 'demo-denpasar',
    daysAgo: 0,
    time: '08:20',
    file: 'Surat-Permohonan-Contoh.pdf',
    says: [
      ...identity(
        'Made Contoh',
        'Kabid Pendapatan',
        'Bapenda Provinsi Bali',
        'made@bali.contoh.go.id',
        '0812 1111 0006',
      ),
      'Insentif Fiskal',
      'Mohon penjelasan kriteria insentif fiskal kinerja tahun berjalan, surat terlampir.',
      'selesai',
      'kirim',
    ],
  },
  {
    from: 'demo-english',
    daysAgo: 0,
    time: '08:45',
    says: [
      'Hello, I would like to ask about regional loans please',
      'I agree',
      'My name is Anna Example, advisor at Example Cooperation Office, email anna@example.org',
      'Advisor',
      'Example Cooperation Office',
      'Kota Surabaya',
      '+62 812 1111 0007',
      'Regional loans and grants',
      'Which limits apply to municipal borrowing this year?',
      'done',
      'send',
    ],
  },
  {
    from: 'demo-petugas',
    daysAgo: 0,
    time: '09:05',
    says: ['selamat pagi', 'setuju', 'petugas', 'Saya mau menanyakan surat yang sudah dikirim minggu lalu.'],
  },
  {
    from: 'demo-pengaduan',
    daysAgo: 2,
    time: '10:25',
    says: [
      'halo',
      'setuju',
      'saya mau mengadu secara anonim',
      'layanan telepon',
      'Selama tiga hari telepon kami tidak pernah diangkat.',
      'Kami menelepon setiap pagi antara pukul 09.00 dan 10.00.',
      'selesai',
      'kirim',
    ],
  },
  {
    from: 'demo-saran',
    daysAgo: 4,
    time: '14:10',
    says: [
      'selamat siang',
      'setuju',
      'saya mau kasih saran',
      'dengan nama',
      'Saya Tono Contoh, Analis BPKAD Kota Kupang, email tono@kupang.contoh.go.id, hp 0812 1111 0009',
      'SIKD',
      'Mohon tabel alokasi dapat diunduh sebagai lembar kerja.',
      'selesai',
      'kirim',
    ],
    then: [
      {
        as: 'agent:sari',
        do: 'resolve',
        answer:
          'Terima kasih, saran ini kami teruskan sebagai masukan perbaikan aplikasi (contoh jawaban untuk demo).',
        legalBasis: [],
      },
      { says: 'lewati' },
    ],
  },
  { from: 'demo-setengah', daysAgo: 0, time: '09:15', says: ['halo', 'setuju', '1', 'Joko Contoh'] },
];
