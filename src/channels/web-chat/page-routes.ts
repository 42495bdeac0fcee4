import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Refusal } from './refusal.js';
import type { WebChatPorts } from './types.js';

/** Seen from src/channels/web-chat and from dist/channels/web-chat alike. */
const BUILT_PAGE = [
  new URL('../../../dist/client/chat/', import.meta.url),
  new URL('../../client/chat/', import.meta.url),
];

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** GET /chat and its assets, whose names carry their hash. Without a built page /chat says so; the rest works. */
export async function addPageRoutes(app: FastifyInstance, ports: WebChatPorts): Promise<void> {
  const folder = [...(ports.pageFolder ? [ports.pageFolder] : []), ...BUILT_PAGE].find((candidate) =>
    existsSync(new URL('index.html', candidate)),
  );
  if (folder === undefined) {
    ports.log.error({ channel: 'web-chat', path: '/chat' }, 'the chat page has not been built');
    app.get('/chat', () => {
      throw new Refusal('unavailable', {}, 60);
    });
    return;
  }
  const html = fillIn(readFileSync(new URL('index.html', folder), 'utf8'), ports.contact);

  for (const path of ['/chat', '/chat/'])
    app.get(path, (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .header('content-security-policy', PAGE_POLICY)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .send(html),
    );

  await app.register(fastifyStatic, {
    root: fileURLToPath(new URL('assets/', folder)),
    prefix: '/chat/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
  });
}

/** The ways to reach the office without script stand in the page itself. */
function fillIn(html: string, contact: WebChatPorts['contact']): string {
  const values: Record<string, string> = {
    phone: contact.phone,
    phoneDigits: digits(contact.phone),
    whatsapp: contact.whatsapp,
    whatsappDigits: digits(contact.whatsapp).replace(/^0/, '62'),
    email: contact.email,
  };
  return html.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => escapeHtml(values[name] ?? whole));
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
