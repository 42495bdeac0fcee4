import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeAndTell, finishClosings, resolveAndTell } from '../../src/conversation/close-ticket.js';
import { handBack, takeOver } from '../../src/conversation/hand-over.js';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { sendStaffMessage } from '../../src/conversation/staff-message.js';
import type { Engine } from '../../src/conversation/engine.js';
import { claimTicket } from '../../src/services/tickets/claim-ticket.js';
import { getTicket } from '../../src/services/tickets/get-ticket.js';
import type { Actor } from '../../src/services/service-context.js';
import { DomainError } from '../../src/shared/errors.js';
import { agreed, createOffice, submitted, twinOf, type Chat, type Office } from '../support/conversation.js';
import { openSample } from '../support/tickets.js';
import { recordingDialogs } from './recording-dialog.js';

let office: Office;
let sari: Actor;
beforeAll(async () => {
  office = await createOffice();
  sari = await office.agent('sari');
});
afterAll(async () => office.close());

async function numberOf(chat: Chat): Promise<string> {
  return (await chat.ticket()).number;
}

describe('a person who takes a conversation over', () => {
  it('in the middle of a running turn silences that very turn', async () => {
    const chat = await submitted(office.chat());
    const number = await numberOf(chat);
    let taken = false;
    const engine = office.anotherEngine({
      dialogs: recordingDialogs(async () => {
        if (!taken) await takeOver(office.engine, { number, actor: sari, now: office.clock.now() });
        taken = true;
      }),
    });
    const { _id } = await chat.conversation();
    await office.services.models.conversations.updateOne({ _id }, { $set: { stack: [] } });
    const before = office.webChat.sent.length;
    await receiveMessage(engine, chat.message({ kind: 'text', text: 'Apakah bisa hari ini?' }));
    await engine.queue.idle();
    await office.time(60);
    expect(taken).toBe(true);
    const told = office.webChat.sent.slice(before).map(({ content }) => content);
    expect(told).toEqual([{ kind: 'text', text: expect.stringMatching(/^Petugas .* bergabung/) as string }]);
    const ticket = await chat.ticket();
    expect(ticket.unread).toBe(1);
    const left = await office.services.models.messages.countDocuments({ conversationId: _id, pending: true });
    expect(left).toBe(0);
  });

  it('while a ticket is being opened leaves one ticket, which sending the summary again names', async () => {
    const chat = await submitted(office.chat());
    const first = await chat.ticket();
    await chat.says('konsultasi', 'benar', 'DAU', 'Kapan DAU bulan ini disalurkan?', 'selesai');
    const hand = { number: first.number, actor: sari, now: office.clock.now() };
    const { conversations } = office.services.models;
    const write = conversations.collection.findOneAndUpdate.bind(conversations.collection);
    const spied = vi.spyOn(conversations.collection, 'findOneAndUpdate');
    spied.mockImplementation(async (...args: Parameters<typeof write>) => {
      if ((await chat.tickets()).length === 2) {
        spied.mockRestore();
        await takeOver(office.engine, hand);
      }
      return write(...args);
    });
    await chat.says('kirim');
    expect(await chat.tickets()).toHaveLength(2);
    expect(await chat.conversation()).toMatchObject({ holder: 'staff' });
    await handBack(office.engine, hand);
    await office.time(1);
    await chat.says('kirim');
    expect(await chat.tickets()).toHaveLength(2);
    chat.expectReply((await chat.ticket()).number);
  });

  it('at any moment among many messages is never talked across', async () => {
    const chat = await submitted(office.chat());
    const number = await numberOf(chat);
    const messages = Array.from({ length: 12 }, (_, index) =>
      chat.message({ kind: 'text', text: `status tiket ${index}` }),
    );
    const delivering = Promise.all(messages.map(async (message) => receiveMessage(office.engine, message)));
    await takeOver(office.engine, { number, actor: sari, now: office.clock.now() });
    const { version } = await chat.conversation();
    await delivering;
    await office.engine.queue.idle();
    const heard = office.webChat.textsTo(chat.address).length;
    await chat.says('menu', 'petugas', 'halo?');
    chat.expectSilence();
    expect(office.webChat.textsTo(chat.address).length).toBe(heard);
    expect((await chat.conversation()).version).toBeGreaterThan(version);
    expect((await chat.ticket()).unread).toBeGreaterThanOrEqual(3);
  });

  it('keeps the bot silent when a pause of the question ends meanwhile', async () => {
    const chat = await submitted(office.chat());
    await chat.says('konsultasi', 'benar', 'DAK Fisik', 'Apakah jadwalnya berubah?');
    await takeOver(office.engine, { number: await numberOf(chat), actor: sari, now: office.clock.now() });
    await office.time(1);
    await chat.time(600);
    chat.expectSilence();
  });

  it('alone may; another agent is told who has it, a supervisor may step in', async () => {
    const chat = await submitted(office.chat());
    const number = await numberOf(chat);
    const [budi, head] = [await office.agent('budi'), await office.agent('kepala', 'supervisor')];
    const now = office.clock.now();
    await takeOver(office.engine, { number, actor: sari, now });
    const refused = takeOver(office.engine, { number, actor: budi, now });
    await expect(refused).rejects.toMatchObject({ code: 'ticket-taken', params: { name: sari.name } });
    await takeOver(office.engine, { number, actor: head, now });
    expect(await chat.conversation()).toMatchObject({ holder: 'staff', holderId: head.staffId });
  });

  it('hands back: the bot says so and goes on where the user was', async () => {
    const chat = await submitted(office.chat());
    await chat.says('konsultasi');
    const hand = { number: await numberOf(chat), actor: sari, now: office.clock.now() };
    await takeOver(office.engine, hand);
    await chat.says('Bu, satu hal lagi.');
    chat.expectSilence();
    await chat.time(1);
    const heard = office.webChat.textsTo(chat.address).length;
    await handBack(office.engine, hand);
    await office.time(1);
    const told = office.webChat.textsTo(chat.address).slice(heard);
    expect(told[0]).toMatch(/Petugas sudah selesai untuk saat ini/);
    expect(told[1]).toMatch(/Apakah masih benar\?/);
  });

  it('cannot hand back what somebody else holds', async () => {
    const chat = await submitted(office.chat());
    const hand = { number: await numberOf(chat), actor: sari, now: office.clock.now() };
    await expect(handBack(office.engine, hand)).rejects.toThrow(DomainError);
  });
});

