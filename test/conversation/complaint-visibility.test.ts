import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAndTell } from '../../src/conversation/close-ticket.js';
import { takeOver } from '../../src/conversation/hand-over.js';
import { readMessages } from '../../src/conversation/history.js';
import { addNote, sendStaffMessage } from '../../src/conversation/staff-message.js';
import type { Ticket } from '../../src/models/ticket.js';
import { listAudit } from '../../src/services/audit/list-audit.js';
import { getPerson } from '../../src/services/contacts/get-person.js';
import { escalateTicket } from '../../src/services/escalations/escalate-ticket.js';
import { openStaffFile } from '../../src/services/files/open-staff-file.js';
import { getMail } from '../../src/services/mail/get-mail.js';
import { listMails } from '../../src/services/mail/list-mails.js';
import { listMinutes } from '../../src/services/minutes/list-minutes.js';
import type { Actor } from '../../src/services/service-context.js';
import { assignTicket } from '../../src/services/tickets/assign-ticket.js';
import { claimTicket } from '../../src/services/tickets/claim-ticket.js';
import { closeTicket } from '../../src/services/tickets/close-ticket.js';
import { countTickets } from '../../src/services/tickets/count-tickets.js';
import { getTicket } from '../../src/services/tickets/get-ticket.js';
import { listTickets } from '../../src/services/tickets/list-tickets.js';
import { markConcerned } from '../../src/services/tickets/mark-concerned.js';
import { markSeen } from '../../src/services/tickets/mark-seen.js';
import { ticketHistory } from '../../src/services/tickets/ticket-history.js';
import { ticketThread } from '../../src/services/tickets/ticket-thread.js';
import type { TicketView } from '../../src/services/tickets/ticket-views.js';
import { updateTicket } from '../../src/services/tickets/update-ticket.js';
import { isVisibleTo } from '../../src/services/tickets/visible-to.js';
import type { NumberedChange } from '../../src/shared/change-feed.js';
import { agreed, createOffice, WHO_I_AM, type Chat, type Office } from '../support/conversation.js';
import { PDF } from '../support/files.js';

/** One day in the office: a user asks something, complains about Rani, and tells something else without a name. */
let office: Office;
let question: Ticket;
let complaint: Ticket;
let anonymous: Ticket;
const changes: NumberedChange[] = [];

const SECRET = 'Rani Contoh menutup telepon saya tiga kali.';
const UNNAMED = 'Ruang tunggunya kotor.';

type Who = 'concerned' | 'colleague' | 'given' | 'supervisor' | 'administrator';
let staff: Record<Who, Actor>;

beforeAll(async () => {
  office = await createOffice();
  staff = {
    // A supervisor as well, so that nothing but the mark hides it from her.
    concerned: await office.agent('rani', 'agent', 'supervisor'),
    colleague: await office.agent('budi', 'agent'),
    given: await office.agent('sari', 'agent'),
    supervisor: await office.agent('wati', 'supervisor'),
    administrator: await office.agent('admin', 'administrator'),
  };
  office.services.changes.subscribe((change) => changes.push(change));
  const chat = await agreed(office.chat());
  await consult(chat);
  await complain(chat);
  const unnamed = await chatOf(chat, ['mau mengadu anonim', 'kebersihan', UNNAMED, 'selesai', 'kirim']);
  [question, complaint, anonymous] = (await office.tickets()) as [Ticket, Ticket, Ticket];
  expect(unnamed).toContain(anonymous.number);
  const { number } = complaint;
  const mark = { number, actor: staff.supervisor, staffId: staff.concerned.staffId, now: office.clock.now() };
  await markConcerned(office.services, mark);
  changes.length = 0;
  await assignTicket(office.services, { ...mark, staffId: staff.given.staffId });
});
afterAll(async () => {
  await office.close();
});

async function chatOf(chat: Chat, lines: readonly string[]): Promise<string> {
  for (const line of lines) await chat.says(line);
  return office.webChat.sent.map(({ content }) => (content.kind === 'text' ? content.text : '')).join('\n');
}

async function consult(chat: Chat): Promise<void> {
  await chatOf(chat, ['konsultasi', WHO_I_AM, 'Gowa', 'DAU', 'Kapan DAU cair?', 'selesai', 'kirim']);
}

async function complain(chat: Chat): Promise<void> {
  await chatOf(chat, ['mau komplain', 'dengan nama', 'Petugas Rani Contoh', SECRET]);
  await chat.sends(await chat.stored('bukti.pdf', PDF));
  await chatOf(chat, ['selesai', 'kirim']);
}

