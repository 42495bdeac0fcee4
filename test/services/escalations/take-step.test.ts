import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escalateTicket } from '../../../src/services/escalations/escalate-ticket.js';
import { storeFile } from '../../../src/services/files/store-file.js';
import { getEscalation } from '../../../src/services/escalations/get-escalation.js';
import type { LaterStep } from '../../../src/services/escalations/steps.js';
import { addCast, bringTo, OTHER_UNIT, outcome, step, UNIT, type Cast } from '../../support/escalations.js';
import { PDF } from '../../support/files.js';
import { createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';
import { openSample } from '../../support/tickets.js';

let test: TestServices;
let cast: Cast;

beforeAll(async () => {
  test = await createTestServices();
  cast = await addCast(test.services);
});
afterAll(() => test.close());

/*
 * Who gets what they press, by state: d done, - not theirs (not-allowed), c changed meanwhile.
 * Columns: agent, otherAgent, supervisor, member, colleague, head, stranger (head and member of another unit).
 */
const PEOPLE = ['agent', 'otherAgent', 'supervisor', 'member', 'colleague', 'head', 'stranger'] as const;
const TABLE: Readonly<Record<LaterStep, Record<'sent' | 'claimed' | 'asking' | 'submitted', string>>> = {
  claim: { sent: '---ddd-', claimed: '---dcd-', asking: '---dcd-', submitted: '---dcc-' },
  answer: { sent: '---ddd-', claimed: '---dcd-', asking: '---dcd-', submitted: '---dcd-' },
  'ask-user': { sent: '---ddd-', claimed: '---dcd-', asking: '---ccc-', submitted: '---ccc-' },
  'user-answer': { sent: 'c-c----', claimed: 'c-c----', asking: 'd-d----', submitted: 'c-c----' },
  'pass-on': { sent: '--dddd-', claimed: '--ddcd-', asking: '--ddcd-', submitted: '--dccd-' },
  decline: { sent: '---ddd-', claimed: '---dcd-', asking: '---dcd-', submitted: '---ccd-' },
  approve: { sent: '-----c-', claimed: '-----c-', asking: '-----c-', submitted: '-----d-' },
  return: { sent: '-----c-', claimed: '-----c-', asking: '-----c-', submitted: '-----d-' },
  withdraw: { sent: 'd-d----', claimed: 'd-d----', asking: 'd-d----', submitted: 'd-d----' },
};
const MEANS = { d: 'done', '-': 'not-allowed', c: 'escalation-changed' } as const;
const STEPS = Object.keys(TABLE) as LaterStep[];

describe('a step of an escalation (R-A5)', () => {
  for (const state of ['sent', 'claimed', 'asking', 'submitted'] as const) {
    it(`from ${state} is for those it is for, who alone have its button`, async () => {
      const { escalation } = await bringTo(test.services, cast, state);
      const { escalations } = test.services.models;
      for (const [index, person] of PEOPLE.entries()) {
        const reader = { id: escalation._id, actor: cast[person], now: MONDAY_MORNING };
        const allowed: readonly string[] =
          person === 'stranger' ? [] : (await getEscalation(test.services, reader)).allowed;
        for (const name of STEPS) {
          const expected = MEANS[TABLE[name][state][index] as keyof typeof MEANS];
          const got = await outcome(step(test.services, escalation._id, cast[person], { step: name }));
          expect({ name, person, got }).toEqual({ name, person, got: expected });
          // Who has it may press "claim" again; there is no button for it.
          const again = name === 'claim' && person === 'member' && state !== 'sent';
          const button = expected === 'done' && !again;
          expect({ name, person, button: allowed.includes(name) }).toEqual({ name, person, button });
          await escalations.replaceOne({ _id: escalation._id }, escalation);
        }
      }
    });
  }

  it('after the end is refused, with what happened and by whom', async () => {
    for (const end of ['approve', 'decline', 'withdraw'] as const) {
      const { escalation } = await bringTo(test.services, cast, end === 'approve' ? 'submitted' : 'claimed');
      const who = end === 'withdraw' ? cast.agent : cast.head;
      await step(test.services, escalation._id, who, { step: end });
      for (const name of ['claim', 'answer', 'approve', 'pass-on'] as const) {
        await expect(step(test.services, escalation._id, cast.head, { step: name })).rejects.toMatchObject({
          ...{ code: 'escalation-closed', params: { step: end, name: who.name } },
        });
      }
    }
  });

  it('on a ticket that is over is refused', async () => {
    const { escalation, ticket } = await bringTo(test.services, cast, 'submitted');
    await test.services.models.tickets.updateOne({ _id: ticket._id }, { $set: { status: 'closed' } });
    expect(await outcome(step(test.services, escalation._id, cast.head, { step: 'approve' }))).toBe(
      'ticket-closed',
    );
  });
});

describe('the decision of the head', () => {
  it('holds for the answer that was read, and for no later one', async () => {
    const { escalation } = await bringTo(test.services, cast, 'submitted');
    await step(test.services, escalation._id, cast.member, { step: 'answer', text: 'Jawaban lain.' });
    const old = { step: 'approve', version: escalation.version } as const;
    expect(await outcome(step(test.services, escalation._id, cast.head, old))).toBe('escalation-changed');
    const approved = await step(test.services, escalation._id, cast.head, { step: 'approve', text: '' });
    expect(approved).toMatchObject({ state: 'approved', open: false, answer: { text: 'Jawaban lain.' } });
  });

  it('may change the answer; the thread keeps both', async () => {
    const { escalation } = await bringTo(test.services, cast, 'submitted');
    const edit = { step: 'approve', text: 'Lebih baik.', legalBasis: ['PMK Contoh'] } as const;
    const { answer, thread } = await step(test.services, escalation._id, cast.head, edit);
    expect(answer).toMatchObject({
      text: 'Lebih baik.',
      legalBasis: ['PMK Contoh'],
      byId: cast.member.staffId,
    });
    expect(thread.map(({ text }) => text)).toEqual([
      ...['Pengguna menanyakan jadwal.', 'Sebuah teks contoh.', 'Lebih baik.'],
    ]);
  });

  it('sends it back with remarks, to whoever worked on it', async () => {
    const { escalation } = await bringTo(test.services, cast, 'submitted');
    expect(await outcome(step(test.services, escalation._id, cast.head, { step: 'return', text: ' ' }))).toBe(
      'invalid-input',
    );
    const returned = await step(test.services, escalation._id, cast.head, { step: 'return' });
    expect(returned).toMatchObject({ state: 'claimed', assigneeId: cast.member.staffId });
    expect(returned.answer?.text).toBe('Sebuah teks contoh.');
  });

  it('falls to the deputy up to the last day of the absence, never about their own answer', async () => {
    const away = async (headAwayUntil: string | null): Promise<unknown> =>
      test.services.models.units.updateOne({ _id: UNIT }, { $set: { headAwayUntil } });
    const { escalation } = await bringTo(test.services, cast, 'submitted');
    const approve = async (): Promise<string> =>
      outcome(step(test.services, escalation._id, cast.deputy, { step: 'approve' }));
    expect(await approve()).toBe('not-allowed');
    await away('2026-03-01');
    expect(await approve()).toBe('not-allowed');
    await away('2026-03-02');
    expect(await approve()).toBe('done');
    const own = await bringTo(test.services, cast, 'sent');
    await step(test.services, own.escalation._id, cast.deputy, { step: 'answer' });
    for (const name of ['approve', 'return'] as const) {
      expect(await outcome(step(test.services, own.escalation._id, cast.deputy, { step: name }))).toBe(
        'own-answer',
      );
    }
    await away(null);
    expect(await outcome(step(test.services, own.escalation._id, cast.head, { step: 'approve' }))).toBe(
      'done',
    );
  });
});

describe('what was pressed on an old card', () => {
  it('after it was passed on says so to the unit that had it', async () => {
    const { escalation } = await bringTo(test.services, cast, 'claimed');
    const { version, _id: id } = escalation;
    await step(test.services, id, cast.member, { step: 'pass-on' });
    await expect(step(test.services, id, cast.colleague, { step: 'answer', version })).rejects.toMatchObject({
      ...{ code: 'escalation-changed', params: { step: 'pass-on', name: cast.member.name } },
    });
    expect(await outcome(step(test.services, id, cast.stranger, { step: 'claim' }))).toBe('done');
  });

  it('of what one has already does nothing', async () => {
    const { escalation } = await bringTo(test.services, cast, 'claimed');
    const again = await step(test.services, escalation._id, cast.member, { step: 'claim' });
    expect(again.version).toBe(escalation.version);
  });

  it('shows nothing to somebody who has it and has left the unit (R-E3)', async () => {
    const { escalation } = await bringTo(test.services, cast, 'claimed');
    const { staff } = test.services.models;
    const { staffId } = cast.member;
    for (const change of [{ unitCode: OTHER_UNIT }, { unitCode: UNIT, active: false }]) {
      await staff.updateOne({ _id: staffId }, { $set: change });
      const again = step(test.services, escalation._id, cast.member, { step: 'claim' });
      expect(await outcome(again)).toBe('not-allowed');
    }
    await staff.updateOne({ _id: staffId }, { $set: { active: true } });
  });

  it('twice under one key is one step', async () => {
    const { escalation } = await bringTo(test.services, cast, 'claimed');
    const once = { step: 'answer', key: 'activity-1' } as const;
    const first = await step(test.services, escalation._id, cast.member, once);
    const second = await step(test.services, escalation._id, cast.member, once);
    expect(second.version).toBe(first.version);
  });
});

describe('what a step needs', () => {
  it('is asked for', async () => {
    const { escalation } = await bringTo(test.services, cast, 'claimed');
    const attempt = async (name: LaterStep, more: object): Promise<string> =>
      outcome(step(test.services, escalation._id, cast.member, { step: name, ...more }));
    expect(await attempt('answer', { text: '  ' })).toBe('answer-missing');
    expect(await attempt('ask-user', { text: '' })).toBe('invalid-input');
    expect(await attempt('decline', { text: '' })).toBe('invalid-input');
    expect(await attempt('pass-on', { toUnitCode: UNIT, text: '' })).toBe('done');
    expect(await attempt('pass-on', { toUnitCode: UNIT })).toBe('invalid-input');
    expect(await attempt('pass-on', { toUnitCode: 'tidak-ada' })).toBe('invalid-input');
    expect(await attempt('answer', { fileIds: ['tidak-ada'] })).toBe('not-found');
    expect(await attempt('answer', { text: 'x'.repeat(20_001) })).toBe('message-too-long');
  });

  it('is bounded: a thread that has become too long can only be ended', async () => {
    const { escalation } = await bringTo(test.services, cast, 'claimed');
    const { models } = test.services;
    await models.escalations.updateOne({ _id: escalation._id }, { $set: { version: 199 } });
    expect(await outcome(step(test.services, escalation._id, cast.member, { step: 'answer' }))).toBe(
      'escalation-too-long',
    );
    expect(await outcome(step(test.services, escalation._id, cast.agent, { step: 'withdraw' }))).toBe('done');
  });
});

describe('escalating a ticket', () => {
  const escalate = async (number: string, more: object = {}): Promise<string> =>
    outcome(
      escalateTicket(test.services, {
        ...{ number, actor: cast.agent, summary: '', now: MONDAY_MORNING, ...more },
      }),
    );

  it('is for the agent who has it, for a free one, and for a supervisor', async () => {
    const { number } = await openSample(test.services);
    expect(await escalate(number, { actor: cast.member })).toBe('not-allowed');
    expect(await escalate(number)).toBe('done');
    const other = await openSample(test.services);
    await test.services.models.tickets.updateOne(
      { _id: other._id },
      { $set: { assigneeId: cast.otherAgent.staffId } },
    );
    expect(await escalate(other.number)).toBe('ticket-not-yours');
    expect(await escalate(other.number, { actor: cast.supervisor })).toBe('done');
  });

  it('makes one of two at once, and none of a ticket that has one', async () => {
    const { number, _id: ticketId } = await openSample(test.services);
    const both = await Promise.all([escalate(number), escalate(number, { actor: cast.supervisor })]);
    expect(both.toSorted()).toEqual(['already-escalated', 'done']);
    expect(await escalate(number)).toBe('already-escalated');
    expect(await test.services.models.escalations.countDocuments({ ticketId })).toBe(1);
  });

  it('takes question, files, unit and date (R-A4) from the ticket unless they are given', async () => {
    const { number } = await openSample(test.services);
    await escalate(number);
    const made = await test.services.models.escalations.findOne({ ticketNumber: number }).lean();
    expect(made).toMatchObject({
      ...{ unitCode: UNIT, question: 'Kapan DAK Fisik tahap I disalurkan?', state: 'sent', version: 1 },
      dueAt: new Date('2026-03-05T17:00:00+07:00'),
    });
    const { number: another } = await openSample(test.services);
    expect(await escalate(another, { unitCode: 'tidak-ada' })).toBe('invalid-input');
    expect(await escalate(another, { question: ' ' })).toBe('question-missing');
    expect(await escalate(another, { dueAt: MONDAY_MORNING })).toBe('invalid-input');
    expect(await escalate(another, { unitCode: OTHER_UNIT })).toBe('done');
  });

  it('of a complaint or suggestion is refused: a desk is read by a whole unit (R-A8)', async () => {
    for (const kind of ['complaint', 'suggestion'] as const) {
      const { number } = await openSample(test.services, { kind });
      expect(await escalate(number, { actor: cast.supervisor })).toBe('not-allowed');
    }
  });

  it('counts the time that the user was waited for, and a missed date from anew (R-T4, R-E2)', async () => {
    const { models } = test.services;
    const waited = await openSample(test.services);
    const pause = { from: MONDAY_MORNING, to: new Date('2026-03-03T18:00:00+07:00'), dueAt: waited.dueAt };
    await models.tickets.updateOne({ _id: waited._id }, { $set: { 'deadline.pauses': [pause] } });
    const now = new Date('2026-03-04T09:00:00+07:00');
    await escalate(waited.number, { now });
    const missed = await openSample(test.services);
    const breach = { at: missed.dueAt, dueAt: new Date('2026-03-06T17:00:00+07:00'), toldAt: missed.dueAt };
    await models.tickets.updateOne({ _id: missed._id }, { $set: { 'deadline.breach': breach } });
    await escalate(missed.number, { now: new Date('2026-03-06T09:00:00+07:00') });
    const dues = await models.escalations
      .find({ ticketNumber: { $in: [waited.number, missed.number] } })
      .sort({ _id: 1 })
      .lean();
    expect(dues.map(({ dueAt }) => dueAt.toISOString())).toEqual([
      '2026-03-09T10:00:00.000Z',
      '2026-03-10T10:00:00.000Z',
    ]);
  });

  it('of a confined file is refused: a complaint’s letter is not laid before a unit (R-A8)', async () => {
    const { models } = test.services;
    const file = await storeFile(test.services, {
      ...{ content: PDF, name: 'aduan.pdf', conversationId: null, now: MONDAY_MORNING },
    });
    await models.files.updateOne({ _id: file.fileId }, { $set: { matter: 'aduan-1' } });
    const { number } = await openSample(test.services);
    expect(await escalate(number, { fileIds: [file.fileId] })).toBe('not-found');
    const { escalation } = await bringTo(test.services, cast, 'claimed');
    const answer = { step: 'answer' as const, fileIds: [file.fileId] };
    expect(await outcome(step(test.services, escalation._id, cast.member, answer))).toBe('not-found');
  });

  it('of a ticket that is over is refused', async () => {
    const { number, _id } = await openSample(test.services);
    await test.services.models.tickets.updateOne({ _id }, { $set: { status: 'resolved' } });
    expect(await escalate(number)).toBe('ticket-closed');
  });
});
