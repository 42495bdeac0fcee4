import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Minutes } from '../../models/minutes.js';
import { findMinutesByCode } from '../../services/minutes/find-minutes.js';
import { formatDateTime } from '../../shared/format-time.js';
import { LANGUAGES, type Language, type Translate } from '../../shared/i18n.js';
import type { ConsoleDeps } from '../api-server.js';
import { html, sendPage, sendPageStyle, type Html } from '../html-page.js';
import { readerLanguage } from '../reader-language.js';

const query = z.object({ lang: z.enum(LANGUAGES).optional().catch(undefined) });
const params = z.object({ code: z.string() });

/** A code is guessed at or copied wrongly; neither needs more tries than this. */
const TRIES = { max: 60, timeWindow: '1 minute' };

/** Where the QR code of a BAK leads: whether it is on record, and what must be printed on it. */
export function verifyRoutes(app: FastifyInstance, { services }: ConsoleDeps): void {
  app.get('/page.css', (_request, reply) => sendPageStyle(reply));

  app.get('/verify/:code', { config: { rateLimit: TRIES } }, async (request, reply) => {
    const { code } = params.parse(request.params);
    const language = query.parse(request.query).lang ?? readerLanguage(request);
    const t = services.texts.for(language);
    const minutes = await findMinutesByCode(services, code);
    const { contact } = services.config;
    const foot = html`<p>${t('verify:contact', { ...contact })}</p>
      ${otherLanguage(language, t)}`;
    if (!minutes) {
      const title = t('verify:unknownTitle');
      const body = html`<main>
        <h1>${title}</h1>
        <p>${t('verify:unknown')}</p>
        ${foot}
      </main>`;
      return sendPage(reply.code(404), { language, title, body });
    }
    const title = t('verify:title');
    const body = html`<main>
      <h1>${title}</h1>
      <p><strong>${t('verify:recorded', { number: minutes.number })}</strong></p>
      ${facts(minutes, t, language)}
      <p>${t('verify:compare')}</p>
      ${foot}
    </main>`;
    return sendPage(reply, { language, title, body });
  });
}

function facts(minutes: Minutes, t: Translate, language: Language): Html {
  return html`<dl>
    <dt>${t('verify:number')}</dt>
    <dd>${minutes.number}</dd>
    <dt>${t('verify:revision')}</dt>
    <dd>${String(minutes.revision)}</dd>
    <dt>${t('verify:issuedAt')}</dt>
    <dd>${formatDateTime(minutes.issuedAt, { language })}</dd>
    <dt>${t('verify:ticket')}</dt>
    <dd>${minutes.ticketNumber}</dd>
    <dt>${t('verify:contentHash')}</dt>
    <dd>${minutes.contentHash}</dd>
    <dt>${t('verify:fileHash')}</dt>
    <dd>${minutes.fileHash}</dd>
  </dl>`;
}

function otherLanguage(language: Language, t: Translate): Html {
  const other = language === 'id' ? 'en' : 'id';
  return html`<p>
    <a href="?lang=${other}" lang="${other}" hreflang="${other}">${t('verify:otherLanguage')}</a>
  </p>`;
}
