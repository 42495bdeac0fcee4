import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAndTell, resolveAndTell } from '../../src/conversation/close-ticket.js';
import { settleEscalation } from '../../src/conversation/settle-escalations.js';
import { escalateAndSettle, stepAndSettle, type StepInput } from '../../src/conversation/step-escalation.js';
import type { Escalation } from '../../src/models/escalation.js';
import type { Ticket } from '../../src/models/ticket.js';
import type { EscalationView } from '../../src/services/escalations/escalation-view.js';
import { takeStep } from '../../src/services/escalations/take-step.js';
import { storeFile } from '../../src/services/files/store-file.js';
import type { Actor } from '../../src/services/service-context.js';
import { createOffice, submitted, twinOf, type Chat, type Office } from '../support/conversation.js';
import { addCast, freshTicketOf, outcome, UNIT, type Cast } from '../support/escalations.js';
import { openSample } from '../support/tickets.js';
import { PDF } from '../support/files.js';

let office: Office;
let cast: Cast;
let first: Chat;

beforeAll(async () => {
  office = await createOffice();
  cast = await addCast(office.services);
  first = await submitted(office.chat());
});
afterAll(async () => office.close());

/** A user with a fresh ticket that was escalated just now. */
async function escalated(): Promise<{ chat: Chat; id: string; number: string }> {
  const chat = await twinOf(office, first);
  const { number } = await freshTicket(chat);
  const view = await escalateAndSettle(office.engine, {
    ...{ number, actor: cast.agent, summary: 'Ringkasan.', now: office.clock.now() },
  });
  await office.time(0);
  return { chat, id: view.id, number };
}

async function freshTicket(chat: Chat): Promise<Ticket> {
  return freshTicketOf(office.services, await first.ticket(), await chat.conversation());
}

async function take(id: string, actor: Actor, input: Partial<StepInput> & Pick<StepInput, 'step'>) {
  const { version } = await stored(id);
  const given = { text: 'Teks contoh.', version, ...input };
  const view = await stepAndSettle(office.engine, { id, actor, now: office.clock.now(), ...given });
  await office.time(0);
  return view;
}

async function stored(id: string): Promise<Escalation> {
  return (await office.services.models.escalations.findById(id).lean())!;
}

async function ticketOf(number: string): Promise<Ticket> {
  return (await office.services.models.tickets.findOne({ number }).lean())!;
}

describe('an escalated ticket', () => {
  it('waits for the unit, counts from the question (R-A4), and the user is told', async () => {
    const { chat, number, id } = await escalated();
    const ticket = await ticketOf(number);
    expect(ticket).toMatchObject({ status: 'waiting-unit', assigneeId: cast.agent.staffId });
    expect(ticket.escalation).toEqual({ id, unitCode: UNIT, state: 'sent', version: 1 });
    expect(ticket.dueAt.toISOString()).toBe('2026-03-05T10:00:00.000Z');
    chat.expectReply(/diteruskan ke unit teknis: Direktorat Dana Transfer Khusus.*Kamis, 5 Maret 2026/);
  });

  it('goes the whole way: claimed, answered, returned, answered, approved, back with the agent', async () => {
    const { number, id } = await escalated();
    const statuses: string[] = [];
    const steps = [
      [cast.member, 'claim'],
      [cast.member, 'answer'],
      [cast.head, 'return'],
      [cast.member, 'answer'],
      [cast.head, 'approve'],
    ] as const;
    let view: EscalationView | undefined;
    for (const [actor, step] of steps) {
      office.clock.advance(600_000);
      view = await take(id, actor, { step });
      statuses.push((await ticketOf(number)).status);
    }
    expect(statuses).toEqual([...Array<string>(4).fill('waiting-unit'), 'in-progress']);
    expect(view).toMatchObject({ state: 'approved', open: false, allowed: [], workingMinutes: 50 });
    expect(
      view?.thread.map(({ n, step, byName, workingMinutes }) => [n, step, byName, workingMinutes]),
    ).toEqual([
      [1, 'escalate', 'rani Contoh', 0],
      [2, 'claim', 'andi Contoh', 10],
      [3, 'answer', 'andi Contoh', 10],
      [4, 'return', 'hari Contoh', 10],
      [5, 'answer', 'andi Contoh', 10],
      [6, 'approve', 'hari Contoh', 10],
    ]);
    const ticketId = (await ticketOf(number))._id;
    const facts = await office.services.models.serviceEvents.find({ ticketId, name: /^escal/ }).lean();
    expect(facts.map(({ name }) => name)).toEqual([
      ...['escalated', 'escalation-claimed', 'escalation-answered'],
      ...['escalation-returned', 'escalation-answered', 'escalation-approved'],
    ]);
    const audit = await office.services.models.auditEntries
      .find({ subject: number, action: /^escalation/ })
      .lean();
    expect(audit.map(({ action }) => action)).toHaveLength(6);
  });

  it('may be resolved at once; then nothing is asked of the unit any more', async () => {
    const { number, id } = await escalated();
    await take(id, cast.member, { step: 'claim' });
    const answer = { answer: 'Sudah terjawab.', legalBasis: [], now: office.clock.now() };
    await resolveAndTell(office.engine, { number, actor: cast.agent, ...answer });
    await office.time(0);
    expect(await stored(id)).toMatchObject({ state: 'withdrawn', open: false, unsettled: false });
    expect((await ticketOf(number)).escalation).toMatchObject({ state: 'withdrawn', version: 3 });
    expect(await outcome(take(id, cast.member, { step: 'answer' }))).toBe('escalation-closed');
  });

  it('escalated in the moment it is closed is withdrawn by itself', async () => {
    const { chat } = await escalated();
    const ticket = await freshTicket(chat);
    const { services, engine } = office;
    const now = office.clock.now();
    const view = await escalateAndSettle(engine, {
      number: ticket.number,
      actor: cast.agent,
      summary: '',
      now,
    });
    await services.models.tickets.updateOne({ _id: ticket._id }, { $set: { status: 'closed' } });
    await settleEscalation(engine, view.id, now);
    expect(await stored(view.id)).toMatchObject({ state: 'withdrawn', unsettled: false, settledVersion: 2 });
  });
});