const now = () => office.clock.now();
const as = (who: Who, number = complaint.number) => ({ number, actor: staff[who], now: now() });

async function listed(who: Who, view: TicketView, q?: string): Promise<boolean> {
  const input = { view, q, actor: staff[who], language: 'id', limit: 100, now: now() } as const;
  const { items } = await listTickets(office.services, input);
  return items.some(({ number }) => number === complaint.number);
}

async function said(who: Who, ticket: Ticket): Promise<string> {
  const { conversationIds, matters } = await ticketThread(office.services, as(who, ticket.number));
  const page = { conversationIds, limit: 200, staff: { matters } };
  return JSON.stringify((await readMessages(office.engine, page)).items.map(({ content }) => content));
}

/** True when it opens, false when it is as unknown as one that does not exist. */
async function opens(door: Promise<unknown>): Promise<boolean> {
  try {
    await door;
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'not-found' });
    return false;
  }
}

const everybody: readonly Who[] = ['concerned', 'colleague', 'given', 'supervisor', 'administrator'];
const entitled = (who: Who): boolean => who !== 'concerned' && who !== 'colleague';

describe.each(everybody)('a complaint, for the one who is %s to it (R-A8)', (who) => {
  const sees = entitled(who);

  it.each([
    ['the list of complaints', () => listed(who, 'complaints')],
    ['the list of all', () => listed(who, 'all')],
    ['a search by number', () => listed(who, 'all', complaint.number)],
    ['a search by name', () => listed(who, 'all', 'sari')],
    ['its page', () => opens(getTicket(office.services, { ...as(who), language: 'id' }))],
    ['its messages', () => opens(ticketThread(office.services, as(who)))],
    ['its history', () => opens(ticketHistory(office.services, as(who)))],
    ['its person', () => opens(getPerson(office.services, as(who)))],
  ])('is in %s or not', async (_door, look) => {
    expect(await look()).toBe(sees);
  });

  it('is counted or not', async () => {
    const counts = await countTickets(office.services, { actor: staff[who], now: now() });
    const oversees = who === 'supervisor' || who === 'administrator';
    expect(counts.complaints).toBe(oversees ? 2 : who === 'concerned' || who === 'given' ? 1 : 0);
  });

  it('stands among the other tickets of the person or not', async () => {
    const { tickets } = await getPerson(office.services, as(who, question.number));
    expect(tickets.some(({ number }) => number === complaint.number)).toBe(sees);
  });

  it('is not in the conversation of another ticket', async () => {
    const text = await said(who, question);
    expect(text).toContain('Kapan DAU cair?');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('bukti.pdf');
    expect(text).not.toContain(complaint.number);
  });

  it('opens its files or not', async () => {
    const [file] = complaint.attachments;
    const door = openStaffFile(office.services, { fileId: file?.fileId ?? '', actor: staff[who] });
    expect(await opens(door)).toBe(sees);
  });

  it('is heard of in the live changes or not', () => {
    const about = changes.filter(({ topic, id }) => topic === 'ticket' && id === complaint.number);
    expect(about.length).toBeGreaterThan(0);
    for (const { complaint: kept } of about)
      expect(isVisibleTo(staff[who], { kind: 'complaint', ...kept! })).toBe(sees);
  });
});

