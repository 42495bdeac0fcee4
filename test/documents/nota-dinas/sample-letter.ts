import type { NotaDinasData } from '../../../src/documents/nota-dinas/nota-dinas-data.js';

/** A plainly invented letter, as R-B5 (3) has it. */
export const LETTER: NotaDinasData = {
  number: 'ND-7/PK.1/2026',
  date: '2026-03-05',
  addressees: [
    'Kepala Pusintek Kementerian Keuangan',
    'Kepala Kantor Wilayah Direktorat Jenderal Perbendaharaan Provinsi Contoh',
  ],
  from: 'Sekretaris Direktorat Jenderal Perimbangan Keuangan',
  copies: ['Kepala Bagian Harmonisasi Kebijakan dan Kehumasan'],
  subject: 'Koordinasi Pelaksanaan Video Conference dengan BPKAD Kabupaten Contoh',
  body: [
    'Sehubungan dengan surat Bupati Contoh nomor 900/12/2026, bersama ini kami sampaikan hal-hal sebagai berikut:',
    '',
    '1. BPKAD Kabupaten Contoh memohon konsultasi mengenai DAK Fisik & sisa <dana>.',
    '2. Konsultasi tersebut disepakati untuk dilaksanakan pada:',
    '   hari, tanggal : Kamis, 12 Maret 2026',
    '   waktu : 09.00–10.00 WIB (10.00–11.00 WITA)',
    '3. Mohon bantuan Saudara:',
    'a. Kepala Pusintek, untuk menyediakan dukungan jaringan;',
    '',
    'Demikian kami sampaikan.',
  ].join('\n'),
  signer: { name: 'Ratna Contoh', at: new Date('2026-03-05T14:05:00+07:00') },
  initials: [
    { post: 'Kepala Subbagian MSKLIP', name: 'Kiki Contoh', at: new Date('2026-03-05T10:00:00+07:00') },
    { post: 'Kepala Bagian HKK', name: 'Bima Contoh', at: new Date('2026-03-05T11:30:00+07:00') },
  ],
};
