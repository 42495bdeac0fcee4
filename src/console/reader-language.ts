import type { FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from '../shared/i18n.js';

/** The language somebody reads: a staff member's own, else the first of the browser's that is spoken here. */
export function readerLanguage(request: FastifyRequest): Language {
  return request.signedIn?.staff.language ?? acceptedLanguage(request.headers['accept-language']) ?? 'id';
}

/** The best of `Accept-Language` ("en-GB;q=0.8, id;q=0.9"), or undefined when none is spoken here. */
export function acceptedLanguage(header: string | undefined): Language | undefined {
  const wanted = (header ?? '').split(',').map((part) => {
    const [tag = '', ...params] = part.trim().toLowerCase().split(';');
    const quality = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find(Boolean);
    return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  const spoken = wanted.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  for (const { language } of spoken) {
    const known = LANGUAGES.find((name) => name === language);
    if (known) return known;
  }
  return undefined;
}
