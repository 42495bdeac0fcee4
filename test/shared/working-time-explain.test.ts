import { describe, expect, it } from 'vitest';
import { defaultNonWorkingDays } from '../../src/shared/holidays-default.js';
import { loadTexts } from '../../src/shared/i18n.js';
import {
  createWorkingCalendar,
  DEFAULT_OFFICE_HOURS,
  explainDeadline,
  formatDeadline,
} from '../../src/shared/working-time.js';

const calendar = createWorkingCalendar(DEFAULT_OFFICE_HOURS, defaultNonWorkingDays());
const texts = loadTexts();

describe('a deadline explained (R-T4)', () => {
  it('says from when, which days were off, and when it is due', () => {
    const explanation = explainDeadline(calendar, new Date('2026-04-30T15:40:00+07:00'), 3);
    expect(formatDeadline(explanation, texts.for('id'), { language: 'id' })).toBe(
      '3 hari kerja sejak Kamis, 30 April pukul 15.40 WIB; libur: Jumat, 1 Mei (Hari Buruh Internasional); ' +
        'jatuh tempo Rabu, 6 Mei 2026 pukul 17.00 WIB',
    );
    expect(formatDeadline(explanation, texts.for('en'), { language: 'en' })).toBe(
      '3 working days from Thursday, 30 April at 15:40 WIB; days off: Friday, 1 May (Hari Buruh Internasional); ' +
        'due Wednesday, 6 May 2026 at 17:00 WIB',
    );
  });

  it('tells the receipt apart from the opening it counts from, in both zones of the reader', () => {
    const explanation = explainDeadline(calendar, new Date('2026-03-06T18:30:00+07:00'), 1);
    expect(formatDeadline(explanation, texts.for('id'), { language: 'id', zone: 'Asia/Jayapura' })).toBe(
      '1 hari kerja sejak Senin, 9 Maret pukul 08.00 WIB (10.00 WIT); ' +
        'diterima Jumat, 6 Maret pukul 18.30 WIB (20.30 WIT), di luar jam layanan; ' +
        'jatuh tempo Selasa, 10 Maret 2026 pukul 17.00 WIB (19.00 WIT)',
    );
  });

  it('leaves weekends out of the days off', () => {
    expect(explainDeadline(calendar, new Date('2026-03-05T10:00:00+07:00'), 3).daysOff).toEqual([]);
  });
});
