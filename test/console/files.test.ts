import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeFile } from '../../src/services/files/store-file.js';
import { PDF } from '../support/files.js';
import { startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let server: ConsoleServer;
let agent: Asker;

beforeAll(async () => {
  server = await startConsoleServer({ MAX_FILE_MB: '1' });
  agent = await server.signedInAs('sari', 'agent');
});
afterAll(() => server.close());

function upload(name: string, content: Buffer, field = 'file') {
  const boundary = '----batas';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: text/html\r\n\r\n`;
  return server.app.inject({
    method: 'POST',
    url: '/api/v1/files',
    headers: {
      cookie: agent.cookie,
      'x-requested-with': 'dering',
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}

describe('uploading', () => {
  it('stores a file under the type of its bytes, whatever the sender says', async () => {
    const response = await upload('foto ujicoba – ü.png', PNG);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      name: 'foto ujicoba – ü.png',
      mimeType: 'image/png',
      size: PNG.length,
    });
  });

  it.each([
    ['a program named .pdf', 'surat.pdf', Buffer.from('MZ\x90\0\x03'), 415, 'file-name-mismatch'],
    ['a web page', 'halaman.html', Buffer.from('<script>alert(1)</script>'), 415, 'file-type-refused'],
    ['an empty file', 'kosong.png', Buffer.alloc(0), 422, 'file-empty'],
    [
      'more than MAX_FILE_MB',
      'besar.png',
      Buffer.concat([PNG, Buffer.alloc(1_100_000)]),
      413,
      'file-too-large',
    ],
  ])('refuses %s', async (_case, name, content, status, code) => {
    const response = await upload(name, content);
    expect([response.statusCode, response.json<{ error: { code: string } }>().error.code]).toEqual([
      status,
      code,
    ]);
  });

  it('wants the field to be called file, and a form at all', async () => {
    expect((await upload('foto.png', PNG, 'lain')).statusCode).toBe(400);
    expect((await agent.ask('POST', '/files', { file: 'x' })).statusCode).toBe(400);
  });

  it('takes a refused upload to its end over a real connection', async () => {
    const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
    const form = new FormData();
    form.set('file', new Blob([Buffer.alloc(8_000_000, 1)]), 'besar.pdf');
    const response = await fetch(`${url}/api/v1/files`, {
      method: 'POST',
      headers: { cookie: agent.cookie, 'x-requested-with': 'dering' },
      body: form,
    });
    expect(response.status).toBe(413);
    const next = await fetch(`${url}/healthz`);
    expect(next.status).toBe(200);
  });
});

describe('downloading', () => {
  it('hands a file out as an attachment in which nothing runs, and records who took it', async () => {
    const { fileId } = (await upload('foto "ujicoba" ü.png', PNG)).json<{ fileId: string }>();
    const response = await agent.ask('GET', `/files/${fileId}`);
    expect(response.rawPayload.equals(PNG)).toBe(true);
    expect(response.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
    });
    expect(response.headers['content-disposition']).toMatch(
      /^attachment; filename="[^"]+"; filename\*=UTF-8''/,
    );
    const entry = await server.services.models.auditEntries
      .findOne({ action: 'file.download', subject: fileId })
      .lean();
    expect(entry).toMatchObject({ actorId: agent.staffId });
  });

  it('shows pictures and PDF inline on request, and text never', async () => {
    const document = (await upload('a.pdf', PDF)).json<{ fileId: string }>();
    const picture = (await upload('a.png', PNG)).json<{ fileId: string }>();
    const text = await storeFile(server.services, {
      content: Buffer.from('halo, ini teks biasa'),
      name: 'a.txt',
      conversationId: null,
      now: server.clock.now(),
    });
    const dispositions = [document.fileId, picture.fileId, text.fileId].map(async (fileId) => {
      const { headers } = await agent.ask('GET', `/files/${fileId}?inline=1`);
      return String(headers['content-disposition']).split(';')[0];
    });
    expect(await Promise.all(dispositions)).toEqual(['inline', 'inline', 'attachment']);
  });

  it('lets the viewers of browsers work on a PDF shown inline, and still loads and runs nothing of it', async () => {
    const { fileId } = (await upload('a.pdf', PDF)).json<{ fileId: string }>();
    const policyOf = async (query: string): Promise<string> =>
      String((await agent.ask('GET', `/files/${fileId}${query}`)).headers['content-security-policy']);
    const shown = await policyOf('?inline=1');
    expect(shown).not.toContain('sandbox');
    expect(shown).toContain("default-src 'none'");
    expect(shown).toContain("object-src 'self'");
    expect(shown).not.toContain('script-src');
    expect(await policyOf('')).toContain('sandbox');
  });

  it('is not for those without a ticket role, nor without a session', async () => {
    const { fileId } = (await upload('a.png', PNG)).json<{ fileId: string }>();
    const lobby = await server.signedInAs('lobi', 'receptionist');
    expect((await lobby.ask('GET', `/files/${fileId}`)).statusCode).toBe(403);
    expect((await server.app.inject(`/api/v1/files/${fileId}`)).statusCode).toBe(401);
  });
});
