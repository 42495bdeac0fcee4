import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { changeAndSettle } from '../../conversation/settle-appointments.js';
import type { Session } from '../../models/appointment.js';
import { recordAudit } from '../../services/audit/record-audit.js';
import { viewSession } from '../../services/appointments/appointment-view.js';
import { findFreeSessions } from '../../services/appointments/find-free-sessions.js';
import {
  appointmentView,
  getAppointment,
  listTicketAppointments,
  openAppointmentFile,
  readAppointment,
} from '../../services/appointments/get-appointment.js';
import { listAppointments } from '../../services/appointments/list-appointments.js';
import { listConsultants } from '../../services/appointments/list-consultants.js';
import {
  DESK_READERS,
  DESK_WRITERS,
  operation,
  TICKET_READERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import * as schemas from '../schemas/appointments.js';
import { idParams, listOf, numberParams, pageOf } from '../schemas/common.js';
import { fileQuery } from '../schemas/files.js';
import { sendFile } from '../send-file.js';
import { requireActor } from '../sign-in.js';
import { takeAppointmentStep } from '../take-appointment-step.js';
import { bookingCalendarRoutes } from './booking-calendar.js';

/** Visits and video conferences (R-B*, R-C*): lists, one of them, its steps. Whose unit's they are, the services decide. */
export function appointmentRoutes(app: ApiServer, deps: ConsoleDeps): void {
  lists(app, deps);
  one(app, deps);
  letter(app, deps);
  bookingCalendarRoutes(app, deps);
}

function lists(app: ApiServer, deps: ConsoleDeps): void {
  const { services } = deps;
  app.get(
    '/appointments',
    operation('appointment.list', 'A view of the bookings', DESK_READERS, {
      querystring: schemas.listQuery,
      response: { 200: pageOf(schemas.appointmentSummary) },
    }),
    (request) => listAppointments(services, { ...request.query, ...byWhom(request, deps) }),
  );

  app.get(
    '/tickets/:number/appointments',
    operation('appointment.list-of-ticket', 'The booking of a ticket, if it is one', TICKET_READERS, {
      params: numberParams,
      response: { 200: listOf(schemas.appointmentSummary) },
    }),
    (request) => listTicketAppointments(services, { ...request.params, ...byWhom(request, deps) }),
  );

  app.get(
    '/consultants',
    operation('appointment.consultants', 'Who can be given a booking', DESK_READERS, {
      response: { 200: listOf(schemas.consultant) },
    }),
    (request) => listConsultants(services, byWhom(request, deps)),
  );
}

function one(app: ApiServer, deps: ConsoleDeps): void {
  const { engine, services } = deps;
  app.get(
    '/appointments/:id',
    operation('appointment.show', 'One booking with its history', DESK_READERS, {
      params: idParams,
      response: { 200: schemas.appointment },
    }),
    (request) => getAppointment(services, { ...request.params, ...byWhom(request, deps) }),
  );

  app.get(
    '/appointments/:id/free-sessions',
    operation('appointment.free-sessions', 'Times it could have', DESK_READERS, {
      params: idParams,
      querystring: schemas.freeQuery,
      response: { 200: schemas.freeSessions },
    }),
    async (request) => {
      const { actor, now } = byWhom(request, deps);
      const appointment = await readAppointment(services, { ...request.params, actor });
      const { earliest, sessions, full } = await findFreeSessions(services, {
        ...{ ...request.query, appointment, now },
      });
      return { earliest, full, sessions: sessions.map((session: Session) => viewSession(services, session)) };
    },
  );

  app.post(
    '/appointments/:id/steps',
    operation('appointment.step', 'Takes one step', DESK_WRITERS, {
      params: idParams,
      body: schemas.stepRequest,
      response: { 200: schemas.appointment },
    }),
    async (request) => {
      const who = byWhom(request, deps);
      const { id } = request.params;
      const changed = await changeAndSettle(engine, () =>
        takeAppointmentStep(services, { id, request: request.body, ...who }),
      );
      return appointmentView(services, changed, who);
    },
  );
}

function letter(app: ApiServer, deps: ConsoleDeps): void {
  const { services } = deps;
  app.get(
    '/appointments/:id/files/:fileId',
    operation('appointment.download', 'The bytes of the request letter', DESK_READERS, {
      params: schemas.fileOfAppointment,
      querystring: fileQuery,
      response: {
        200: { description: 'The bytes', content: { 'application/octet-stream': { schema: z.string() } } },
      },
    }),
    async (request, reply) => {
      const { actor, now } = byWhom(request, deps);
      const opened = await openAppointmentFile(services, { ...request.params, actor });
      await recordAudit(services, { actor, action: 'file.download', subject: request.params.fileId, now });
      return sendFile(reply, opened, { inline: request.query.inline === '1' });
    },
  );
}

function byWhom(request: FastifyRequest, { clock }: ConsoleDeps) {
  return { actor: requireActor(request), now: clock.now() };
}