describe('whom a complaint is about (R-A8)', () => {
  it.each([
    ['claim', () => claimTicket(office.services, as('concerned'))],
    ['take over', () => takeOver(office.engine, as('concerned'))],
    ['reply', () => sendStaffMessage(office.engine, { ...as('concerned'), clientId: 'r', text: 'Halo' })],
    ['note', () => addNote(office.engine, { ...as('concerned'), clientId: 'n', text: 'Halo' })],
    ['mark as read', () => markSeen(office.services, as('concerned'))],
    ['edit', () => updateTicket(office.services, { ...as('concerned'), question: 'Lain' })],
    ['close', () => closeTicket(office.services, { ...as('concerned'), reason: 'Tidak' })],
    ['assign', () => assignTicket(office.services, { ...as('concerned'), staffId: staff.colleague.staffId })],
    ['unmark', () => markConcerned(office.services, { ...as('concerned'), staffId: null })],
  ])('cannot %s, and does not learn that it exists', async (_act, act) => {
    await expect(act()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('cannot be given it', async () => {
    const { staffId } = staff.concerned;
    await expect(assignTicket(office.services, { ...as('supervisor'), staffId })).rejects.toThrow();
    expect(await office.services.models.tickets.findById(complaint._id).lean()).toMatchObject({
      assigneeId: staff.given.staffId,
    });
  });

  it('is said by supervisors, of complaints only, and never of themselves', async () => {
    const mark = (who: Who, staffId: string, number = complaint.number) =>
      markConcerned(office.services, { ...as(who, number), staffId });
    await expect(mark('given', staff.colleague.staffId)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(mark('supervisor', 'nobody')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(mark('supervisor', staff.supervisor.staffId)).rejects.toMatchObject({
      code: 'invalid-input',
    });
    const other = mark('supervisor', staff.colleague.staffId, question.number);
    await expect(other).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is not asked by way of a unit', async () => {
    const asked = escalateTicket(office.services, { ...as('supervisor'), summary: 'Mohon dijawab' });
    await expect(asked).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('an anonymous complaint (R-A8)', () => {
  it('is kept without profile and contact, also in its facts', async () => {
    expect(anonymous).toMatchObject({ anonymous: true, profile: {}, contactId: null });
    expect(complaint.contactId).not.toBeNull();
    const facts = await office.services.models.serviceEvents.find({ ticketId: anonymous._id }).lean();
    expect(JSON.stringify(facts)).not.toContain('73.06');
  });

  it('shows a supervisor nothing that leads to whose it is', async () => {
    const { number } = anonymous;
    const ticket = await getTicket(office.services, { ...as('supervisor', number), language: 'id' });
    expect(ticket).toMatchObject({ anonymous: true, conversationId: '', conversationIds: [], name: null });
    const person = await getPerson(office.services, as('supervisor', number));
    expect(person).toEqual({ addresses: [], tickets: [], similar: [], merges: [] });
    const text = await said('supervisor', anonymous);
    expect(text).toContain(UNNAMED);
    expect(text).not.toContain('Sari Contoh');
    expect(text).not.toContain(SECRET);
  });

  it('is not found from the other tickets of the same person', async () => {
    const { tickets } = await getPerson(office.services, as('supervisor', question.number));
    expect(tickets.map(({ number }) => number)).not.toContain(anonymous.number);
    expect(await said('supervisor', question)).not.toContain(UNNAMED);
    const change = changes.find(({ id }) => id === anonymous.number);
    expect(change?.conversationId).toBeUndefined();
  });

  it('takes no name from the office', async () => {
    const edit = { ...as('supervisor', anonymous.number), profile: { name: 'Sari Contoh' } };
    await expect(updateTicket(office.services, edit)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('an answered complaint (R-A8)', () => {
  beforeAll(async () => {
    const answer = { answer: 'Mohon maaf, sudah kami tegur.', legalBasis: [] };
    await resolveAndTell(office.engine, { ...as('given'), ...answer });
    await resolveAndTell(office.engine, { ...as('supervisor', anonymous.number), ...answer });
    await office.time(60);
  });

  it('ends with a closing letter in chat and mail; an anonymous one in the chat alone', async () => {
    const files = office.webChat.sent.flatMap(({ content }) =>
      content.kind === 'file' ? [content.name] : [],
    );
    expect(files).toEqual(['SP-000001-DJPK-2026.pdf', 'SP-000002-DJPK-2026.pdf']);
    const mails = await office.services.models.mails.find({}).lean();
    expect(mails.map(({ subject }) => subject)).toEqual([`Jawaban atas pengaduan ${complaint.number}`]);
  });

  it.each(everybody)('shows letter and mail to whom it concerns or not: %s', async (who) => {
    const page = { actor: staff[who], limit: 50 };
    const letters = (await listMinutes(office.services, page)).items;
    const letter = letters.some(({ ticketNumber }) => ticketNumber === complaint.number);
    const mails = (await listMails(office.services, page)).items;
    const [mail] = await office.services.models.mails.find({}).lean();
    const minutes = await office.services.models.minutes.findOne({ ticketId: complaint._id }).lean();
    const doors = [
      letter,
      mails.length > 0,
      await opens(getMail(office.services, { id: mail?._id ?? '', actor: staff[who] })),
      await opens(openStaffFile(office.services, { fileId: minutes?.fileId ?? '', actor: staff[who] })),
    ];
    expect(doors).toEqual(Array(4).fill(entitled(who)));
    expect(await said(who, question)).not.toContain('sudah kami tegur');
  });

  it.each(['concerned', 'supervisor', 'administrator'] as const)(
    'is in the audit log of %s or not',
    async (who) => {
      const { items } = await listAudit(office.services, { actor: staff[who], limit: 100 });
      expect(items.some(({ subject }) => subject === complaint.number)).toBe(entitled(who));
      expect(items.some(({ subject }) => subject === anonymous.number)).toBe(true);
    },
  );
});
