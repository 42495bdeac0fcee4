import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAndTell, resolveAndTell } from '../../src/conversation/close-ticket.js';
import type { Engine } from '../../src/conversation/engine.js';
import { handBack, takeOver } from '../../src/conversation/hand-over.js';
import { addNote, sendStaffMessage } from '../../src/conversation/staff-message.js';
import type { Ticket } from '../../src/models/ticket.js';
import type { Actor } from '../../src/services/service-context.js';
import { createOffice, submitted, twinOf, type Chat, type Office } from '../support/conversation.js';
import { openSample } from '../support/tickets.js';
import { startMortalProcess } from './mortal-process.js';

/** More steps than any act of staff has. */
const MOST_STEPS = 40;

let office: Office;
let sari: Actor;
let ready: Chat;
beforeAll(async () => {
  office = await createOffice();
  sari = await office.agent('sari');
  ready = await submitted(office.chat());
});
afterAll(async () => office.close());

interface Act {
  prepare?: (ticket: Ticket) => Promise<unknown>;
  act: (engine: Engine, ticket: Ticket) => Promise<unknown>;
  /** Whether the agent's page shows it done; an agent does again what is not. */
  done: (chat: Chat) => Promise<boolean>;
  check: (chat: Chat, ticket: Ticket, after: string) => Promise<void>;
}

/** An agent's process dies after 1, 2, 3, … steps; the jobs of another one do the rest. @returns steps of the whole act */
async function dieEverywhere({ prepare, act, done, check }: Act): Promise<number> {
  for (let lifetime = 1; lifetime <= MOST_STEPS; lifetime += 1) {
    const chat = await twinOf(office, ready);
    const { _id } = await chat.conversation();
    const ticket = await openSample(office.services, {
      conversation: { _id, channel: 'web-chat', contactId: null },
    });
    await office.services.models.conversations.updateOne({ _id }, { $set: { openTicketId: ticket._id } });
    await prepare?.(ticket);
    const dying = await startMortalProcess(office, lifetime);
    await act(dying.engine, ticket).catch(() => undefined);
    await dying.engine.queue.idle();
    const { dead } = dying;
    await dying.bury();
    await office.time(120);
    if (!(await done(chat))) await act(office.engine, ticket);
    await office.time(120);
    await check(chat, ticket, `after a crash at step ${lifetime}`);
    if (!dead) return lifetime - 1;
  }
  throw new Error('the act never ends');
}

const hand = ({ number }: Ticket) => ({ number, actor: sari, now: office.clock.now() });
const isOver = async (chat: Chat) => ['resolved', 'closed'].includes((await chat.ticket()).status);

async function factsOf({ _id: ticketId }: Ticket): Promise<string[]> {
  const facts = await office.services.models.serviceEvents.find({ ticketId }).lean();
  return facts.map(({ name, staffName }) => `${name} ${staffName ?? '-'}`).sort();
}

async function auditOf({ number: subject }: Ticket): Promise<string[]> {
  const lines = await office.services.models.auditEntries.find({ subject }).lean();
  return lines.map(({ action, actorName }) => `${action} ${actorName}`).sort();
}

const times = (lines: readonly string[], line: string) => lines.filter((one) => one === line).length;

describe('a process that dies at any step of what an agent does', () => {
  it('handing back: told, recorded and audited once', { timeout: 90_000 }, async () => {
    const steps = await dieEverywhere({
      prepare: (ticket) => takeOver(office.engine, hand(ticket)),
      act: (engine, ticket) => handBack(engine, hand(ticket)),
      done: async (chat) => (await chat.conversation()).holder === 'bot',
      check: async (chat, ticket, after) => {
        const { _id: conversationId } = await chat.conversation();
        const told = await office.services.models.messages.countDocuments({
          ...{ conversationId, direction: 'out' },
          'content.text': /Petugas sudah selesai/,
        });
        expect(told, after).toBe(1);
        expect(times(await factsOf(ticket), `handed-back ${sari.name}`), after).toBe(1);
        expect(times(await auditOf(ticket), `ticket.hand-back ${sari.name}`), after).toBe(1);
      },
    });
    expect(steps).toBeGreaterThan(5);
  });

  it('closing: recorded and audited once', { timeout: 90_000 }, async () => {
    const steps = await dieEverywhere({
      act: (engine, ticket) => closeAndTell(engine, { ...hand(ticket), reason: 'Ganda.' }),
      done: isOver,
      check: async (_chat, ticket, after) => {
        expect(times(await factsOf(ticket), `ticket-closed ${sari.name}`), after).toBe(1);
        expect(times(await auditOf(ticket), `ticket.close ${sari.name}`), after).toBe(1);
      },
    });
    expect(steps).toBeGreaterThan(5);
  });

  it('resolving what is nobody’s: claimed, resolved and audited once', { timeout: 90_000 }, async () => {
    const steps = await dieEverywhere({
      act: (engine, ticket) => resolveAndTell(engine, { ...hand(ticket), answer: 'Ya.', legalBasis: [] }),
      done: isOver,
      check: async (_chat, ticket, after) => {
        const facts = await factsOf(ticket);
        expect(times(facts, `ticket-claimed ${sari.name}`), after).toBe(1);
        expect(times(facts, `ticket-resolved ${sari.name}`), after).toBe(1);
        expect(times(await auditOf(ticket), `ticket.resolve ${sari.name}`), after).toBe(1);
      },
    });
    expect(steps).toBeGreaterThan(8);
  });
});

it('a reply and a note that the page sends twice are audited once', async () => {
  const chat = await submitted(office.chat());
  const ticket = await chat.ticket();
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await sendStaffMessage(office.engine, { ...hand(ticket), clientId: 'reply', text: 'Baik.' });
    await addNote(office.engine, { ...hand(ticket), clientId: 'note', text: 'Cek.' });
  }
  const audit = await auditOf(ticket);
  expect(times(audit, `ticket.reply ${sari.name}`)).toBe(1);
  expect(times(audit, `ticket.note ${sari.name}`)).toBe(1);
});
