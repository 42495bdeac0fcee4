import type { DayListData, DayListVisit } from '../../../src/documents/reservation-list/day-list-data.js';

export function visit(changes: Partial<DayListVisit> = {}): DayListVisit {
  return {
    number: 'DJPK-2026-000123',
    startsAt: new Date('2026-03-05T09:00:00+07:00'),
    endsAt: new Date('2026-03-05T10:00:00+07:00'),
    room: 'Ruang VC lantai 3',
    agency: 'BPKAD Kabupaten Gowa',
    region: 'Kabupaten Gowa',
    guests: [
      { name: 'Sari Contoh, S.E.', position: 'Kepala Bidang Anggaran' },
      { name: 'Budi Misal', position: null },
    ],
    purpose: 'Rekonsiliasi DAK Fisik tahap II',
    unit: 'Dana Transfer Khusus',
    consultant: 'Rina Contoh',
    state: 'scheduled',
    ...{ guestCard: null, arrivedAt: null, leftAt: null },
    ...changes,
  };
}

/** Thursday 5 March 2026: one to come, one that is over. */
export function day(changes: Partial<DayListData> = {}): DayListData {
  return {
    date: '2026-03-05',
    madeAt: new Date('2026-03-05T07:30:00+07:00'),
    visits: [
      visit(),
      visit({
        number: 'DJPK-2026-000130',
        startsAt: new Date('2026-03-05T13:00:00+07:00'),
        endsAt: new Date('2026-03-05T14:00:00+07:00'),
        ...{ agency: 'DPRD Kota Contoh', region: null, consultant: null, state: 'over', guestCard: '12' },
        arrivedAt: new Date('2026-03-05T12:50:00+07:00'),
        leftAt: new Date('2026-03-05T13:48:00+07:00'),
        guests: [{ name: 'Tono Contoh', position: 'Ketua DPRD' }],
      }),
    ],
    ...changes,
  };
}
