import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { escalateAndSettle, stepAndSettle } from '../../conversation/step-escalation.js';
import { recordAudit } from '../../services/audit/record-audit.js';
import { escalationCard } from '../../services/escalations/escalation-card.js';
import { escalationDeadline } from '../../services/escalations/escalation-deadline.js';
import type { EscalationView } from '../../services/escalations/escalation-view.js';
import {
  getEscalation,
  listTicketEscalations,
  openEscalationFile,
} from '../../services/escalations/get-escalation.js';
import { listDesk, listDeskUnits } from '../../services/escalations/list-desk.js';
import {
  DESK_READERS,
  DESK_WRITERS,
  operation,
  TICKET_READERS,
  TICKET_WRITERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import { readerLanguage } from '../reader-language.js';
import { idParams, listOf, numberParams, pageOf } from '../schemas/common.js';
import * as schemas from '../schemas/escalations.js';
import { fileQuery } from '../schemas/files.js';
import { sendFile } from '../send-file.js';
import { requireActor } from '../sign-in.js';

/** Questions laid before a Unit Eselon III (R-A5): from the ticket, and at the unit's desk. */
export function escalationRoutes(app: ApiServer, deps: ConsoleDeps): void {
  ticketSide(app, deps);
  deskLists(app, deps);
  oneEscalation(app, deps);
}

function ticketSide(app: ApiServer, deps: ConsoleDeps): void {
  const { engine, services } = deps;
  app.get(
    '/tickets/:number/escalations',
    operation('escalation.list-of-ticket', 'The escalations of a ticket, newest first', TICKET_READERS, {
      params: numberParams,
      response: { 200: listOf(schemas.escalation) },
    }),
    (request) => listTicketEscalations(services, { ...request.params, ...byWhom(request, deps) }),
  );

  app.get(
    '/tickets/:number/escalation-deadline',
    operation('escalation.deadline', 'When an answer is due if the ticket is escalated', TICKET_READERS, {
      params: numberParams,
      response: { 200: schemas.escalationDeadline },
    }),
    (request) => escalationDeadline(services, { ...request.params, ...byWhom(request, deps) }),
  );

  app.post(
    '/tickets/:number/escalate',
    operation('escalation.escalate', 'Lays the question before a unit', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.escalationRequest,
      response: { 200: schemas.escalation },
    }),
    (request) => escalateAndSettle(engine, { ...request.params, ...request.body, ...byWhom(request, deps) }),
  );
}

function deskLists(app: ApiServer, deps: ConsoleDeps): void {
  const { services } = deps;
  app.get(
    '/escalations',
    operation('escalation.list', 'A view of a unit desk', DESK_READERS, {
      querystring: schemas.deskQuery,
      response: { 200: pageOf(schemas.escalationSummary) },
    }),
    (request) => {
      const { unit: unitCode, ...query } = request.query;
      return listDesk(services, { ...query, unitCode, ...byWhom(request, deps) });
    },
  );

  app.get(
    '/escalation-units',
    operation('escalation.units', 'The units whose desk the reader may see, own first', DESK_READERS, {
      response: { 200: listOf(schemas.unitName) },
    }),
    (request) => listDeskUnits(services, byWhom(request, deps)),
  );
}

function oneEscalation(app: ApiServer, deps: ConsoleDeps): void {
  const { engine, services, clock } = deps;
  const response = { 200: schemas.escalationWithCard };
  const show = async (request: FastifyRequest, escalation: EscalationView) => ({
    escalation,
    card: await escalationCard(services, escalation, {
      language: readerLanguage(request),
      reader: 'person',
    }),
  });

  app.get(
    '/escalations/:id',
    operation('escalation.show', 'One escalation with its thread and its card', DESK_READERS, {
      params: idParams,
      response,
    }),
    async (request) =>
      show(request, await getEscalation(services, { ...request.params, ...byWhom(request, deps) })),
  );

  app.post(
    '/escalations/:id/steps',
    operation('escalation.step', 'Takes one step; the same that a card in Teams takes', DESK_WRITERS, {
      params: idParams,
      body: schemas.stepRequest,
      response,
    }),
    async (request) => {
      const input = { ...request.params, ...request.body, ...byWhom(request, deps) };
      return show(request, await stepAndSettle(engine, input));
    },
  );

  app.get(
    '/escalations/:id/files/:fileId',
    operation('escalation.download', 'The bytes of a file of an escalation', DESK_READERS, {
      params: schemas.fileOfEscalation,
      querystring: fileQuery,
      response: {
        200: { description: 'The bytes', content: { 'application/octet-stream': { schema: z.string() } } },
      },
    }),
    async (request, reply) => {
      const who = byWhom(request, deps);
      const { fileId } = request.params;
      const opened = await openEscalationFile(services, { ...request.params, ...who });
      const { actor } = who;
      await recordAudit(services, { actor, action: 'file.download', subject: fileId, now: clock.now() });
      return sendFile(reply, opened, { inline: request.query.inline === '1' });
    },
  );
}

function byWhom(request: FastifyRequest, { clock }: ConsoleDeps) {
  return { actor: requireActor(request), now: clock.now() };
}
