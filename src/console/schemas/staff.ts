import { z } from 'zod';
import { post, role } from './account.js';
import { code, email, line } from './common.js';

const roles = z.array(role).min(1).max(6);

export const staffMember = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    position: z.string().nullable(),
    email: z.string().nullable(),
    roles: z.array(role),
    unitCode: z.string().nullable(),
    post: post.nullable().describe('In the secretariat: whose turn a letter is'),
    active: z.boolean(),
    hasPassword: z.boolean(),
  })
  .meta({ id: 'StaffMember' });

export const invitation = z.strictObject({
  username: line(32),
  name: line(120),
  position: line(120).nullish(),
  email: email.nullish(),
  roles,
  unitCode: code.nullish(),
  post: post.nullish(),
});

export const staffChanges = z.strictObject({
  name: line(120).optional(),
  position: line(120).nullish(),
  email: email.nullish(),
  roles: roles.optional(),
  unitCode: code.nullish(),
  post: post.nullish(),
  active: z.boolean().optional(),
});

export const setupLink = z.object({ setupUrl: z.string() }).meta({ id: 'SetupLink' });
export const invited = z.object({ staff: staffMember, setupUrl: z.string() });
export const assignee = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Assignee' });
