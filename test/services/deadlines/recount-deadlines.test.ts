import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '../../../src/models/ticket.js';
import { previewDeadlines } from '../../../src/services/deadlines/preview-deadlines.js';
import { recountDeadline } from '../../../src/services/deadlines/recount-deadline.js';
import { recountDeadlines } from '../../../src/services/deadlines/recount-deadlines.js';
import { escalateTicket } from '../../../src/services/escalations/escalate-ticket.js';
import type { Actor } from '../../../src/services/service-context.js';
import { changeClocks } from '../../../src/services/settings/change-clocks.js';
import { changeOfficeHours } from '../../../src/services/settings/change-office-hours.js';
import { loadReferenceData } from '../../../src/services/settings/load-reference-data.js';
import { removeHoliday, saveHoliday } from '../../../src/services/settings/save-holiday.js';
import { explainTicketDeadline } from '../../../src/services/tickets/explain-ticket-deadline.js';
import { noteStaffReply } from '../../../src/services/tickets/note-staff-reply.js';
import { noteUserMessage } from '../../../src/services/tickets/note-user-message.js';
import { resolveTicket } from '../../../src/services/tickets/resolve-ticket.js';
import { watchDeadlines } from '../../../src/services/tickets/watch-deadlines.js';
import { writeTicket } from '../../../src/services/tickets/write-ticket.js';
import { DEFAULT_OFFICE_HOURS } from '../../../src/shared/working-time.js';
import { addStaff, createTestServices, type TestServices } from '../../support/services.js';
import { openSample } from '../../support/tickets.js';

let test: TestServices;
let admin: Actor;
let agent: Actor;
beforeEach(async () => {
  test = await createTestServices();
  admin = await addStaff(test.services, 'pengelola', 'administrator');
  agent = await addStaff(test.services, 'rina', 'agent');
});
afterEach(() => test.close());

const at = (local: string): Date => new Date(`2026-03-${local}:00+07:00`);
const MONDAY = at('02T10:00');
const WEDNESDAY_CLOSING = at('04T17:00');

async function read({ _id }: Ticket): Promise<Ticket> {
  return (await test.services.models.tickets.findById(_id).lean())!;
}

async function reply(ticket: Ticket, now: Date): Promise<void> {
  await noteStaffReply(test.services, {
    ticketId: ticket._id,
    actor: agent,
    messageId: test.services.newId(),
    awaitsAnswer: true,
    now,
  });
}

async function answer({ _id: ticketId, conversationId }: Ticket, now: Date): Promise<void> {
  test.clock.moveTo(now);
  await noteUserMessage(test.services, { ticketId, conversationId, messageId: test.services.newId(), now });
}

const closing = (_id: string) => ({
  _id,
  name: 'Kantor tutup',
  kind: 'office-closing' as const,
  decree: null,
});