describe('a take-over at the moment a supervisor closes the ticket', () => {
  /** A process in which the ticket is closed between its look at the ticket and its take-over. */
  function closedMeanwhile(number: string, closing: () => Promise<unknown>): Engine {
    const engine = office.anotherEngine();
    const { models } = engine.services;
    let closed = false;
    const tickets = new Proxy(models.tickets, {
      get: (target, name) => {
        if (name !== 'findOne' || closed) return Reflect.get(target, name) as unknown;
        return (filter: object) => ({
          lean: async () => {
            const found = await target.findOne(filter).lean();
            closed = true;
            await closing();
            return found;
          },
        });
      },
    });
    return { ...engine, services: { ...engine.services, models: { ...models, tickets } } };
  }

  it('is refused, and the bot goes on speaking', async () => {
    const chat = await submitted(office.chat());
    const number = await numberOf(chat);
    const now = office.clock.now();
    await claimTicket(office.services, { number, actor: sari, now });
    const head = await office.agent('penutup', 'supervisor');
    const engine = closedMeanwhile(number, async () => {
      await closeAndTell(office.engine, { number, actor: head, reason: 'Ganda.', now });
      await office.engine.queue.idle();
    });
    await expect(takeOver(engine, { number, actor: sari, now })).rejects.toMatchObject({
      code: 'ticket-closed',
    });
    expect(await chat.conversation()).toMatchObject({ holder: 'bot', holderId: null, openTicketId: null });
    const facts = { name: 'taken-over' as const, ticketId: (await chat.ticket())._id };
    expect(await office.services.models.serviceEvents.countDocuments(facts)).toBe(0);
    await chat.says('menu');
    chat.expectReply(/Ada yang dapat saya bantu/);
  });

  it('never leaves the conversation with the agent, whoever comes first', async () => {
    const head = await office.agent('ketua', 'supervisor');
    const other = office.anotherEngine();
    const ready = await submitted(office.chat());
    for (let round = 0; round < 12; round += 1) {
      const chat = await twinOf(office, ready);
      const { _id } = await chat.conversation();
      const { number, _id: ticketId } = await openSample(office.services, {
        conversation: { _id, channel: 'web-chat', contactId: null },
      });
      await office.services.models.conversations.updateOne({ _id }, { $set: { openTicketId: ticketId } });
      const now = office.clock.now();
      await claimTicket(office.services, { number, actor: sari, now });
      const takeOverLater = async (): Promise<void> => {
        // Each round one command later, so that it falls into every gap of the closing.
        for (let step = 0; step < round; step += 1) await other.services.models.counters.findById('none');
        await takeOver(other, { number, actor: sari, now });
      };
      await Promise.allSettled([
        takeOverLater(),
        closeAndTell(office.engine, { number, actor: head, reason: 'Ganda.', now }),
      ]);
      await office.engine.queue.idle();
      expect(await chat.conversation(), `round ${round}`).toMatchObject({
        holder: 'bot',
        openTicketId: null,
      });
    }
  });
});

