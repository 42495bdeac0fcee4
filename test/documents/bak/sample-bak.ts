import { bakContentHash } from '../../../src/documents/bak/bak-content-hash.js';
import type { BakData, BakFacts, BakSession } from '../../../src/documents/bak/bak-data.js';

export const facts: BakFacts = {
  number: 'BAK-000123/DJPK/2026',
  revision: 0,
  issuedAt: new Date('2026-03-05T16:20:00+07:00'),
  ticketNumber: 'DJPK-2026-000123',
  channel: 'Live Chat',
  user: {
    name: 'Sari Contoh, S.E.',
    position: 'Kepala Subbidang Perbendaharaan',
    agency: 'BPKAD Kabupaten Contoh',
    region: 'Kabupaten Contoh',
    email: 'sari@contoh.go.id',
    phone: '+62 812-0000-0000',
  },
  officer: { name: 'Budi Misal', position: 'Customer Service Officer', unit: 'Sekretariat Ditjen PK' },
  topic: 'Dana Alokasi Khusus (DAK) Fisik',
  receivedAt: new Date('2026-03-02T10:00:00+07:00'),
  answeredAt: new Date('2026-03-05T15:55:00+07:00'),
  question: 'Selamat pagi.\n\nDokumen apa yang harus kami lengkapi untuk tahap II?',
  attachments: ['tangkapan-layar.png'],
  answer: 'Laporan realisasi tahap I yang telah direviu.',
  legalBasis: ['Peraturan contoh Nomor 1 Tahun 2024, Pasal 12 ayat (2)'],
};

/** The visit in which it was talked about. */
export const visit: BakSession = {
  kind: 'visit',
  startsAt: new Date('2026-03-05T09:00:00+07:00'),
  endsAt: new Date('2026-03-05T10:00:00+07:00'),
  place: 'Ruang VC lantai 3, Kantor Contoh',
  guests: ['Sari Contoh, S.E., Kepala Bidang', 'Budi Misal'],
};

/** A complete document, with whatever the test wants different. */
export function bak(changes: Partial<BakFacts> = {}): BakData {
  const changed = { ...facts, ...changes };
  return {
    ...changed,
    verificationUrl: 'https://dering.contoh.go.id/verifikasi/7KQ4-M2XP',
    verificationCode: '7KQ4-M2XP',
    contentHash: bakContentHash(changed),
  };
}
