import type { FastifyRequest } from 'fastify';
import { closeAndTell, resolveAndTell } from '../../conversation/close-ticket.js';
import { continueElsewhere } from '../../conversation/continue-elsewhere.js';
import { handBack, takeOver } from '../../conversation/hand-over.js';
import { assignTicket } from '../../services/tickets/assign-ticket.js';
import { claimTicket } from '../../services/tickets/claim-ticket.js';
import { countTickets } from '../../services/tickets/count-tickets.js';
import { getTicket } from '../../services/tickets/get-ticket.js';
import { listTickets } from '../../services/tickets/list-tickets.js';
import { markConcerned } from '../../services/tickets/mark-concerned.js';
import { markSeen } from '../../services/tickets/mark-seen.js';
import { ticketHistory } from '../../services/tickets/ticket-history.js';
import type { TicketDetails } from '../../services/tickets/ticket-view.js';
import { updateTicket } from '../../services/tickets/update-ticket.js';
import {
  operation,
  TICKET_READERS,
  TICKET_WRITERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import { readerLanguage } from '../reader-language.js';
import { emptyBody, listOf, numberParams, pageOf } from '../schemas/common.js';
import * as schemas from '../schemas/tickets.js';
import { requireActor } from '../sign-in.js';

type TicketRequest = FastifyRequest & { params: { number: string } };
type Command = ReturnType<typeof commandOf>;

export function ticketRoutes(app: ApiServer, deps: ConsoleDeps): void {
  readingRoutes(app, deps);
  plainCommands(app, deps);
  commandsWithBody(app, deps);
  complaintCommands(app, deps);
}

function readingRoutes(app: ApiServer, deps: ConsoleDeps): void {
  const { services, clock } = deps;
  app.get(
    '/tickets',
    operation('ticket.list', 'A view of the inbox, or what a search finds', TICKET_READERS, {
      querystring: schemas.ticketQuery,
      response: { 200: pageOf(schemas.ticketSummary) },
    }),
    (request) =>
      listTickets(services, {
        ...request.query,
        actor: requireActor(request),
        language: readerLanguage(request),
        now: clock.now(),
      }),
  );

  app.get(
    '/ticket-counts',
    operation('ticket.counts', 'How many tickets each view holds', TICKET_READERS, {
      response: { 200: schemas.ticketCounts },
    }),
    (request) => countTickets(services, { actor: requireActor(request), now: clock.now() }),
  );

  app.get(
    '/tickets/:number',
    operation('ticket.show', 'One ticket', TICKET_READERS, {
      params: numberParams,
      response: { 200: schemas.ticket },
    }),
    (request) => show(deps, commandOf(request, deps)),
  );

  app.get(
    '/tickets/:number/history',
    operation('ticket.history', 'What became of a ticket, oldest first', TICKET_READERS, {
      params: numberParams,
      response: { 200: listOf(schemas.historyEntry) },
    }),
    (request) => ticketHistory(services, commandOf(request, deps)),
  );
}

/** Commands that need nothing but the ticket and who acts. */
function plainCommands(app: ApiServer, deps: ConsoleDeps): void {
  const { engine, services } = deps;
  const commands: { verb: string; summary: string; run: (command: Command) => Promise<unknown> }[] = [
    { verb: 'claim', summary: 'Takes a ticket', run: (command) => claimTicket(services, command) },
    {
      verb: 'take-over',
      summary: 'Takes the conversation: the bot falls silent',
      run: (command) => takeOver(engine, command),
    },
    {
      verb: 'hand-back',
      summary: 'Gives the conversation back to the bot',
      run: (command) => handBack(engine, command),
    },
    {
      verb: 'seen',
      summary: 'Marks the conversation as read',
      run: (command) => markSeen(services, command),
    },
  ];
  for (const { verb, summary, run } of commands) {
    app.post(
      `/tickets/:number/${verb}`,
      operation(`ticket.${verb}`, summary, TICKET_WRITERS, {
        params: numberParams,
        body: emptyBody,
        response: { 200: schemas.ticket },
      }),
      async (request) => {
        const command = commandOf(request, deps);
        await run(command);
        return show(deps, command);
      },
    );
  }
}

function commandsWithBody(app: ApiServer, deps: ConsoleDeps): void {
  const { engine, services } = deps;
  const response = { 200: schemas.ticket };
  app.patch(
    '/tickets/:number',
    operation('ticket.update', 'Corrects who asked what', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.ticketChanges,
      response,
    }),
    async (request) => {
      const command = commandOf(request, deps);
      await updateTicket(services, { ...request.body, ...command });
      return show(deps, command);
    },
  );

  app.post(
    '/tickets/:number/move',
    operation('ticket.move', 'Goes on in another conversation of the same person', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.move,
      response,
    }),
    async (request) => {
      const command = commandOf(request, deps);
      await continueElsewhere(engine, { ...request.body, ...command });
      return show(deps, command);
    },
  );

  app.post(
    '/tickets/:number/assign',
    operation('ticket.assign', 'Gives a ticket to a colleague', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.assignment,
      response,
    }),
    async (request) => {
      const command = commandOf(request, deps);
      await assignTicket(services, { ...request.body, ...command });
      return show(deps, command);
    },
  );

  app.post(
    '/tickets/:number/close',
    operation('ticket.close', 'Ends a ticket without an answer and tells the user why', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.closing,
      response,
    }),
    async (request) => {
      const command = commandOf(request, deps);
      await closeAndTell(engine, { ...request.body, ...command });
      return show(deps, command);
    },
  );

  app.post(
    '/tickets/:number/resolve',
    operation('ticket.resolve', 'Answers a ticket: the BAK is made and sent', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.resolution,
      response,
    }),
    async (request) => {
      const command = commandOf(request, deps);
      await resolveAndTell(engine, { ...request.body, ...command });
      return show(deps, command);
    },
  );
}

/** R-A8. */
function complaintCommands(app: ApiServer, deps: ConsoleDeps): void {
  app.post(
    '/tickets/:number/mark-concerned',
    operation('ticket.mark-concerned', 'Says whom of the staff a complaint is about', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.concerned,
      response: { 200: schemas.ticket },
    }),
    async (request) => {
      const command = commandOf(request, deps);
      await markConcerned(deps.services, { ...request.body, ...command });
      return show(deps, command);
    },
  );
}

function commandOf(request: TicketRequest, { clock }: ConsoleDeps) {
  return {
    number: request.params.number,
    actor: requireActor(request),
    language: readerLanguage(request),
    now: clock.now(),
  };
}

async function show({ services }: ConsoleDeps, command: Command) {
  const ticket = await getTicket(services, command);
  return { ...ticket, profile: fullProfile(ticket.profile) };
}

/** Every field of a profile, null where nothing is known. */
function fullProfile(profile: TicketDetails['profile']) {
  const { name = null, position = null, agency = null, email = null, phone = null } = profile;
  return {
    ...{ name, position, agency, email, phone },
    ...{ regionCode: profile.regionCode ?? null, regionName: profile.regionName ?? null },
  };
}
