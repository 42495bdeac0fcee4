import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newSecret } from '../../shared/ids.js';
import { Refusal } from './refusal.js';

const COOKIE = 'dering_chat';

/** Seconds a visitor's browser keeps the session: 180 days, counted from the last visit. */
const LIFETIME = 180 * 24 * 60 * 60;

/** 256 bits in base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * Gives the visitor a session, or prolongs the one they have. The secret lives in their browser only; the office
 * stores its hash as the visitor's address.
 */
export function openSession(request: FastifyRequest, reply: FastifyReply, secure: boolean): string {
  const secret = readSecret(request) ?? newSecret();
  reply.setCookie(COOKIE, secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: LIFETIME,
  });
  return addressOf(secret);
}

/** The browser forgets the secret; what was written stays with the office. */
export function closeSession(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, { path: '/' });
}

/**
 * The address of the visitor who sent this request.
 * @throws Refusal `no-session`
 */
export function requireSession(request: FastifyRequest): string {
  const secret = readSecret(request);
  if (secret === undefined) throw new Refusal('no-session');
  return addressOf(secret);
}

/**
 * A write must come from our own page: its header cannot be set by a foreign form, its origin must be ours.
 * @throws Refusal `foreign-origin`
 */
export function requireOwnPage(request: FastifyRequest, publicUrl?: string): void {
  const { origin } = request.headers;
  const ours = [request.host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])];
  const foreign = origin !== undefined && !ours.includes(hostOf(origin) ?? '');
  if (foreign || request.headers['x-requested-with'] !== 'dering') throw new Refusal('foreign-origin');
}

export function addressOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function readSecret(request: FastifyRequest): string | undefined {
  const value = request.cookies[COOKIE];
  return value !== undefined && SECRET.test(value) ? value : undefined;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
