import type { FastifyReply } from 'fastify';
import type { Language } from '../shared/i18n.js';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 40rem; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; }
dl { display: grid; gap: 0.25rem 1.5rem; grid-template-columns: max-content 1fr; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.75rem; } }
`;

/** Markup that is already safe. */
export class Html {
  constructor(readonly markup: string) {}
}

/** A template in which every value is escaped, unless it is `Html` itself. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  return new Html(
    parts.reduce((markup, part, index) => {
      const value = values[index - 1] ?? '';
      return markup + (value instanceof Html ? value.markup : escapeHtml(value)) + part;
    }),
  );
}

/** A small page for the public: no script, its style allowed by its own content policy. */
export function sendPage(
  reply: FastifyReply,
  { language, title, body }: { language: Language; title: string; body: Html },
): FastifyReply {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return reply.type('text/html; charset=utf-8').header('content-language', language).send(page.markup);
}

/** Served beside the pages, because the content policy allows no style inside them. */
export function sendPageStyle(reply: FastifyReply): FastifyReply {
  return reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLE);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
