import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSample } from '../support/tickets.js';
import { asker, startConsoleServer, type Ask, type ConsoleServer } from './console-server.js';

interface JsonSchema {
  $ref?: string;
  type?: string;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  examples?: string[];
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

let server: ConsoleServer;
let ask: Ask;
let number: string;
let document: {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
};

beforeAll(async () => {
  server = await startConsoleServer();
  document = (await asker(server.app)('GET', '/openapi.json')).json();
  ask = (await server.signedInAs('serba-bisa', 'agent', 'supervisor', 'administrator')).ask;
  number = (await openSample(server.services)).number;
});
afterAll(() => server.close());

/** A body that the schema accepts in form, so that only the planted value is at fault. */
function sample(schema: JsonSchema): unknown {
  if (schema.$ref) return sample(document.components.schemas[schema.$ref.split('/').at(-1)!]!);
  if (schema.anyOf) return sample(schema.anyOf[0]!);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sample(value)]),
      );
    case 'array':
      return [sample(schema.items ?? {})];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return 1;
    default:
      return sampleText(schema);
  }
}

function sampleText({ pattern = '', format, examples }: JsonSchema): string {
  if (examples?.[0]) return examples[0];
  if (format === 'email') return 'sari@contoh.go.id';
  if (format === 'uri') return 'https://contoh.go.id';
  if (format === 'date-time') return '2026-01-02T01:00:00Z';
  const candidates = ['abc', '2026-01-02', '08:00', '73', number, 'Asia/Jakarta'];
  return candidates.find((candidate) => new RegExp(pattern, 'u').test(candidate)) ?? 'abc';
}

/** Every copy of `value` in which one text is replaced. */
function* plant(value: unknown, planted: unknown, path = ''): Generator<{ path: string; body: unknown }> {
  if (typeof value === 'string') yield { path, body: planted };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const { path: at, body } of plant(item, planted, `${path}.${index}`))
        yield { path: at, body: value.with(index, body) };
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      for (const { path: at, body } of plant(item, planted, path === '' ? key : `${path}.${key}`))
        yield { path: at, body: { ...value, [key]: body } };
  }
}

function writes(): { id: string; method: 'POST' | 'PUT' | 'PATCH'; path: string; schema: JsonSchema }[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId, parameters = [], requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      if (!schema) return [];
      const filled = parameters
        .filter((parameter) => parameter.in === 'path')
        .reduce(
          (url, parameter) => url.replace(`{${parameter.name}}`, String(sample(parameter.schema))),
          path,
        );
      const write = { id: operationId, method: method.toUpperCase() as 'POST', path: filled };
      return (schema.oneOf ?? [schema]).map((form) => ({ ...write, schema: form }));
    }),
  );
}

describe('a database operator in place of a text', () => {
  it.each([{ $ne: null }, { $gt: '' }, ['$where'], { $regex: '.*' }])(
    'is a 400 in every field of every write: %j',
    async (planted) => {
      let tried = 0;
      for (const { id, method, path, schema } of writes()) {
        for (const { path: field, body } of plant(sample(schema), planted)) {
          const response = await ask(method, path, body);
          const { error } = response.json<{ error?: { fields: { path: string }[] } }>();
          const faulty = error?.fields.map(({ path: at }) => at);
          // Only the planted field is at fault, so the rest of the sample is what the schema wants.
          expect([id, response.statusCode, faulty]).toEqual([id, 400, [field]]);
          tried += 1;
        }
      }
      expect(tried).toBeGreaterThan(60);
    },
  );

  it('is a 400 beside the fields of every write, and as the whole body', async () => {
    for (const { id, method, path, schema } of writes()) {
      for (const body of [{ ...(sample(schema) as object), $where: '1' }, { $ne: null }]) {
        const response = await ask(method, path, body);
        expect([id, response.statusCode]).toEqual([id, 400]);
      }
    }
  });

  it('is a 400 in every query', async () => {
    for (const [path, { get }] of Object.entries(document.paths)) {
      const queries = (get?.parameters ?? []).filter((parameter) => parameter.in === 'query');
      if (path.includes('{') || path.endsWith('/events')) continue;
      for (const { name } of queries) {
        const { statusCode } = await ask('GET', `${path}?${name}[$ne]=1`);
        expect([path, name, statusCode]).toEqual([path, name, 400]);
      }
    }
  });

  it('changes nothing', async () => {
    const ticket = await server.services.models.tickets.findOne({ number }).lean();
    expect(ticket).toMatchObject({ status: 'open', assigneeId: null });
  });
});

describe('other bad input', () => {
  it('names the field and what is wrong with it in the language of the reader', async () => {
    const response = await ask('POST', '/staff', {
      username: '',
      name: 'X',
      roles: [],
      email: 'bukan e-mail',
    });
    expect(response.statusCode).toBe(400);
    const { error } = response.json<{
      error: { code: string; fields: { path: string; message: string }[] };
    }>();
    expect(error.code).toBe('invalid-input');
    expect(Object.fromEntries(error.fields.map(({ path, message }) => [path, message]))).toEqual({
      username: 'Wajib diisi.',
      roles: 'Wajib diisi.',
      email: 'Alamat e-mail ini tidak benar.',
    });
  });

  it.each([
    ['broken JSON', '{"username":', 400, 'invalid-input'],
    [
      'a body of 300 KB',
      JSON.stringify({ username: 'x'.repeat(300_000), password: 'y' }),
      413,
      'message-too-long',
    ],
    [
      '__proto__ in the body',
      '{"__proto__":{"admin":true},"username":"a","password":"b"}',
      400,
      'invalid-input',
    ],
  ])('answers %s with the error body', async (_case, payload, status, code) => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'x-requested-with': 'dering', 'content-type': 'application/json' },
      payload,
    });
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ error: { code } });
  });

  it('answers another content type with the error body', async () => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'x-requested-with': 'dering', 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'username=a&password=b',
    });
    expect(response.statusCode).toBe(415);
    expect(response.json()).toMatchObject({ error: { code: 'invalid-input' } });
  });

  it('answers an unknown path with JSON in the API and a page elsewhere', async () => {
    const api = await ask('GET', '/tak-ada', undefined, { accept: 'text/html' });
    expect(api.json()).toMatchObject({ error: { code: 'not-found' } });
    const page = await server.app.inject({
      url: '/tak-ada',
      headers: { accept: 'text/html', 'accept-language': 'en' },
    });
    expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.body).toContain('Page not found');
  });

  it('answers a fault of ours with a reference and nothing of the fault', async () => {
    const broken = vi.spyOn(server.services.models.units, 'find').mockImplementation(() => {
      throw new Error('secret detail');
    });
    const response = await ask('GET', '/units');
    broken.mockRestore();
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('secret');
    expect(response.json()).toMatchObject({
      error: { code: 'unavailable', reference: expect.stringMatching(/^[0-9a-f]{10}$/) as string },
    });
  });
});
