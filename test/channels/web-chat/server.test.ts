import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressOf } from '../../../src/channels/web-chat/verify.js';
import type { WireError, WireLine, WirePage } from '../../../src/channels/web-chat/wire.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { MONDAY_MORNING } from './fake-office.js';
import { newVisitor, OWN_PAGE, startChatServer, type ChatServer, type Visitor } from './chat-server.js';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n contoh', 'latin1');

let server: ChatServer;
let visitor: Visitor;
let clock: VirtualClock;

beforeEach(async () => {
  clock = new VirtualClock(MONDAY_MORNING);
  server = await startChatServer({ clock });
  visitor = await newVisitor(server.url);
});
afterEach(() => server.close());

const address = (): string => addressOf(visitor.secret);
const refusal = async (response: Response): Promise<WireError['error']> =>
  ((await response.json()) as WireError).error;

describe('session', () => {
  it('gives a visitor 256 random bits that scripts cannot read, for 180 days', async () => {
    const response = await fetch(`${server.url}/api/chat/session`, { method: 'POST', headers: OWN_PAGE });
    const cookie = response.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^dering_chat=[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await newVisitor(server.url)).not.toMatchObject({ secret: visitor.secret });
  });

  it('marks the cookie secure where the page is reached by https', async () => {
    const secure = await startChatServer({ secureCookies: true });
    const response = await fetch(`${secure.url}/api/chat/session`, { method: 'POST', headers: OWN_PAGE });
    expect(response.headers.getSetCookie()[0]).toContain('; Secure');
    await secure.close();
  });

  it('stays the same when the visitor returns, and is replaced when it is not one of ours', async () => {
    const again = await visitor.post('session', {});
    expect(again.headers.getSetCookie()[0]).toContain(visitor.secret);
    const broken = await fetch(`${server.url}/api/chat/session`, {
      method: 'POST',
      headers: { ...OWN_PAGE, cookie: 'dering_chat=guessable' },
    });
    expect(broken.headers.getSetCookie()[0]).not.toContain('guessable');
  });

  it.each([['messages'], ['events'], ['files/abc']])('is needed to read %s', async (path) => {
    const response = await fetch(`${server.url}/api/chat/${path}`);
    expect(response.status).toBe(401);
    expect(await refusal(response)).toMatchObject({ code: 'no-session' });
  });

  it.each([
    ['without the header of the page', { 'x-requested-with': '' }],
    ['from another site', { origin: 'https://lain.example' }],
    ['from a sandboxed frame', { origin: 'null' }],
  ])('refuses to write %s', async (_name, headers) => {
    const response = await visitor.post('messages', { id: 'message-1', text: 'Halo' }, headers);
    expect(response.status).toBe(403);
    expect(server.office.received).toEqual([]);
  });

  it('takes writes from its own origin', async () => {
    const response = await visitor.post(
      'messages',
      { id: 'message-1', text: 'Halo' },
      { origin: server.url },
    );
    expect(response.status).toBe(201);
  });
});

