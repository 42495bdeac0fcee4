import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tellDeadlines } from '../../src/conversation/tell-deadlines.js';
import { watchDeadlines } from '../../src/services/tickets/watch-deadlines.js';
import { saveHoliday } from '../../src/services/settings/save-holiday.js';
import { createOffice, submitted, type Office } from '../support/conversation.js';

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

const at = (local: string): Date => new Date(`2026-03-${local}:00+07:00`);
const closing = (_id: string) => ({
  _id,
  name: 'Kantor tutup',
  kind: 'office-closing' as const,
  decree: null,
});

describe('a missed date (R-E2)', () => {
  it('is apologised for at the next opening, once, with the new date', async () => {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    await chat.time(0);
    await office.until(at('05T07:59'));
    chat.expectSilence();
    await office.until(at('05T08:01'));
    expect(chat.replies).toEqual([
      `Mohon maaf, tiket *${number}* belum kami jawab sampai batas waktunya, Rabu, 4 Maret 2026 pukul 17.00 WIB (18.00 WITA). ` +
        'Kami berusaha menjawab paling lambat Senin, 9 Maret 2026 pukul 17.00 WIB (18.00 WITA).',
    ]);
    await office.until(at('13T17:00'));
    expect(chat.replies).toHaveLength(1);
  });

  it('is told by one of two processes that run at once, late and again', async () => {
    const chat = await submitted(office.chat());
    await chat.time(0);
    const now = at('06T09:00');
    const other = office.anotherEngine();
    office.clock.moveTo(now);
    await Promise.all([watchDeadlines(office.services, now), watchDeadlines(other.services, now)]);
    await Promise.all([
      tellDeadlines(office.engine, now),
      tellDeadlines(other, now),
      tellDeadlines(other, now),
    ]);
    await Promise.all([office.engine.queue.idle(), other.queue.idle()]);
    await office.time(60);
    expect(chat.replies.filter((text) => text.includes('Mohon maaf'))).toHaveLength(1);
    const { deadline } = await chat.ticket();
    expect(deadline?.breach).toEqual({ at: at('04T17:00'), dueAt: at('09T17:00'), toldAt: now });
    const { serviceEvents } = office.services.models;
    expect(await serviceEvents.countDocuments({ name: 'overdue' })).toBe(1);
  });

  it('is told once when the process died between the message and its note', async () => {
    const chat = await submitted(office.chat());
    await office.until(at('05T08:01'));
    const { _id, deadline } = await chat.ticket();
    await office.services.models.tickets.updateOne(
      { _id },
      {
        $set: {
          'deadline.tellAt': at('05T08:00'),
          'deadline.breach': { ...deadline!.breach!, toldAt: null },
        },
      },
    );
    await chat.time(3600);
    chat.expectSilence();
    expect((await chat.ticket()).deadline?.tellAt).toBeNull();
  });

  it('waits for the day after a day off that was declared meanwhile', async () => {
    const chat = await submitted(office.chat());
    const admin = await office.agent('pengelola', 'administrator');
    await office.until(at('04T17:00'));
    await chat.time(0);
    await saveHoliday(office.services, { actor: admin, day: closing('2026-03-05'), now: office.clock.now() });
    await office.until(at('05T23:00'));
    chat.expectSilence();
    await office.until(at('06T08:01'));
    expect(chat.replies.join()).toMatch(/Mohon maaf.*paling lambat Selasa, 10 Maret/u);
  });
});

describe('a later date that is not the user’s doing', () => {
  it('is told once, at the next opening, with the reason', async () => {
    const chat = await submitted(office.chat());
    const admin = await office.agent('pengelola', 'administrator');
    await office.until(at('02T19:00'));
    await chat.time(0);
    await saveHoliday(office.services, { actor: admin, day: closing('2026-03-04'), now: office.clock.now() });
    await office.until(at('03T07:59'));
    chat.expectSilence();
    await office.until(at('03T08:01'));
    const { number } = await chat.ticket();
    expect(chat.replies).toEqual([
      `Mohon maaf, batas jawaban tiket *${number}* menjadi Kamis, 5 Maret 2026 pukul 17.00 WIB (18.00 WITA) karena perubahan hari libur.`,
    ]);
    await office.until(at('04T20:00'));
    expect(chat.replies).toHaveLength(1);
  });
});

describe('the status of a ticket', () => {
  it('shows the arithmetic, and after a breach the date promised instead', async () => {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    await chat.says(`status tiket ${number}`);
    chat.expectReply(/paling lambat Rabu, 4 Maret 2026/, /Perhitungan: 2 hari kerja sejak Senin, 2 Maret/);
    await office.until(at('05T09:00'));
    await chat.says(`status tiket ${number}`);
    chat.expectReply(
      /paling lambat Senin, 9 Maret 2026/,
      /jatuh tempo Rabu, 4 Maret.*terlewat; tanggal baru/,
    );
  });
});