describe('a question of the unit to the user', () => {
  it('is asked in the chat; three bubbles and a file come back as one entry', async () => {
    const { chat, id, number } = await escalated();
    await take(id, cast.member, { step: 'ask-user', text: 'Nomor SP2D berapa?' });
    chat.expectReply(/Direktorat Dana Transfer Khusus memerlukan keterangan tambahan/, /Nomor SP2D berapa\?/);
    expect((await ticketOf(number)).status).toBe('waiting-user');
    await chat.says('Nomornya 123', 'tanggal 5 Februari', 'terlampir ya');
    await chat.sendsFile('sp2d.pdf', PDF);
    expect((await stored(id)).state).toBe('asking');
    await chat.says('selesai');
    chat.expectReply(/sudah diteruskan ke Direktorat Dana Transfer Khusus/);
    await office.time(0);
    const { state, thread, askedEntry } = await stored(id);
    expect({ state, askedEntry, steps: thread.map(({ step }) => step) }).toEqual({
      ...{ state: 'claimed', askedEntry: null, steps: ['escalate', 'ask-user', 'user-answer'] },
    });
    expect(thread.at(-1)).toMatchObject({
      byId: null,
      text: 'Nomornya 123\ntanggal 5 Februari\nterlampir ya',
    });
    expect(thread.at(-1)?.files).toMatchObject([{ name: 'sp2d.pdf' }]);
    expect((await ticketOf(number)).status).toBe('waiting-unit');
  });

  it('is answered after a pause as well', async () => {
    const { chat, id } = await escalated();
    await take(id, cast.member, { step: 'ask-user' });
    await chat.says('Lima miliar rupiah.');
    await chat.time(office.services.config.questionPauseSeconds + 1);
    chat.expectReply(/sudah diteruskan/);
    expect((await stored(id)).thread.at(-1)).toMatchObject({
      step: 'user-answer',
      text: 'Lima miliar rupiah.',
    });
  });

  it('that was withdrawn while the user wrote leaves the words to the agent', async () => {
    const { chat, id, number } = await escalated();
    await take(id, cast.member, { step: 'ask-user' });
    await chat.says('Sebentar saya cari, nomornya 123.');
    await take(id, cast.agent, { step: 'withdraw' });
    const { unread } = await ticketOf(number);
    await chat.says('selesai');
    chat.expectReply(/tidak menunggu jawaban ini lagi/);
    expect((await ticketOf(number)).unread).toBe(unread + 1);
    expect((await stored(id)).thread).toHaveLength(3);
    await chat.says('menu');
    chat.expectReply(/bantu/);
  });

  it('is relayed by the agent with one press: everything the user wrote since', async () => {
    const { chat, id } = await escalated();
    await take(id, cast.member, { step: 'ask-user' });
    expect(await outcome(take(id, cast.agent, { step: 'user-answer', text: '' }))).toBe('answer-missing');
    await chat.says('Nomornya 123');
    await chat.sendsFile('sp2d.pdf', PDF, 'Ini suratnya');
    await take(id, cast.agent, { step: 'user-answer', text: '' });
    expect((await stored(id)).thread.at(-1)).toMatchObject({
      ...{ byName: cast.agent.name, text: 'Nomornya 123\nIni suratnya', files: [{ name: 'sp2d.pdf' }] },
    });
  });
});

