import { z } from 'zod';
import type { Post } from '../../models/official-letter.js';
import type { Staff } from '../../models/staff.js';
import { inviteStaff } from '../../services/staff/invite-staff.js';
import { issueSetupLink } from '../../services/staff/issue-setup-link.js';
import { listAssignees, listStaff } from '../../services/staff/list-staff.js';
import { revokeStaffSessions } from '../../services/staff/revoke-staff-sessions.js';
import { updateStaff } from '../../services/staff/update-staff.js';
import {
  ADMINISTRATORS,
  operation,
  TICKET_READERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import { emptyBody, idParams, listOf } from '../schemas/common.js';
import * as schemas from '../schemas/staff.js';
import { requireActor } from '../sign-in.js';

export function staffRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/staff',
    operation('staff.list', 'Everybody who works here', ADMINISTRATORS, {
      response: { 200: listOf(schemas.staffMember) },
    }),
    async (request) => ({
      items: (await listStaff(services, { actor: requireActor(request) })).map(staffView),
    }),
  );

  app.post(
    '/staff',
    operation('staff.invite', 'Adds somebody, who sets a password by the one-time link', ADMINISTRATORS, {
      body: schemas.invitation,
      response: { 200: schemas.invited },
    }),
    async (request) => {
      const actor = requireActor(request);
      const { staff, setupUrl } = await inviteStaff(services, { ...request.body, actor, now: clock.now() });
      return { staff: staffView(staff), setupUrl };
    },
  );

  app.patch(
    '/staff/:id',
    operation('staff.update', 'Changes particulars, roles or standing', ADMINISTRATORS, {
      params: idParams,
      body: schemas.staffChanges,
      response: { 200: schemas.staffMember },
    }),
    async (request) => {
      const actor = requireActor(request);
      const { id: staffId } = request.params;
      return staffView(
        await updateStaff(services, { actor, staffId, changes: request.body, now: clock.now() }),
      );
    },
  );

  app.post(
    '/staff/:id/setup-link',
    operation('staff.setup-link', 'A new one-time link to set a password', ADMINISTRATORS, {
      params: idParams,
      body: emptyBody,
      response: { 200: schemas.setupLink },
    }),
    async (request) => {
      const { id: staffId } = request.params;
      const actor = requireActor(request);
      return { setupUrl: await issueSetupLink(services, { actor, staffId, now: clock.now() }) };
    },
  );

  app.delete(
    '/staff/:id/sessions',
    operation('staff.revoke-sessions', 'Signs somebody out everywhere', ADMINISTRATORS, {
      params: idParams,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      const { id: staffId } = request.params;
      await revokeStaffSessions(services, { actor: requireActor(request), staffId, now: clock.now() });
      return reply.code(204).send();
    },
  );

  app.get(
    '/assignees',
    operation('assignee.list', 'Who can be given a ticket', TICKET_READERS, {
      response: { 200: listOf(schemas.assignee) },
    }),
    async (request) => {
      const assignees = await listAssignees(services, { actor: requireActor(request) });
      return { items: assignees.map(({ _id, name }) => ({ id: _id, name })) };
    },
  );
}

function staffView({ _id, passwordHash, post = null, ...staff }: Staff): Omit<
  Staff,
  '_id' | 'passwordHash' | 'post'
> & {
  id: string;
  post: Post | null;
  hasPassword: boolean;
} {
  return { ...staff, id: _id, post, hasPassword: passwordHash !== null };
}