describe('waiting for the user (R-T4)', () => {
  it('moves the deadline by the working days from the question to the reply, and keeps both dates', async () => {
    const ticket = await openSample(test.services);
    expect(ticket.dueAt).toEqual(WEDNESDAY_CLOSING);
    await reply(ticket, at('03T16:00'));
    expect((await read(ticket)).dueAt).toEqual(WEDNESDAY_CLOSING);
    await answer(ticket, at('05T09:00'));
    const { dueAt, deadline } = await read(ticket);
    expect(dueAt).toEqual(at('06T17:00'));
    expect(deadline?.pauses).toEqual([
      { from: at('03T16:00'), to: at('05T09:00'), dueAt: WEDNESDAY_CLOSING },
    ]);
    expect(deadline?.changes).toEqual([
      { at: at('05T09:00'), from: WEDNESDAY_CLOSING, to: at('06T17:00'), reason: 'pause', by: null },
    ]);
    expect(deadline?.tellAt).toBeNull();
    const explained = explainTicketDeadline(test.services, {
      ticket: await read(ticket),
      language: 'id',
      now: at('05T09:00'),
    });
    expect(explained).toBe(
      '2 hari kerja sejak Senin, 2 Maret pukul 10.00 WIB; ' +
        '2 hari kerja tidak dihitung karena menunggu balasan (Selasa, 3 Maret, Rabu, 4 Maret); ' +
        'jatuh tempo Jumat, 6 Maret 2026 pukul 17.00 WIB',
    );
  });

  it('leaves nothing behind when the reply comes on the same day', async () => {
    const ticket = await openSample(test.services);
    for (let hour = 11; hour < 17; hour += 1) {
      await reply(ticket, at(`02T${hour}:00`));
      await answer(ticket, at(`02T${hour}:30`));
    }
    const { dueAt, deadline } = await read(ticket);
    expect([dueAt, deadline?.pauses, deadline?.changes]).toEqual([WEDNESDAY_CLOSING, [], []]);
  });

  it('is never late while it lasts: the date goes on with each closing time, without a line of history', async () => {
    const ticket = await openSample(test.services);
    await reply(ticket, at('03T16:00'));
    for (const day of ['04', '05', '06']) {
      await watchDeadlines(test.services, at(`${day}T08:00`));
      await watchDeadlines(test.services, at(`${day}T17:00`));
    }
    const waiting = await read(ticket);
    expect([waiting.dueAt, waiting.deadline?.changes, waiting.deadline?.breach]).toEqual([
      at('10T17:00'),
      [],
      null,
    ]);
    const facts = await test.services.models.serviceEvents.find({ ticketId: ticket._id }).lean();
    expect(facts.map(({ name }) => name)).not.toContain('overdue');
    await answer(ticket, at('09T09:00'));
    const { dueAt, deadline } = await read(ticket);
    expect(dueAt).toEqual(at('10T17:00'));
    expect(deadline?.changes.map(({ from, to }) => [from, to])).toEqual([
      [WEDNESDAY_CLOSING, at('10T17:00')],
    ]);
  });

  it('is found by the watch where a crash came between the status and its pause', async () => {
    const ticket = await openSample(test.services);
    await reply(ticket, at('03T16:00'));
    await test.services.models.tickets.updateOne(
      { _id: ticket._id },
      { $set: { status: 'in-progress', updatedAt: at('04T09:00') } },
    );
    await watchDeadlines(test.services, at('04T16:00'));
    expect((await read(ticket)).dueAt).toEqual(at('05T17:00'));
  });
});

describe('an escalated ticket (R-A4)', () => {
  it('is due three working days after the question, whoever writes that it is escalated', async () => {
    const ticket = await openSample(test.services);
    const escalatedAt = at('03T15:00');
    await writeTicket(
      test.services,
      { _id: ticket._id },
      { $set: { status: 'waiting-unit', escalatedAt, updatedAt: escalatedAt } },
    );
    const { dueAt, countedFrom, deadline } = await read(ticket);
    expect([dueAt, countedFrom]).toEqual([at('05T17:00'), MONDAY]);
    expect(deadline).toMatchObject({ clock: 'escalated', workingDays: 3, tellAt: null });
    expect(deadline?.changes.map(({ reason }) => reason)).toEqual(['escalation']);
  });
});