describe('what a user writes while a unit waits', () => {
  it('of a complaint is not relayed to the unit with the rest (R-A8)', async () => {
    const { chat, id } = await escalated();
    await take(id, cast.member, { step: 'ask-user' });
    await chat.says('Petugas unit itu kasar', 'Nomornya 123');
    await office.services.models.messages.updateOne(
      { 'content.text': 'Petugas unit itu kasar' },
      { $set: { matter: 'aduan-1' } },
    );
    await take(id, cast.agent, { step: 'user-answer', text: '' });
    expect((await stored(id)).thread.at(-1)).toMatchObject({ text: 'Nomornya 123' });
  });
});

describe('where the topic says so', () => {
  it('the approved answer goes out by itself, once, and ends the ticket', async () => {
    const { models } = office.services;
    await models.topics.updateOne({ _id: 'dak-fisik' }, { $set: { sendsApprovedAnswer: true } });
    const { chat, id, number } = await escalated();
    const now = office.clock.now();
    const enclosed = { content: PDF, name: 'lampiran.pdf', conversationId: null, now };
    const { fileId } = await storeFile(office.services, enclosed);
    const answer = { text: 'Maret.', legalBasis: ['PMK Contoh'], fileIds: [fileId] };
    await take(id, cast.member, { step: 'answer', ...answer });
    await take(id, cast.head, { step: 'approve', text: '' });
    await models.topics.updateOne({ _id: 'dak-fisik' }, { $set: { sendsApprovedAnswer: false } });
    expect(await ticketOf(number)).toMatchObject({ status: 'resolved', answer: 'Maret.' });
    const { _id: conversationId } = await chat.conversation();
    const files = await models.messages
      .find({ conversationId, 'content.kind': 'file' })
      .sort({ _id: 1 })
      .lean();
    expect(files.map(({ content }) => content)).toMatchObject([
      { name: 'lampiran.pdf' },
      { name: expect.stringMatching(/^BAK-/) as string },
    ]);
    const told = office.webChat.textsTo(chat.address).filter((text) => text.includes('Maret.'));
    expect(told).toEqual([expect.stringContaining('PMK Contoh')]);
  });

  it('a new consultation for a unit that works no more stays with the agents', async () => {
    const { models, reference } = office.services;
    const set = async (escalatesByItself: boolean): Promise<void> => {
      await models.topics.updateOne({ _id: 'dak-fisik' }, { $set: { escalatesByItself } });
      await models.units.updateOne({ _id: UNIT }, { $set: { active: !escalatesByItself } });
      await reference.reload();
    };
    await set(true);
    const { _id } = await openSample(office.services);
    await set(false);
    expect(await models.escalations.exists({ ticketId: _id })).toBeNull();
  });

  it('an approval that is settled late does not end a ticket that was escalated again', async () => {
    const { models } = office.services;
    const { id, number } = await escalated();
    await take(id, cast.member, { step: 'answer', text: 'Maret.' });
    await models.topics.updateOne({ _id: 'dak-fisik' }, { $set: { sendsApprovedAnswer: true } });
    const now = office.clock.now();
    const { version } = await stored(id);
    await takeStep(office.services, { id, version, actor: cast.head, step: 'approve', now });
    await escalateAndSettle(office.engine, { number, actor: cast.agent, summary: 'Sekali lagi.', now });
    await settleEscalation(office.engine, id, now);
    await models.topics.updateOne({ _id: 'dak-fisik' }, { $set: { sendsApprovedAnswer: false } });
    expect(await ticketOf(number)).toMatchObject({ status: 'waiting-unit' });
  });

  it('a new consultation goes to the unit without an agent', async () => {
    const { models, reference } = office.services;
    await models.topics.updateOne({ _id: 'dak-fisik' }, { $set: { escalatesByItself: true } });
    await reference.reload();
    const chat = await submitted(office.chat());
    await models.topics.updateOne({ _id: 'dak-fisik' }, { $set: { escalatesByItself: false } });
    await reference.reload();
    await office.time(0);
    const ticket = await chat.ticket();
    expect(ticket).toMatchObject({ status: 'waiting-unit', assigneeId: null });
    const made = await models.escalations.find({ ticketId: ticket._id }).lean();
    expect(made).toMatchObject([{ state: 'sent', sentById: null, unsettled: false }]);
  });
});

