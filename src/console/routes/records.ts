import { listAudit } from '../../services/audit/list-audit.js';
import { listMinutes } from '../../services/minutes/list-minutes.js';
import { operation, OVERSEERS, TICKET_READERS, type ApiServer, type ConsoleDeps } from '../api-server.js';
import { pageOf } from '../schemas/common.js';
import * as schemas from '../schemas/records.js';
import { requireActor } from '../sign-in.js';

/** What the office keeps: the BAK register, the audit log, and how everything runs. */
export function recordRoutes(app: ApiServer, { services, readiness }: ConsoleDeps): void {
  app.get(
    '/minutes',
    operation('minutes.list', 'The BAK register, newest first', TICKET_READERS, {
      querystring: schemas.pageOnly,
      response: { 200: pageOf(schemas.minutesEntry) },
    }),
    (request) => listMinutes(services, { actor: requireActor(request), ...request.query }),
  );

  app.get(
    '/audit',
    operation('audit.list', 'Who did what, newest first', OVERSEERS, {
      querystring: schemas.pageOnly,
      response: { 200: pageOf(schemas.auditEntry) },
    }),
    async (request) => {
      const { items, next } = await listAudit(services, { actor: requireActor(request), ...request.query });
      return { items: items.map(({ _id, ...entry }) => ({ ...entry, id: _id })), next };
    },
  );

  app.get(
    '/overview',
    operation('overview.show', 'State of channels, mail and store', OVERSEERS, {
      response: { 200: schemas.overview },
    }),
    () => readiness(),
  );
}
