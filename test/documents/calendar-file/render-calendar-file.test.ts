import { describe, expect, it } from 'vitest';
import type { CalendarFileData } from '../../../src/documents/calendar-file/calendar-file-data.js';
import { renderCalendarFile } from '../../../src/documents/calendar-file/render-calendar-file.js';
import { readCalendar } from './read-calendar.js';

function data(changes: Partial<CalendarFileData> = {}): CalendarFileData {
  return {
    ...{ language: 'id', id: 'dering-01J0', sequence: 0, method: 'REQUEST', kind: 'visit' },
    madeAt: new Date('2026-03-02T10:05:00+07:00'),
    number: 'DJPK-2026-000123',
    startsAt: new Date('2026-03-05T09:00:00+07:00'),
    endsAt: new Date('2026-03-05T10:00:00+07:00'),
    place: 'Ruang VC lantai 3, Kantor Contoh; Jakarta',
    purpose: 'Rekonsiliasi DAK Fisik, tahap II',
    code: 'DJPK-2026-000123-7F3K9Q2M',
    link: null,
    organiser: 'kantor@contoh.go.id',
    guest: { name: 'Sari Contoh, S.E.', email: 'sari@contoh.go.id' },
    ...changes,
  };
}
const read = (changes: Partial<CalendarFileData> = {}) => readCalendar(renderCalendarFile(data(changes)));

describe('the calendar file of an appointment', () => {
  it('has its time in UTC without a zone beside it: 09.00 WIB is 02:00Z', () => {
    const { lines } = read();
    expect(lines).toContain('DTSTART:20260305T020000Z');
    expect(lines).toContain('DTEND:20260305T030000Z');
    expect(lines.filter((line) => line.includes('TZID'))).toEqual([]);
  });

  it('says what, where, for whom, and what to bring', () => {
    const { value, lines } = read();
    expect(value('METHOD')).toBe('REQUEST');
    expect(value('STATUS')).toBe('CONFIRMED');
    expect(value('SUMMARY')).toBe('Kunjungan konsultasi DJPK (DJPK-2026-000123)');
    expect(value('LOCATION')).toBe('Ruang VC lantai 3, Kantor Contoh; Jakarta');
    expect(value('DESCRIPTION')).toContain(
      'Nomor: DJPK-2026-000123\nKeperluan: Rekonsiliasi DAK Fisik, tahap II\nKode kunjungan: DJPK-2026-000123-7F3K9Q2M\n',
    );
    expect(value('DESCRIPTION')).toContain('KTP/SIM');
    expect(value('ORGANIZER')).toBe('mailto:kantor@contoh.go.id');
    expect(value('ATTENDEE')).toBe('MAILTO:sari@contoh.go.id');
    expect(lines.find((line) => line.startsWith('ATTENDEE'))).toContain('RSVP=FALSE');
  });

  it('names the conference and its link, in the language of the guest', () => {
    const link = 'https://teams.example/l/meetup-join/19%3ameeting?context=%7b%22a%22%7d';
    const { value } = read({ kind: 'video-application', code: null, link, language: 'en' });
    expect(value('SUMMARY')).toBe('Video conference, DJPK (DJPK-2026-000123)');
    expect(value('URL')).toBe(link);
    expect(value('DESCRIPTION')).toContain(`Link: ${link}`);
    expect(value('DESCRIPTION')).toContain('join 10 minutes early');
    const long = `https://teams.example/${'Ab9'.repeat(600)}`;
    expect(read({ link: long }).value('DESCRIPTION')).toContain(`Tautan: ${long}`);
  });

  it('moves and cancels under the same name with a higher sequence (RFC 5546)', () => {
    const moved = read({ sequence: 2 });
    const cancelled = read({ sequence: 3, method: 'CANCEL' });
    expect([moved.value('UID'), cancelled.value('UID')]).toEqual(['dering-01J0', 'dering-01J0']);
    expect([moved.value('SEQUENCE'), cancelled.value('SEQUENCE')]).toEqual(['2', '3']);
    expect(cancelled.value('METHOD')).toBe('CANCEL');
    expect(cancelled.value('STATUS')).toBe('CANCELLED');
  });

  it('is the same bytes for the same data', () => {
    expect(renderCalendarFile(data()).equals(renderCalendarFile(data()))).toBe(true);
  });

  it('lets nothing that was written become a line of its own', () => {
    const evil = 'Sari "C"\r\nATTENDEE:mailto:x@y.example\nEND:VEVENT\u2028BEGIN:VEVENT\u0000\u202E;:,\\ ';
    const clean = read();
    const { lines, value } = read({
      ...{ purpose: evil, place: evil, link: `javascript:alert(1)\r\n${evil}` },
      guest: { name: evil, email: 'sari@contoh.go.id' },
    });
    const names = (all: string[]) => all.map((line) => /^[A-Z]+/.exec(line)?.[0]);
    expect(names(lines)).toEqual(names(clean.lines));
    expect(value('LOCATION')).toContain('Sari "C" ATTENDEE:mailto:x@y.example END:VEVENT');
    expect(value('ATTENDEE')).toBe('MAILTO:sari@contoh.go.id');
    expect(value('URL')).toBeUndefined();
    expect(value('DESCRIPTION')).not.toContain('javascript');
  });

  it('keeps its lines below 76 octets and every sign whole', () => {
    const purpose = '🙏é漢'.repeat(60);
    const bytes = renderCalendarFile(data({ purpose, place: 'W'.repeat(5_000) }));
    for (const line of bytes.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(75);
    expect(readCalendar(bytes).value('DESCRIPTION')).toContain(purpose);
    expect(bytes.toString('utf8')).not.toContain('\ufffd');
  });
});