describe('what a unit was asked', () => {
  it('is due with its ticket, also after a change of the calendar; a date that the agent chose stays', async () => {
    const { escalations } = test.services.models;
    const tickets = [await openSample(test.services), await openSample(test.services)];
    const asked = { actor: agent, summary: '', now: MONDAY };
    const chosen = at('04T12:00');
    await escalateTicket(test.services, { ...asked, number: tickets[0]!.number });
    await escalateTicket(test.services, { ...asked, number: tickets[1]!.number, dueAt: chosen });
    const dues = async (): Promise<Date[]> =>
      (await escalations.find().sort({ _id: 1 }).lean()).map(({ dueAt }) => dueAt);
    for (const { _id } of tickets) {
      const escalated = { status: 'waiting-unit', escalatedAt: MONDAY, updatedAt: MONDAY } as const;
      await writeTicket(test.services, { _id }, { $set: escalated });
    }
    expect(await dues()).toEqual([at('05T17:00'), chosen]);
    await escalations.updateMany({}, { $set: { state: 'claimed', nextCardAt: null, nextNoticeAt: null } });
    await saveHoliday(test.services, { actor: admin, day: closing('2026-03-03'), now: MONDAY });
    await recountDeadlines(test.services, MONDAY);
    expect(await dues()).toEqual([at('06T17:00'), chosen]);
    expect((await read(tickets[0]!)).dueAt).toEqual(at('06T17:00'));
    expect(await escalations.countDocuments({ nextCardAt: MONDAY, nextNoticeAt: at('06T08:00') })).toBe(1);
  });
});

describe('a change of the calendar (R-T2)', () => {
  it('is shown before it is saved, and does what was shown: each open ticket once, old and new date kept', async () => {
    const open = [];
    for (let n = 0; n < 23; n += 1) open.push(await openSample(test.services));
    const done = await openSample(test.services);
    await resolveTicket(test.services, {
      ...{ number: done.number, actor: agent, answer: 'Sudah.', legalBasis: [], now: MONDAY },
    });
    const draft = { addDay: '2026-03-03' };
    const shown = await previewDeadlines(test.services, { actor: admin, draft, now: MONDAY });
    expect([shown.affected, shown.later, shown.items.length]).toEqual([23, 23, 20]);
    const rest = await previewDeadlines(test.services, {
      ...{ actor: admin, draft, now: MONDAY, cursor: shown.next ?? '' },
    });
    expect([rest.affected, rest.items.length, rest.next]).toEqual([23, 3, null]);
    expect((await read(open[0]!)).dueAt).toEqual(WEDNESDAY_CLOSING);

    await saveHoliday(test.services, { actor: admin, day: closing('2026-03-03'), now: MONDAY });
    // Killed after three: the next run takes the rest, two processes at once.
    const change = { reason: 'calendar', by: admin.name, now: MONDAY } as const;
    for (const { _id } of open.slice(0, 3)) await recountDeadline(test.services, _id, change);
    const other = { ...test.services, reference: await loadReferenceData(test.services.models) };
    await Promise.all([recountDeadlines(test.services, MONDAY), recountDeadlines(other, MONDAY)]);
    await recountDeadlines(test.services, at('02T11:00'));
    for (const ticket of open) {
      const { dueAt, deadline, nextNoticeAt } = await read(ticket);
      expect([dueAt, nextNoticeAt]).toEqual([at('05T17:00'), at('05T08:00')]);
      const line = {
        at: MONDAY,
        from: WEDNESDAY_CLOSING,
        to: at('05T17:00'),
        reason: 'calendar',
        by: admin.name,
      };
      expect(deadline?.changes).toEqual([line]);
    }
    expect((await read(done)).dueAt).toEqual(WEDNESDAY_CLOSING);
  });

  it('moves leave in one step, and nobody is told whose date comes back to what they know', async () => {
    const ticket = await openSample(test.services);
    await saveHoliday(test.services, { actor: admin, day: closing('2026-03-03'), now: MONDAY });
    await recountDeadlines(test.services, MONDAY);
    expect((await read(ticket)).deadline?.tellAt).toEqual(MONDAY);
    const moved = { actor: admin, day: closing('2026-03-10'), movedFrom: '2026-03-03', now: MONDAY };
    await saveHoliday(test.services, moved);
    await recountDeadlines(test.services, MONDAY);
    const { dueAt, deadline } = await read(ticket);
    expect([dueAt, deadline?.tellAt]).toEqual([WEDNESDAY_CLOSING, null]);
    expect(await test.services.models.nonWorkingDays.exists({ _id: '2026-03-03' })).toBeNull();
    await removeHoliday(test.services, { actor: admin, date: '2026-03-10', now: MONDAY });
    const audit = await test.services.models.auditEntries
      .find({ subject: '2026-03-10' })
      .sort({ _id: 1 })
      .lean();
    expect(audit.map(({ details }) => details.movedFrom)).toEqual(['2026-03-03', undefined]);
  });

  it('undoes a breach that nobody was told of: the office was closed that day', async () => {
    const ticket = await openSample(test.services);
    await watchDeadlines(test.services, WEDNESDAY_CLOSING);
    await watchDeadlines(test.services, WEDNESDAY_CLOSING);
    expect((await read(ticket)).deadline).toMatchObject({
      breach: { at: WEDNESDAY_CLOSING, dueAt: at('09T17:00'), toldAt: null },
      tellAt: at('05T08:00'),
    });
    await saveHoliday(test.services, { actor: admin, day: closing('2026-03-04'), now: at('04T18:00') });
    await recountDeadlines(test.services, at('04T18:00'));
    const { dueAt, deadline, nextNoticeAt } = await read(ticket);
    expect([dueAt, nextNoticeAt, deadline?.breach]).toEqual([at('05T17:00'), at('05T08:00'), null]);
  });
});

