import type { Content, Message } from '../models/message.js';
import type { Ticket } from '../models/ticket.js';
import { recordAudit } from '../services/audit/record-audit.js';
import { fileReferences } from '../services/files/file-references.js';
import type { Actor } from '../services/service-context.js';
import { noteStaffReply } from '../services/tickets/note-staff-reply.js';
import { confineFiles } from '../services/messages/confine-messages.js';
import { matterOf } from '../services/tickets/matter-of.js';
import { openTicketByNumber } from '../services/tickets/open-ticket-by-number.js';
import { recordTicketFact } from '../services/tickets/record-ticket-fact.js';
import { DomainError } from '../shared/errors.js';
import { deliverQueued } from './deliver.js';
import type { Engine } from './engine.js';
import { takeOver } from './hand-over.js';
import { storeOnce } from './receive-message.js';

interface StaffMessage {
  number: string;
  actor: Actor;
  /** Chosen by the sender's page: the same reply sent again is the same reply. */
  clientId: string;
  text?: string;
  fileIds?: readonly string[];
  /** The user has to answer; the deadline stands still until they do. */
  awaitsAnswer?: boolean;
  now: Date;
}

/**
 * An agent writes to the user. Answering takes the conversation over, so that the bot never talks across a person.
 * @returns the messages, text first, as stored; their delivery goes on in the background.
 * @throws DomainError answer-missing, ticket-closed, ticket-taken, not-found (a file)
 */
export async function sendStaffMessage(engine: Engine, input: StaffMessage): Promise<Message[]> {
  const { number, actor, clientId, awaitsAnswer = false, now } = input;
  const text = input.text?.trim() ?? '';
  const files = await fileReferences(engine.services, input.fileIds ?? []);
  if (text === '' && files.length === 0) throw new DomainError('answer-missing');
  const ticket = await takeOver(engine, { number, actor, now });
  const matter = matterOf(ticket);
  if (matter !== null) await confineFiles(engine.services, input.fileIds ?? [], matter);
  // The word that a person has joined comes before what the person says.
  await engine.queue.run(ticket.conversationId, () => Promise.resolve());
  const contents: Content[] = [
    ...(text === '' ? [] : [{ kind: 'text' as const, text }]),
    ...files.map((file) => ({ kind: 'file' as const, ...file })),
  ];
  const lines = contents.map((content, part) =>
    staffLine(engine, ticket, actor, content, `staff:${clientId}:${part}`, 'out', now),
  );
  const stored: Message[] = [];
  for (const line of lines) stored.push(await storeLine(engine, line));
  const first = stored[0];
  if (first) {
    const audited = { actor, action: 'ticket.reply', subject: number, key: `ticket.reply:${first._id}`, now };
    await recordAudit(engine.services, audited);
    const reply = { ticketId: ticket._id, actor, messageId: first._id, awaitsAnswer, now };
    await noteStaffReply(engine.services, reply);
  }
  void engine.queue.run(ticket.conversationId, () => deliverQueued(engine, ticket.conversationId));
  return stored;
}

/** A note that only staff see. */
export async function addNote(
  engine: Engine,
  {
    number,
    actor,
    clientId,
    text,
    now,
  }: Pick<StaffMessage, 'number' | 'actor' | 'clientId' | 'now'> & { text: string },
): Promise<Message> {
  const ticket = await openTicketByNumber(engine.services, { number, actor });
  const note = staffLine(
    engine,
    ticket,
    actor,
    { kind: 'text', text: text.trim() },
    `note:${clientId}`,
    'note',
    now,
  );
  const stored = await storeLine(engine, note);
  await recordTicketFact(engine.services, ticket, { name: 'note-added', of: stored._id, at: now, actor });
  const audited = { actor, action: 'ticket.note', subject: number, key: `ticket.note:${stored._id}`, now };
  await recordAudit(engine.services, audited);
  return stored;
}

async function storeLine(engine: Engine, line: Message): Promise<Message> {
  const existing = await storeOnce(engine, line);
  if (existing === undefined) {
    engine.services.changes.publish({ topic: 'message', id: line._id, conversationId: line.conversationId });
    return line;
  }
  const stored = await engine.services.models.messages.findById(existing).lean();
  return stored ?? line;
}

function staffLine(
  engine: Engine,
  ticket: Ticket,
  actor: Actor,
  content: Content,
  providerId: string,
  direction: 'out' | 'note',
  now: Date,
): Message {
  const matter = matterOf(ticket);
  return {
    _id: engine.services.newId(),
    conversationId: ticket.conversationId,
    direction,
    author: { kind: 'staff', userId: actor.staffId, name: actor.name },
    content,
    channel: ticket.channel,
    // Only the user's messages count as the platform's; the prefix keeps ours apart under the same unique index.
    account: `staff:${actor.staffId}`,
    providerId,
    sentAt: now,
    receivedAt: now,
    pending: false,
    ...(matter === null ? {} : { matter }),
    processedAt: null,
    delivery:
      direction === 'out'
        ? { state: 'queued', attempts: 0, nextAttemptAt: now, reason: null, at: now }
        : null,
  };
}
