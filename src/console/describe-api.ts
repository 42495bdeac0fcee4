import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';

const DESCRIPTION = `The console of the contact centre and everything else that works with its tickets.

Errors have one shape (\`Error\`). Lists page by keyset: pass \`next\` on as \`cursor\`. Every write needs the header
\`X-Requested-With: dering\` and, from a browser, an Origin of this server.`;

/** Describes the routes registered on `app` from now on, from the schemas that validate them. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Dering API', description: DESCRIPTION, version },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'dering_session' } },
      },
    },
    transform: (input) => {
      const { schema, url } = jsonSchemaTransform(input);
      return { schema: input.schema.consumes ? { ...schema, body: UPLOAD } : schema, url };
    },
    transformObject: (document) => nameAnswers(withoutUnused(jsonSchemaTransformObject(document))),
  });
}

/** Uploads are streamed past the validator, so that only their description has a schema. */
const UPLOAD = z.toJSONSchema(z.object({ file: z.string().meta({ format: 'binary' }) }));

interface Described {
  paths?: unknown;
  components?: { schemas?: object };
}

/** Every registered schema comes as a request and as a response; only those that are used stay. */
function withoutUnused<Document extends Described>(document: Document): Document {
  const { components } = document;
  const schemas: Readonly<Record<string, unknown>> = { ...components?.schemas };
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    const text = JSON.stringify(value) as string | undefined;
    for (const [, name = ''] of (text ?? '').matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(document.paths);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}

type Answers = Record<string, { description: string }>;

/** The framework calls every answer "Default Response". */
function nameAnswers<Document extends Described>(document: Document): Document {
  const paths = { ...(document.paths as Record<string, Record<string, { responses: Answers }>>) };
  for (const operations of Object.values(paths)) {
    for (const { responses } of Object.values(operations)) {
      for (const [status, answer] of Object.entries(responses)) {
        if (answer.description !== 'Default Response') continue;
        answer.description = status === 'default' ? 'Refused or failed' : 'Done';
      }
    }
  }
  return { ...document, paths };
}