describe('a change of hours or clocks', () => {
  it('never makes late what was not: the next closing, or the old date if that is sooner', async () => {
    const ticket = await openSample(test.services);
    const now = at('04T10:00');
    const clocks = { ...test.services.reference.clocks, consultation: 1 };
    const { items } = await previewDeadlines(test.services, { actor: admin, draft: { clocks }, now });
    expect(items).toEqual([]);
    await changeClocks(test.services, { actor: admin, clocks, now });
    await recountDeadlines(test.services, now);
    const { dueAt, deadline } = await read(ticket);
    expect([dueAt, deadline?.workingDays, deadline?.changes]).toEqual([WEDNESDAY_CLOSING, 1, []]);
  });

  it('moves what is open with its reason, says by whom, and stands in the audit log', async () => {
    const ticket = await openSample(test.services);
    const clocks = { ...test.services.reference.clocks, consultation: 4 };
    await changeClocks(test.services, { actor: admin, clocks, now: MONDAY });
    await changeClocks(test.services, { actor: admin, clocks, now: MONDAY });
    await recountDeadlines(test.services, MONDAY);
    const hours = { ...DEFAULT_OFFICE_HOURS, periods: { ...DEFAULT_OFFICE_HOURS.periods, 5: [] } };
    await changeOfficeHours(test.services, { actor: admin, hours, now: MONDAY });
    await recountDeadlines(test.services, MONDAY);
    const { dueAt, deadline } = await read(ticket);
    expect(dueAt).toEqual(at('09T17:00'));
    expect(deadline?.changes.map(({ reason, by }) => [reason, by])).toEqual([
      ['policy', admin.name],
      ['hours', admin.name],
    ]);
    const audit = await test.services.models.auditEntries
      .find({ actorId: admin.staffId })
      .sort({ _id: 1 })
      .lean();
    expect(audit.map(({ action, details }) => [action, details])).toEqual([
      ['clocks.change', { consultation: '2 → 4' }],
      ['office-hours.change', { zone: 'Asia/Jakarta', 5: '08:00-11:30 13:30-17:00 → –' }],
    ]);
  });

  it('is an administrator’s, and of whole days', async () => {
    const { clocks } = test.services.reference;
    const change = (actor: Actor, days: number) =>
      changeClocks(test.services, { actor, clocks: { ...clocks, escalated: days }, now: MONDAY });
    await expect(change(agent, 4)).rejects.toMatchObject({ code: 'not-allowed' });
    for (const days of [0, 1.5, 61])
      await expect(change(admin, days)).rejects.toMatchObject({ code: 'invalid-input' });
    const preview = previewDeadlines(test.services, { actor: agent, draft: {}, now: MONDAY });
    await expect(preview).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