describe('a crash between a step and its consequences', () => {
  it('loses nothing and does nothing twice, however often and by how many it is taken up', async () => {
    const { chat, id, number } = await escalated();
    const now = office.clock.now();
    const asked = {
      id,
      actor: cast.member,
      step: 'ask-user',
      version: 1,
      text: 'Pertanyaan sekali?',
    } as const;
    await takeStep(office.services, { ...asked, now });
    expect((await stored(id)).unsettled).toBe(true);
    await office.time(31);
    await settleEscalation(office.engine, id, now);
    const other = office.anotherEngine();
    const { models } = office.services;
    // As if the process had died before the mark.
    await models.escalations.updateOne({ _id: id }, { $set: { settledVersion: 0, unsettled: true } });
    await Promise.all(
      [office.engine, other, office.engine].map((engine) => settleEscalation(engine, id, now)),
    );
    await other.queue.idle();
    await office.time(60);
    const told = office.webChat.textsTo(chat.address).filter((text) => text.includes('Pertanyaan sekali?'));
    expect(told).toHaveLength(1);
    const facts = await models.serviceEvents.countDocuments({ key: `escalation-user-asked:${id}:2` });
    const audit = await models.auditEntries.countDocuments({
      subject: number,
      action: 'escalation.ask-user',
    });
    const events = await models.messages.countDocuments({ 'content.event.escalationId': id });
    expect({ facts, audit, events }).toEqual({ facts: 1, audit: 1, events: 2 });
    expect((await ticketOf(number)).escalation).toMatchObject({ state: 'asking', version: 2 });
  });

  it('an older state never overwrites a newer one on the ticket', async () => {
    const { id, number } = await escalated();
    await take(id, cast.member, { step: 'claim' });
    const { models } = office.services;
    await models.tickets.updateOne({ number }, { $set: { 'escalation.version': 9, status: 'in-progress' } });
    await models.escalations.updateOne({ _id: id }, { $set: { unsettled: true } });
    await settleEscalation(office.engine, id, office.clock.now());
    expect(await ticketOf(number)).toMatchObject({ status: 'in-progress', escalation: { version: 9 } });
  });
});

describe('two at once', () => {
  const race = async (...attempts: Promise<unknown>[]): Promise<string[]> =>
    (await Promise.all(attempts.map(outcome))).toSorted();
  const raw = async (id: string, actor: Actor, step: StepInput['step'], version: number): Promise<unknown> =>
    stepAndSettle(office.engine, { id, actor, step, version, text: 'Teks.', now: office.clock.now() });

  it('claim: one gets it, the other is told who has', async () => {
    const { id } = await escalated();
    const both = await race(raw(id, cast.member, 'claim', 1), raw(id, cast.colleague, 'claim', 1));
    expect(both).toEqual(['done', 'escalation-changed']);
  });

  it('approve and return: one holds', async () => {
    const { id } = await escalated();
    await take(id, cast.member, { step: 'answer' });
    const both = await race(raw(id, cast.head, 'approve', 2), raw(id, cast.head, 'return', 2));
    expect(both).toContain('done');
    expect(both.filter((code) => code === 'done')).toHaveLength(1);
    expect((await stored(id)).version).toBe(3);
  });

  it('approve and withdraw: one holds', async () => {
    const { id } = await escalated();
    await take(id, cast.member, { step: 'answer' });
    const both = await race(raw(id, cast.head, 'approve', 2), raw(id, cast.agent, 'withdraw', 2));
    expect(both).toEqual(['done', 'escalation-closed']);
  });

  it('approve and the end of the ticket: it is over once, whichever comes first', async () => {
    const { id, number } = await escalated();
    await take(id, cast.member, { step: 'answer' });
    const closed = closeAndTell(office.engine, {
      ...{ number, actor: cast.agent, reason: 'Selesai.', now: office.clock.now() },
    });
    const both = await race(raw(id, cast.head, 'approve', 2), closed);
    expect(both).toContain('done');
    await office.time(60);
    const end = await stored(id);
    expect(end).toMatchObject({ open: false, unsettled: false, version: 3 });
    const ticket = await ticketOf(number);
    expect(ticket).toMatchObject({ status: 'closed', escalation: { state: end.state, version: 3 } });
  });
});
