import type { Post } from '../../models/official-letter.js';
import type { Role, Staff } from '../../models/staff.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from './authorise.js';
import { checkUnit } from './check-unit.js';
import { newSetupToken } from './setup-link.js';
import { parseUsername, refuseTakenUsername } from './username.js';

export interface Invitation {
  actor: Actor;
  username: string;
  name: string;
  position?: string | null | undefined;
  email?: string | null | undefined;
  roles: readonly Role[];
  unitCode?: string | null | undefined;
  /** In the secretariat; whose turn a letter is (R-B4, R-B5). */
  post?: Post | null | undefined;
  now: Date;
}

/**
 * Adds somebody, who sets a password by the one-time link that is returned.
 * @throws DomainError not-allowed, invalid-input, username-taken
 */
export async function inviteStaff(
  ctx: ServiceContext,
  { actor, username, name, position, email, roles, unitCode, post, now }: Invitation,
): Promise<{ staff: Staff; setupUrl: string }> {
  requireRole(actor, 'administrator');
  await checkUnit(ctx, unitCode);
  const { url, fields } = newSetupToken(ctx, now);
  const staff: Staff = {
    _id: ctx.newId(),
    username: parseUsername(username),
    name,
    position: position ?? null,
    email: email?.toLowerCase() ?? null,
    roles: [...new Set(roles)],
    unitCode: unitCode ?? null,
    post: post ?? null,
    language: 'id',
    passwordHash: null,
    active: true,
    ...fields,
    createdAt: now,
  };
  await refuseTakenUsername(ctx.models.staff.create(staff));
  await recordAudit(ctx, {
    actor,
    action: 'staff.invite',
    subject: staff.username,
    details: {
      username: staff.username,
      roles: staff.roles.join(' '),
      ...(staff.post ? { post: staff.post } : {}),
    },
    now,
  });
  ctx.changes.publish({ topic: 'staff', id: staff._id });
  return { staff, setupUrl: url };
}
