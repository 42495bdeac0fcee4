import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { changeAndSettle } from '../../conversation/settle-appointments.js';
import { recordAudit } from '../../services/audit/record-audit.js';
import type { OpenedFile } from '../../services/files/open-file.js';
import { findVisits } from '../../services/reception/find-visits.js';
import { getVisit, openSignature, openVisitMinutes } from '../../services/reception/get-visit.js';
import { howToBook } from '../../services/reception/how-to-book.js';
import { listDay } from '../../services/reception/list-day.js';
import { printAttendanceList } from '../../services/reception/print-attendance-list.js';
import { printDayList, type Paper } from '../../services/reception/print-day-list.js';
import { recordUnscheduled } from '../../services/reception/record-unscheduled.js';
import { takeVisitStep } from '../../services/reception/take-visit-step.js';
import { viewVisit } from '../../services/reception/visit-view.js';
import {
  operation,
  RECEPTION_READERS,
  RECEPTION_WRITERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import { idParams, listOf } from '../schemas/common.js';
import * as schemas from '../schemas/reception.js';
import { sendFile, sendPaper } from '../send-file.js';
import { requireActor } from '../sign-in.js';

/** The unit's people say that they have come; which visits are theirs, the services decide. */
const VISIT_WRITERS = [...RECEPTION_WRITERS, 'unit-member', 'head-of-unit'] as const;

/** The reception on the day of a visit (R-C8), and whoever comes without one (R-C2). */
export function receptionRoutes(app: ApiServer, deps: ConsoleDeps): void {
  lists(app, deps);
  oneVisit(app, deps);
  files(app, deps);
  papers(app, deps);
  unscheduled(app, deps);
}

function lists(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/reception/visits',
    operation('reception.day', 'The visits of a day; of today where none is named', RECEPTION_READERS, {
      querystring: schemas.dayQuery,
      response: { 200: schemas.visitDay },
    }),
    async (request) => {
      const now = clock.now();
      const date = request.query.date ?? services.reference.calendar.dateOf(now);
      return { date, items: await listDay(services, { date, now }) };
    },
  );

  app.get(
    '/reception/search',
    operation(
      'reception.search',
      'Visits by scanned code, ticket number, name or agency',
      RECEPTION_READERS,
      {
        querystring: schemas.searchQuery,
        response: { 200: listOf(schemas.visitSummary) },
      },
    ),
    async (request) => ({ items: await findVisits(services, { ...request.query, now: clock.now() }) }),
  );
}

function oneVisit(app: ApiServer, deps: ConsoleDeps): void {
  const { engine, services } = deps;
  app.get(
    '/reception/visits/:id',
    operation('reception.show', 'One visit as the reception works with it', RECEPTION_READERS, {
      params: idParams,
      response: { 200: schemas.visit },
    }),
    (request) => getVisit(services, { ...request.params, ...byWhom(request, deps) }),
  );

  app.post(
    '/reception/visits/:id/steps',
    operation('reception.step', 'Takes a visit one step further', VISIT_WRITERS, {
      params: idParams,
      body: schemas.visitStep,
      response: { 200: schemas.visit },
    }),
    async (request) => {
      const { id } = request.params;
      const { key, ...step } = request.body;
      const who = byWhom(request, deps);
      const after = await changeAndSettle(engine, () =>
        takeVisitStep(services, { id, request: step, key, ...who }),
      );
      return viewVisit(services, after, who);
    },
  );
}

function files(app: ApiServer, deps: ConsoleDeps): void {
  const { services } = deps;
  const send = async (request: FastifyRequest, reply: FastifyReply, opened: OpenedFile) => {
    const { actor, now } = byWhom(request, deps);
    await recordAudit(services, { actor, action: 'file.download', subject: opened.file._id, now });
    return sendFile(reply, opened, { inline: true });
  };

  app.get(
    '/reception/visits/:id/signatures/:fileId',
    operation('reception.signature', 'A signature of the attendance list', RECEPTION_READERS, {
      params: schemas.signatureParams,
      response: BYTES,
    }),
    async (request, reply) => send(request, reply, await openSignature(services, request.params)),
  );

  app.get(
    '/reception/visits/:id/minutes',
    operation('reception.minutes', 'The BAK of a visit, to be printed', RECEPTION_READERS, {
      params: idParams,
      response: BYTES,
    }),
    async (request, reply) => send(request, reply, await openVisitMinutes(services, request.params.id)),
  );
}

function papers(app: ApiServer, deps: ConsoleDeps): void {
  const { services } = deps;
  const send = async (request: FastifyRequest, reply: FastifyReply, paper: Paper) => {
    const { actor, now } = byWhom(request, deps);
    await recordAudit(services, { actor, action: 'reception.print', subject: paper.name, now });
    return sendPaper(reply, paper);
  };

  app.get(
    '/reception/days/:date/list',
    operation(
      'reception.print-day',
      'Daftar Reservasi Tamu Harian, to print or to calculate with',
      RECEPTION_READERS,
      {
        params: schemas.dayParams,
        querystring: schemas.paperQuery,
        response: BYTES,
      },
    ),
    async (request, reply) => {
      const wanted = { ...request.params, ...request.query, now: deps.clock.now() };
      return send(request, reply, await printDayList(services, wanted));
    },
  );

  app.get(
    '/reception/visits/:id/attendance-list',
    operation('reception.print-attendance', 'Daftar Hadir of a visit, to print', RECEPTION_READERS, {
      params: idParams,
      response: BYTES,
    }),
    async (request, reply) => {
      const wanted = { ...request.params, now: deps.clock.now() };
      return send(request, reply, await printAttendanceList(services, wanted));
    },
  );
}

function unscheduled(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/reception/how-to-book',
    operation('reception.how-to-book', 'What somebody without a schedule is told', RECEPTION_READERS, {
      response: { 200: schemas.howToBook },
    }),
    () => howToBook(services, clock.now()),
  );

  app.post(
    '/reception/unscheduled',
    operation('reception.unscheduled', 'Counts somebody who came without a schedule', RECEPTION_WRITERS, {
      body: schemas.unscheduled,
      response: { 200: schemas.unscheduledCount },
    }),
    (request) =>
      recordUnscheduled(services, {
        ...{ ...request.body, actor: requireActor(request), now: clock.now() },
      }),
  );
}

const BYTES = {
  200: { description: 'The bytes', content: { 'application/octet-stream': { schema: z.string() } } },
};

function byWhom(request: FastifyRequest, { clock }: ConsoleDeps) {
  return { actor: requireActor(request), now: clock.now() };
}
