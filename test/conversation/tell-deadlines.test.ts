import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/conversation/channel.js';
import { deliverQueued } from '../../src/conversation/deliver.js';
import { postEvent } from '../../src/conversation/post-event.js';
import { tellDeadlines } from '../../src/conversation/tell-deadlines.js';
import { readQueues } from '../../src/services/overview/read-queues.js';
import { readTraffic } from '../../src/services/overview/read-traffic.js';
import { watchDeadlines } from '../../src/services/tickets/watch-deadlines.js';
import { saveHoliday } from '../../src/services/settings/save-holiday.js';
import { createOffice, submitted, type Chat, type Office } from '../support/conversation.js';

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

describe('a notice held up until the office has closed (R-E2)', () => {
  /** The missed date's notice is written at eight; the channel comes back after five. */
  async function heldUp(): Promise<Chat> {
    const chat = await submitted(office.chat());
    await office.until(at('05T07:00'));
    let down = true;
    office.webChat.before = () => {
      if (down) throw new ChannelError('not-connected', false, 1_800_000, { attempted: false });
    };
    await office.until(at('05T17:05'));
    down = false;
    await chat.time(0);
    await office.until(at('05T20:00'));
    return chat;
  }

  it('by a channel that was down goes out once, at the next opening, and nothing counts as late meanwhile', async () => {
    const chat = await heldUp();
    const [overnight] = await office.services.models.messages.find({ 'delivery.state': 'queued' }).lean();
    expect(overnight?.delivery).toMatchObject({ attempts: 0, nextAttemptAt: at('06T08:00') });
    const traffic = await readTraffic(office.services);
    expect(traffic.get('web-chat')).toMatchObject({ queued: 1, waitingSince: null });
    const queues = await readQueues(office.services, { now: office.clock.now() });
    expect(queues.map(({ oldestSeconds }) => oldestSeconds)).toEqual([0, 0, 0]);
    await office.until(at('06T07:59'));
    chat.expectSilence();
    await office.until(at('06T08:01'));
    expect(chat.replies).toHaveLength(1);
    chat.expectReply(/Mohon maaf, tiket .* belum kami jawab/);
    await office.until(at('06T20:00'));
    expect(chat.replies).toHaveLength(1);
  });

  it('goes out before the answer to a user who writes at night, so that it never comes after what was said later', async () => {
    const chat = await heldUp();
    await chat.says('menu');
    await office.time(5);
    expect(chat.replies).toEqual([
      expect.stringMatching(/Mohon maaf, tiket/),
      expect.stringMatching(/Ada yang dapat saya bantu/),
    ]);
    await chat.says('menu');
    expect(chat.replies).toEqual([expect.stringMatching(/Ada yang dapat saya bantu/)]);
    await chat.time(0);
    await office.until(at('06T09:00'));
    chat.expectSilence();
  });

  it('because its turn came late waits as well', async () => {
    const chat = await submitted(office.chat());
    const { _id: ticketId } = await chat.ticket();
    await office.until(at('02T22:00'));
    const notice = { name: 'deadline-moved' as const, ticketId };
    await postEvent(office.engine, await chat.conversation(), notice, 'late');
    await chat.time(60);
    await office.until(at('03T07:59'));
    chat.expectSilence();
    await office.until(at('03T08:01'));
    expect(chat.replies).toEqual([expect.stringMatching(/batas jawaban tiket .* menjadi/)]);
  });

  it('is sent by one of two processes while the other finds the office closed', async () => {
    const chat = await submitted(office.chat());
    const { _id: ticketId } = await chat.ticket();
    const conversation = await chat.conversation();
    await office.until(at('02T16:59'));
    let fails = true;
    let release = (): void => undefined;
    const underWay = new Promise<void>((sending) => {
      office.webChat.before = () => {
        if (fails) throw new ChannelError('busy', false, 10_000);
        sending();
        return new Promise((resolve) => {
          release = resolve;
        });
      };
    });
    const notice = { name: 'deadline-moved' as const, ticketId };
    await postEvent(office.engine, conversation, notice, 'slow');
    await chat.time(0);
    fails = false;
    office.clock.moveTo(new Date(at('02T16:59').getTime() + 59_000));
    void office.engine.queue.run(conversation._id, () => deliverQueued(office.engine, conversation._id));
    await underWay;
    office.clock.moveTo(at('02T17:00'));
    await deliverQueued(office.anotherEngine(), conversation._id);
    const [line] = await office.services.models.messages.find({ 'delivery.state': 'queued' }).lean();
    expect(line?.delivery?.nextAttemptAt).toEqual(new Date(at('02T17:00').getTime() + 59_000));
    release();
    await office.engine.queue.idle();
    await office.until(at('03T09:00'));
    expect(chat.replies).toHaveLength(1);
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
