import { readMessages } from '../../conversation/history.js';
import { addNote, sendStaffMessage } from '../../conversation/staff-message.js';
import type { Message } from '../../models/message.js';
import { ticketThread } from '../../services/tickets/ticket-thread.js';
import {
  operation,
  TICKET_READERS,
  TICKET_WRITERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import { listOf, numberParams, pageOf } from '../schemas/common.js';
import * as schemas from '../schemas/messages.js';
import { commandOf, requireActor } from '../sign-in.js';

export function messageRoutes(app: ApiServer, { engine, services, clock }: ConsoleDeps): void {
  app.get(
    '/tickets/:number/messages',
    operation(
      'ticket.messages',
      'What was said with the person of a ticket, oldest first; `next` leads to older ones',
      TICKET_READERS,
      {
        params: numberParams,
        querystring: schemas.messageQuery,
        response: { 200: pageOf(schemas.message) },
      },
    ),
    async (request) => {
      const command = { ...request.params, actor: requireActor(request) };
      const { conversationIds, matters } = await ticketThread(services, command);
      const page = { ...request.query, conversationIds, staff: { matters } };
      const { items, next } = await readMessages(engine, page);
      return { items: items.map(messageView), next };
    },
  );

  app.post(
    '/tickets/:number/reply',
    operation('ticket.reply', 'Writes to the user; takes the conversation over', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.reply,
      response: { 200: listOf(schemas.message) },
    }),
    async (request) => {
      const command = commandOf(request, clock);
      return { items: (await sendStaffMessage(engine, command)).map(messageView) };
    },
  );

  app.post(
    '/tickets/:number/notes',
    operation('ticket.note', 'Adds a note that only staff see', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.note,
      response: { 200: schemas.message },
    }),
    async (request) => {
      const command = commandOf(request, clock);
      return messageView(await addNote(engine, command));
    },
  );
}

type Line = Exclude<Message['direction'], 'event'>;
type Said = Exclude<Message['content'], { kind: 'event' }>;

function messageView({ _id, direction, channel, author, content, sentAt, receivedAt, delivery }: Message) {
  // Events are for the dialog alone; no list that is shown holds one.
  if (!isLine(direction) || !isSaid(content)) throw new Error(`message ${_id} is not for reading`);
  return { id: _id, direction, channel, author, content, sentAt, receivedAt, delivery };
}

function isLine(direction: Message['direction']): direction is Line {
  return direction !== 'event';
}

function isSaid(content: Message['content']): content is Said {
  return content.kind !== 'event';
}
