import { z } from 'zod';
import { getPerson } from '../../services/contacts/get-person.js';
import { joinPerson } from '../../services/contacts/join-person.js';
import { undoMerge } from '../../services/contacts/undo-merge.js';
import {
  operation,
  TICKET_READERS,
  TICKET_WRITERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import { emptyBody, idParams, numberParams } from '../schemas/common.js';
import * as schemas from '../schemas/contacts.js';
import { commandOf, requireActor } from '../sign-in.js';

/** One person, many addresses. */
export function contactRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/tickets/:number/person',
    operation(
      'contact.show',
      'Who a ticket is about: addresses, other tickets, likely doubles',
      TICKET_READERS,
      {
        params: numberParams,
        response: { 200: schemas.person },
      },
    ),
    (request) => getPerson(services, { ...request.params, actor: requireActor(request) }),
  );

  app.post(
    '/tickets/:number/person/join',
    operation('contact.merge', 'Says that another contact is the same person', TICKET_WRITERS, {
      params: numberParams,
      body: schemas.joining,
      response: { 200: schemas.person },
    }),
    async (request) => {
      const command = commandOf(request, clock);
      await joinPerson(services, command);
      return getPerson(services, command);
    },
  );

  app.post(
    '/contact-merges/:id/undo',
    operation('contact.unmerge', 'Takes two contacts apart again', TICKET_WRITERS, {
      params: idParams,
      body: emptyBody,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      const command = { mergeId: request.params.id, actor: requireActor(request), now: clock.now() };
      await undoMerge(services, command);
      return reply.code(204).send();
    },
  );
}