it('a conversation that is held on a finished ticket can be handed back', async () => {
  const chat = await submitted(office.chat());
  const { number, _id } = await chat.ticket();
  const hand = { number, actor: sari, now: office.clock.now() };
  await takeOver(office.engine, hand);
  await office.services.models.tickets.updateOne({ _id }, { $set: { status: 'closed' } });
  const shown = await getTicket(office.services, { ...hand, language: 'id' });
  expect(shown.allowed).toEqual(['hand-back']);
  await handBack(office.engine, hand);
  expect(await chat.conversation()).toMatchObject({ holder: 'bot' });
});

describe('a ticket that ends', () => {
  it('is told once, with its BAK, by mail as well, and the bot speaks again', async () => {
    const chat = await submitted(office.chat());
    const number = await numberOf(chat);
    const actor = sari;
    await sendStaffMessage(office.engine, {
      number,
      actor,
      clientId: 'a',
      text: 'Baik.',
      now: office.clock.now(),
    });
    await office.time(1);
    const mails = office.mails.length;
    const heard = office.webChat.textsTo(chat.address).length;
    const answer = { number, actor, answer: 'Tahap I Februari.', legalBasis: ['PMK contoh'] };
    await resolveAndTell(office.engine, { ...answer, now: office.clock.now() });
    await finishClosings(office.engine, new Date(office.clock.now().getTime() + 3_600_000));
    await office.time(60);
    const told = office.webChat.textsTo(chat.address).slice(heard);
    expect(told).toHaveLength(3);
    expect(told[0]).toMatch(/sudah dijawab:\s+Tahap I Februari\.\s+\*Dasar hukum\*\s+• PMK contoh/);
    expect(told[1]).toMatch(/📎 BAK-.*\.pdf Berita Acara Konsultasi/);
    expect(told[2]).toMatch(/Seberapa puas/);
    expect(office.mails.slice(mails).map(({ to }) => to)).toEqual(['sari@contoh.go.id']);
    expect(await chat.conversation()).toMatchObject({ holder: 'bot', openTicketId: null });
  });

  it('whose closing died half-way is finished by the sweep', async () => {
    const chat = await agreed(office.chat());
    await chat.says('petugas');
    const ticket = await chat.ticket();
    const now = office.clock.now();
    await office.services.models.tickets.updateOne(
      { _id: ticket._id },
      {
        ...{ status: 'resolved', answer: 'Sudah.', resolvedAt: now, resolvedById: sari.staffId },
        ...{ closingPending: true, nextClosingAt: now, updatedAt: now },
      },
    );
    await chat.time(120);
    chat.expectReply(/sudah dijawab:\s+Sudah\./, /Seberapa puas/);
    expect((await chat.ticket()).closingPending).toBe(false);
  });

  it('whose BAK cannot be made gives the conversation back at once, keeps its one number and is tried ever more seldom', async () => {
    const chat = await submitted(office.chat());
    const { number, _id } = await chat.ticket();
    await takeOver(office.engine, { number, actor: sari, now: office.clock.now() });
    const { models, blobs } = office.services;
    const drawn = async () => (await models.counters.findById('minutes-2026').lean())?.value ?? 0;
    const before = await drawn();
    let tries = 0;
    const full: typeof blobs.receive = () => {
      tries += 1;
      return Promise.reject(new Error('the disk is full'));
    };
    const receive = blobs.receive.bind(blobs);
    Object.assign(blobs, { receive: full });
    try {
      const answer = { number, actor: sari, answer: 'Februari.', legalBasis: [], now: office.clock.now() };
      expect(await resolveAndTell(office.engine, answer)).toMatchObject({ status: 'resolved' });
      expect(await chat.conversation()).toMatchObject({ holder: 'bot', holderId: null });
      await chat.says('menu');
      chat.expectReply(/Ada yang dapat saya bantu/);
      await chat.time(4 * 3600);
    } finally {
      Object.assign(blobs, { receive });
    }
    expect(tries).toBeGreaterThan(6);
    expect(tries).toBeLessThan(16);
    await chat.time(3600);
    chat.expectReply(/sudah dijawab/, /📎 BAK-/);
    expect(await drawn()).toBe(before + 1);
    const minutes = await models.minutes.findOne({ ticketId: _id }).lean();
    expect(minutes?.number).toContain(String(before + 1).padStart(6, '0'));
  });

  it('closed without an answer is told with the reason', async () => {
    const chat = await submitted(office.chat());
    const heard = office.webChat.textsTo(chat.address).length;
    const close = { number: await numberOf(chat), actor: sari, reason: 'Pertanyaan ganda.' };
    await closeAndTell(office.engine, { ...close, now: office.clock.now() });
    await office.time(1);
    const told = office.webChat.textsTo(chat.address).slice(heard).join('\n');
    expect(told).toMatch(/ditutup\. Keterangan petugas: Pertanyaan ganda\./);
  });
});
