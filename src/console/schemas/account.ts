import { z } from 'zod';
import { POSTS } from '../../services/letters/routes.js';
import { ROLES } from '../../services/staff/roles.js';
import { identifier, instant, language, line } from './common.js';

export const role = z.enum(ROLES);
export const post = z.enum(POSTS);

/** Never trimmed: a blank may be part of it. The bound keeps a megabyte away from the hash. */
const password = z.string().min(1).max(256);
const token = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);
const username = line(64);

export const me = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    position: z.string().nullable(),
    roles: z.array(role),
    language,
    unitCode: z.string().nullable(),
    post: post.nullable().describe('In the secretariat: whose turn a letter is'),
  })
  .meta({ id: 'Me' });

export const setupQuery = z.strictObject({ token });
export const setupInvitation = z
  .object({
    valid: z.boolean(),
    needsUsername: z.boolean().describe('True for the first administrator, who chooses username and name'),
    username: z.string().optional(),
    name: z.string().optional(),
  })
  .meta({ id: 'SetupInvitation' });
export const setupRequest = z.strictObject({
  token,
  username: username.optional(),
  name: line(120).optional(),
  password,
});

export const signInRequest = z.strictObject({ username, password });
export const languageChange = z.strictObject({ language });
export const passwordChange = z.strictObject({ current: password, next: password });

export const sessionParams = z.strictObject({ id: identifier });
export const sessionInfo = z
  .object({
    id: z.string(),
    userAgent: z.string(),
    createdAt: instant,
    lastSeenAt: instant,
    current: z.boolean(),
  })
  .meta({ id: 'Session' });
