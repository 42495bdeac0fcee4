import type { ConfirmationSheetData } from '../../../src/documents/confirmation-sheet/confirmation-sheet-data.js';

/** A visit from Gowa, with whatever the test wants different. */
export function sheet(changes: Partial<ConfirmationSheetData> = {}): ConfirmationSheetData {
  return {
    language: 'id',
    zone: 'Asia/Makassar',
    number: 'DJPK-2026-000123',
    code: 'DJPK-2026-000123-7F3K9Q2M',
    issuedAt: new Date('2026-03-02T10:05:00+07:00'),
    startsAt: new Date('2026-03-05T09:00:00+07:00'),
    endsAt: new Date('2026-03-05T10:00:00+07:00'),
    room: 'Ruang VC lantai 3',
    address: 'Kantor Contoh, Jalan Contoh Nomor 1, Jakarta',
    who: { name: 'Sari Contoh, S.E.', agency: 'BPKAD Kabupaten Gowa', region: 'Kabupaten Gowa' },
    guests: [
      { name: 'Sari Contoh, S.E.', position: 'Kepala Bidang Anggaran' },
      { name: 'Budi Misal', position: null },
    ],
    purpose: 'Rekonsiliasi DAK Fisik bidang jalan tahap II',
    letter: { number: '900/123/BPKAD/2026', date: '2026-02-27' },
    contact: { phone: '150420', whatsapp: '0811-150420-7', email: 'kantor@contoh.go.id' },
    ...changes,
  };
}
