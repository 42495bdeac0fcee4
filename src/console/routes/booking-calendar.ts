import { z } from 'zod';
import { settleAppointments } from '../../conversation/settle-appointments.js';
import type { ClosedSession } from '../../models/closed-session.js';
import { calendarOf } from '../../services/appointments/calendar-of.js';
import { closeSessions } from '../../services/appointments/close-sessions.js';
import { displaceClosed } from '../../services/appointments/displace-closed.js';
import { reopenSessions } from '../../services/appointments/reopen-sessions.js';
import { saveRoom } from '../../services/settings/save-room.js';
import {
  ADMINISTRATORS,
  DESK_READERS,
  operation,
  TICKET_WRITERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import * as schemas from '../schemas/appointments.js';
import { codeParams, idParams, listOf } from '../schemas/common.js';
import { requireActor } from '../sign-in.js';

/** The calendar of rooms and sessions, what is closed in it, and the rooms themselves. */
export function bookingCalendarRoutes(app: ApiServer, deps: ConsoleDeps): void {
  const { services, clock } = deps;
  app.get(
    '/booking-calendar',
    operation('appointment.calendar', 'Agreed and held times, days off, closings', DESK_READERS, {
      querystring: schemas.calendarQuery,
      response: { 200: schemas.calendar },
    }),
    async (request) => {
      const actor = requireActor(request);
      const { closed, ...rest } = await calendarOf(services, { ...request.query, actor, now: clock.now() });
      return { ...rest, closed: closed.map(withId) };
    },
  );
  closings(app, deps);
  rooms(app, deps);
}

function closings(app: ApiServer, { engine, services, clock }: ConsoleDeps): void {
  app.post(
    '/closed-sessions',
    operation('closed-session.close', 'Closes a day or part of it', TICKET_WRITERS, {
      body: schemas.closeRequest,
      response: { 200: schemas.closedSession },
    }),
    async (request) => {
      const now = clock.now();
      const closed = await closeSessions(services, { ...request.body, actor: requireActor(request), now });
      await displaceClosed(services, now);
      await settleAppointments(engine, now);
      return withId(closed);
    },
  );

  app.delete(
    '/closed-sessions/:id',
    operation('closed-session.reopen', 'Opens what was closed', TICKET_WRITERS, {
      params: idParams,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      await reopenSessions(services, {
        ...{ ...request.params, actor: requireActor(request), now: clock.now() },
      });
      return reply.code(204).send();
    },
  );
}

function rooms(app: ApiServer, { engine, services, clock }: ConsoleDeps): void {
  app.get(
    '/rooms',
    operation('room.list', 'Rooms and virtual rooms, inactive ones too', 'signed-in', {
      response: { 200: listOf(schemas.room) },
    }),
    () => ({ items: services.reference.rooms.map(({ kinds, ...room }) => ({ ...room, kinds: [...kinds] })) }),
  );

  app.put(
    '/rooms/:code',
    operation('room.save', 'Adds or changes a room', ADMINISTRATORS, {
      params: codeParams,
      body: schemas.roomRequest,
      response: { 200: schemas.room },
    }),
    async (request) => {
      const room = { ...request.params, ...request.body };
      const now = clock.now();
      const saved = await saveRoom(services, { actor: requireActor(request), room, now });
      await displaceClosed(services, now);
      await settleAppointments(engine, now);
      return { ...saved, kinds: [...saved.kinds] };
    },
  );
}

function withId({ _id: id, ...closed }: ClosedSession) {
  return { id, ...closed };
}
