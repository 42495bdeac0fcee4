import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asker, startConsoleServer, type ConsoleServer } from './console-server.js';

const schemaObject = z.looseObject({});
const answer = z.looseObject({
  description: z.string().min(1),
  content: z.record(z.string(), z.looseObject({ schema: schemaObject })).optional(),
});
const operation = z.looseObject({
  operationId: z.string().regex(/^[a-z-]+\.[a-z-]+$/),
  summary: z.string().min(5),
  description: z.string().min(5),
  tags: z.array(z.string()).min(1),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean(),
        schema: schemaObject,
      }),
    )
    .optional(),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: schemaObject })) })
    .optional(),
  responses: z.record(z.string().regex(/^(default|[1-5]\d\d)$/), answer),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
/** The parts of OpenAPI 3.1 that we use, held to what the standard asks of them. */
const openApi = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string().min(1), description: z.string().min(1), version: z.string().min(1) }),
  components: z.looseObject({
    schemas: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/), schemaObject),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.literal('apiKey') })),
  }),
  paths: z.record(
    z.string().startsWith('/api/v1/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation),
  ),
});

let server: ConsoleServer;
let document: z.infer<typeof openApi>;
let routes: { method: string; url: string }[];

beforeAll(async () => {
  server = await startConsoleServer();
  document = openApi.parse((await asker(server.app)('GET', '/openapi.json')).json());
  routes = readRoutes(server.app.printRoutes({ commonPrefix: false, includeHooks: false }));
});
afterAll(() => server.close());

/** Fastify's own list of what it serves. */
function readRoutes(printed: string): { method: string; url: string }[] {
  const path: string[] = [];
  return printed.split('\n').flatMap((row) => {
    const match = /^(.*?)(?:├──|└──) (\S*?)(?: \((.*)\))?$/.exec(row);
    if (!match) return [];
    const [, indent = '', part = '', methods = ''] = match;
    path.length = indent.length / 4;
    path.push(part);
    const url = path.join('');
    return methods === '' ? [] : methods.split(', ').map((method) => ({ method, url }));
  });
}

describe('the description of the API', () => {
  it('lists exactly the routes that are served', () => {
    const served = routes
      .filter(({ method, url }) => url.startsWith('/api/v1/') && !['HEAD', 'OPTIONS'].includes(method))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
      .filter((route) => route !== 'GET /api/v1/openapi.json');
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(served.length).toBeGreaterThan(40);
    expect(described.sort()).toEqual(served.sort());
  });

  it('names every operation once', () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes every path parameter, and none that the path lacks', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      for (const { parameters = [], operationId } of Object.values(methods)) {
        const described = parameters.filter((parameter) => parameter.in === 'path');
        expect(described.map(({ name }) => name).sort(), operationId).toEqual(inPath);
        expect(described.every(({ required }) => required)).toBe(true);
      }
    }
  });

  it('points only at schemas that it holds, and holds none that nothing points at', () => {
    const text = JSON.stringify(document);
    const used = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name),
    );
    expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort());
    expect([...text.matchAll(/"\$ref":"(?!#\/components\/schemas\/)/g)]).toEqual([]);
  });

  it('gives every operation the error body, and a session to all but the public ones', () => {
    for (const methods of Object.values(document.paths)) {
      for (const { operationId, responses, security } of Object.values(methods)) {
        expect(JSON.stringify(responses.default), operationId).toContain('#/components/schemas/Error');
        const open = ['setup.show', 'setup.complete', 'session.start'].includes(operationId);
        expect(security, operationId).toEqual(open ? undefined : [{ session: [] }]);
      }
    }
  });
});