describe('messages', () => {
  it.each([
    ['an operator for the text', { id: 'message-1', text: { $ne: null } }],
    ['an operator for the id', { id: { $ne: null }, text: 'Halo' }],
    ['an operator for the choice', { id: 'message-1', choice: { $ne: null }, text: 'Ya' }],
    ['a field too many', { id: 'message-1', text: 'Halo', address: 'x' }],
    ['no id', { text: 'Halo' }],
    ['a list', [{ id: 'message-1', text: 'Halo' }]],
    ['no JSON', 'Halo'],
    ['null', 'null'],
  ])('refuses %s with a sentence', async (_name, body) => {
    const response = await visitor.post('messages', body);
    expect(response.status).toBe(400);
    expect((await refusal(response)).message).toMatch(/^Permintaan tidak dapat dibaca/);
    expect(server.office.received).toEqual([]);
  });

  it.each(['', ' ', '\n\t ', '\u0000'])('refuses a text without a character (%j)', async (text) => {
    const response = await visitor.post('messages', { id: 'message-1', text });
    expect(response.status).toBe(400);
    expect(await refusal(response)).toMatchObject({ code: 'empty' });
  });

  it('takes 10,000 characters and refuses one more with a sentence', async () => {
    const longest = '👍'.repeat(5_000);
    expect((await visitor.post('messages', { id: 'message-1', text: longest })).status).toBe(201);
    const over = await visitor.post('messages', { id: 'message-2', text: `${longest}x` });
    expect(over.status).toBe(413);
    expect((await refusal(over)).message).toContain('10.000');
    const huge = await visitor.post('messages', { id: 'message-3', text: 'x'.repeat(2_000_000) });
    expect(huge.status).toBe(413);
    expect((await refusal(huge)).message).toContain('10.000 karakter');
    expect(server.office.received).toHaveLength(1);
  });

  it('keeps markup and operators in a text as the text they are', async () => {
    const text = '<script>alert(1)</script> {"$ne":null}';
    await visitor.post('messages', { id: 'message-1', text });
    expect(server.office.received[0]?.content).toEqual({ kind: 'text', text });
  });

  it('answers in the language the page is shown in', async () => {
    const response = await visitor.post(
      'messages',
      { id: 'message-1', text: ' ' },
      { 'accept-language': 'en' },
    );
    expect((await refusal(response)).message).toMatch(/^The message is still empty/);
  });

  it('says when it cannot store, and recognises the repeated request', async () => {
    server.office.storingFails = new Error('away');
    const failed = await visitor.post('messages', { id: 'message-1', text: 'Halo' });
    expect(failed.status).toBe(503);
    expect(failed.headers.get('retry-after')).toBe('5');
    server.office.storingFails = undefined;
    expect((await visitor.post('messages', { id: 'message-1', text: 'Halo' })).status).toBe(201);
    const twice = await visitor.post('messages', { id: 'message-1', text: 'Halo' });
    expect(twice.status).toBe(200);
    expect(await twice.json()).toMatchObject({ clientId: 'message-1', duplicate: true });
    expect(server.office.received).toHaveLength(1);
  });

  it("does not take one visitor's id for another visitor's message", async () => {
    const other = await newVisitor(server.url);
    await visitor.post('messages', { id: 'message-1', text: 'Halo' });
    const response = await other.post('messages', { id: 'message-1', text: 'Halo juga' });
    expect(response.status).toBe(201);
    expect(server.office.received).toHaveLength(2);
  });

  it('takes 60 messages a minute and then says how long to wait', async () => {
    for (let index = 0; index < 60; index += 1)
      expect((await visitor.post('messages', { id: `message-${index}`, text: 'Halo' })).status).toBe(201);
    clock.advance(20_000);
    const response = await visitor.post('messages', { id: 'message-60', text: 'Halo' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('40');
    expect((await refusal(response)).message).toContain('40 detik');
    clock.advance(40_000);
    expect((await visitor.post('messages', { id: 'message-60', text: 'Halo' })).status).toBe(201);
  });

  it('notes a file the page did not even upload', async () => {
    await visitor.post('messages', { id: 'message-1', tooLargeFile: 'besar.zip' });
    expect(server.office.received[0]?.content).toEqual({
      kind: 'refused-file',
      name: 'besar.zip',
      reason: 'too-large',
    });
  });
});

describe('history', () => {
  it('pages back and forth by message id, oldest first, and only through the own conversation', async () => {
    const lines = Array.from({ length: 7 }, (_, index) =>
      server.office.say(address(), { kind: 'text', text: `pesan ${index}` }),
    );
    server.office.say('b'.repeat(64), { kind: 'text', text: 'orang lain' });
    const ids = lines.map(({ id }) => id);
    const read = async (query: string): Promise<WirePage> =>
      (await (await visitor.get(`messages?${query}`)).json()) as WirePage;

    const newest = await read('limit=3');
    expect(newest.items.map(({ id }) => id)).toEqual(ids.slice(4));
    const before = await read(`limit=3&before=${newest.next}`);
    expect(before.items.map(({ id }) => id)).toEqual(ids.slice(1, 4));
    const after = await read(`limit=3&after=${ids[0]}`);
    expect(after.items.map(({ id }) => id)).toEqual(ids.slice(1, 4));
    expect((await read(`limit=100&after=${ids[0]}`)).next).toBeNull();
  });

  it.each([
    'before[$ne]=x',
    'before[]=a',
    'limit=0',
    'limit=1e9',
    'before=a&after=b',
    'before=a&before=b',
    'x=1',
  ])('refuses ?%s', async (query) => {
    expect((await visitor.get(`messages?${query}`)).status).toBe(400);
  });

  it('shows nothing of what only the office sees', async () => {
    server.office.say(address(), {
      kind: 'event',
      event: { name: 'ticket-closed', ticketId: 'T1' },
    });
    const page = (await (await visitor.get('messages')).json()) as WirePage;
    expect(page.items).toEqual([]);
  });
});

describe('receipts', () => {
  it('hands on how far the page has come', async () => {
    const line = server.office.say(address(), { kind: 'text', text: 'Halo' });
    expect((await visitor.post('receipts', { upTo: line.id, state: 'read' })).status).toBe(204);
    expect(server.office.receipts).toEqual([
      { address: address(), upTo: line.id, state: 'read', at: MONDAY_MORNING },
    ]);
  });

  it.each([{ upTo: { $ne: null }, state: 'read' }, { upTo: 'a', state: 'sent' }, {}])(
    'refuses %j',
    async (body) => {
      expect((await visitor.post('receipts', body)).status).toBe(400);
    },
  );
});

describe('files', () => {
  it('stores an upload with its caption and serves it back to the same visitor only', async () => {
    const response = await visitor.upload(
      { id: 'message-1', caption: 'Fotonya' },
      { name: 'é "x".png', bytes: PNG },
    );
    expect(response.status).toBe(201);
    const content = server.office.received[0]!.content;
    expect(content).toMatchObject({ kind: 'file', mimeType: 'image/png', caption: 'Fotonya' });
    const path = `files/${'fileId' in content ? content.fileId : ''}`;
    const served = await visitor.get(path);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="_ _x_.png"; filename*=UTF-8''%C3%A9%20%22x%22.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const other = await newVisitor(server.url);
    expect((await other.get(path)).status).toBe(404);
  });

  it('never lets a browser show SVG or text in place', async () => {
    await visitor.upload({ id: 'message-1' }, { name: 'a.svg', bytes: Buffer.from('<svg onload=alert(1)>') });
    const content = server.office.received[0]!.content;
    const served = await visitor.get(`files/${'fileId' in content ? content.fileId : ''}`);
    expect(served.headers.get('content-type')).toBe('application/octet-stream');
    expect(served.headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('answers a refused file with a sentence and notes it once', async () => {
    const file = { name: 'surat.pdf', bytes: Buffer.from('MZ\x90\0') };
    const response = await visitor.upload({ id: 'message-1' }, file);
    expect(response.status).toBe(415);
    expect((await refusal(response)).message).toMatch(/tidak sesuai dengan akhiran/);
    await visitor.upload({ id: 'message-1' }, file);
    expect(server.office.received.map(({ content }) => content)).toEqual([
      { kind: 'refused-file', name: 'surat.pdf', reason: 'name-mismatch' },
    ]);
  });

  it('notes a file far over the limit by its name, and does not read one that is hopeless', async () => {
    const big = await visitor.upload(
      { id: 'message-1' },
      { name: 'film.mp4', bytes: Buffer.alloc(3_000_000) },
    );
    expect(big.status).toBe(413);
    expect((await refusal(big)).message).toContain('1 MB');
    expect(server.office.received[0]?.content).toMatchObject({ kind: 'refused-file', reason: 'too-large' });
    const hopeless = await server.app.inject({
      method: 'POST',
      url: '/api/chat/files',
      headers: {
        ...OWN_PAGE,
        cookie: visitor.cookie,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '99999999',
      },
    });
    expect(hopeless.statusCode).toBe(413);
  });

  it.each([
    ['no file', { id: 'message-1' }, undefined],
    ['no id', {}, { name: 'a.png', bytes: PNG }],
    ['a bad id', { id: '{"$ne":null}' }, { name: 'a.png', bytes: PNG }],
    ['a field too many', { id: 'message-1', x: '1' }, { name: 'a.png', bytes: PNG }],
  ])('refuses an upload with %s', async (_name, fields, file) => {
    expect((await visitor.upload(fields as Record<string, string>, file)).status).toBe(400);
    expect(server.office.received).toEqual([]);
  });

  it('takes an upload that was broken off for nothing', async () => {
    const request = httpRequest(`${server.url}/api/chat/files`, {
      method: 'POST',
      headers: {
        ...OWN_PAGE,
        cookie: visitor.cookie,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '500000',
      },
    });
    request.on('error', () => undefined);
    const logged = vi.spyOn(server.office.ports.log, 'error');
    request.write('--x\r\ncontent-disposition: form-data; name="id"\r\n\r\nmessage-1\r\n');
    request.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF');
    await expect.poll(() => server.office.uploads).toBe(1);
    request.destroy();
    await expect.poll(() => server.office.brokenUploads).toBe(1);
    expect(server.office.received).toEqual([]);
    expect(logged).not.toHaveBeenCalled();
  });

  it('does not note a file when the store is away, so that the page tries again', async () => {
    await server.close();
    server = await startChatServer({ storeFile: () => Promise.reject(new Error('disk')) });
    visitor = await newVisitor(server.url);
    const response = await visitor.upload({ id: 'message-1' }, { name: 'a.png', bytes: PNG });
    expect(response.status).toBe(503);
    expect(server.office.received).toEqual([]);
  });
});

describe('events', () => {
  const textOf = (data: unknown): string => {
    const { content } = data as WireLine;
    return content.kind === 'text' ? content.text : content.kind;
  };

  it('shows what is there and then what comes, under the id of the message', async () => {
    const first = server.office.say(address(), { kind: 'text', text: 'satu' });
    const stream = await visitor.events();
    expect(await stream.next()).toMatchObject({ id: first.id, event: 'message', data: { id: first.id } });
    const second = server.office.say(address(), { kind: 'text', text: 'dua' });
    expect(await stream.next()).toMatchObject({ id: second.id, data: { content: { text: 'dua' } } });
    await stream.close();
  });

  it("works before the first message, and shows the visitor's own with the page's id", async () => {
    const stream = await visitor.events();
    await visitor.post('messages', { id: 'message-1', text: 'Halo' });
    expect((await stream.next()).data).toMatchObject({
      clientId: 'message-1',
      direction: 'in',
      state: 'sent',
    });
    await stream.close();
  });

  it('tells when a state of an own message changes', async () => {
    await visitor.post('messages', { id: 'message-1', text: 'Halo' });
    const stream = await visitor.events();
    const { id } = await stream.next();
    server.office.setState(address(), id!, 'read');
    expect(await stream.next()).toEqual({ id: undefined, event: 'state', data: { id, state: 'read' } });
    await stream.close();
  });

  it.each(['last-event-id', 'after'])('misses nothing after a break of 250 messages (%s)', async (way) => {
    const known = server.office.say(address(), { kind: 'text', text: 'sudah dibaca' });
    const texts = Array.from({ length: 250 }, (_, index) => `pesan ${index}`);
    for (const text of texts) server.office.say(address(), { kind: 'text', text });
    const stream =
      way === 'after'
        ? await visitor.events(`events?after=${known.id}`)
        : await visitor.events('events', { 'last-event-id': known.id });
    const events = await stream.take(250);
    expect(events.map(({ data }) => textOf(data))).toEqual(texts);
    await stream.close();
  });

  it('shows a message that is stored after a later one', async () => {
    await visitor.post('messages', { id: 'message-1', text: 'Halo' });
    const early = server.office.newId();
    const stream = await visitor.events();
    expect(textOf((await stream.next()).data)).toBe('Halo');
    server.office.say(address(), { kind: 'text', text: 'kedua' });
    expect(textOf((await stream.next()).data)).toBe('kedua');
    server.office.say(address(), { kind: 'text', text: 'pertama' }, { id: early });
    expect(textOf((await stream.next()).data)).toBe('pertama');
    await stream.close();
  });

  it('shows every tab the same, and refuses a sixth', async () => {
    const tabs = await Promise.all(Array.from({ length: 5 }, () => visitor.events()));
    await visitor.post('messages', { id: 'message-1', text: 'untuk semua' });
    for (const tab of tabs) expect(textOf((await tab.next()).data)).toBe('untuk semua');
    const sixth = await visitor.get('events');
    expect(sixth.status).toBe(429);
    expect((await refusal(sixth)).message).toContain('lima tab');
    await tabs[0]!.close();
    await expect.poll(async () => (await visitor.get('events')).status).toBe(200);
    await Promise.all(tabs.slice(1).map((tab) => tab.close()));
  });

  it("shows nothing of another visitor's conversation", async () => {
    const other = await newVisitor(server.url);
    const stream = await visitor.events();
    await other.post('messages', { id: 'message-1', text: 'rahasia' });
    await visitor.post('messages', { id: 'message-1', text: 'milik saya' });
    expect(textOf((await stream.next()).data)).toBe('milik saya');
    await stream.close();
  });

  it('ends with the server', async () => {
    const stream = await visitor.events();
    await server.chat.stop();
    expect(await stream.ended()).toBe(true);
  });

  it('cuts a long answer into bubbles with the choices under the last', async () => {
    const text = `${'a'.repeat(9_990)} ${'b'.repeat(100)}`;
    const line = server.office.say(address(), { kind: 'text', text, choices: [{ id: 'y', title: 'Ya' }] });
    const stream = await visitor.events();
    const [first, second] = await stream.take(2);
    expect(first).toMatchObject({ id: line.id, data: { id: line.id, content: { text: 'a'.repeat(9_990) } } });
    expect(first?.data).not.toHaveProperty('content.choices');
    expect(second).toMatchObject({
      id: line.id,
      data: { id: `${line.id}~2`, content: { choices: [{ id: 'y', title: 'Ya' }] } },
    });
    await stream.close();
  });
});

describe('before the start', () => {
  it('answers "unavailable" and keeps nothing', async () => {
    await server.chat.stop();
    const response = await visitor.post('messages', { id: 'message-1', text: 'Halo' });
    expect(response.status).toBe(503);
    expect((await visitor.get('events')).status).toBe(503);
  });
});
