import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStreamPlaces } from '../../../src/channels/web-chat/stream-places.js';
import { newVisitor, OWN_PAGE, startChatServer, type ChatServer, type Visitor } from './chat-server.js';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1');

let server: ChatServer;
let visitor: Visitor;

beforeEach(async () => {
  server = await startChatServer();
  visitor = await newVisitor(server.url);
});
afterEach(() => server.close());

describe('uploads', () => {
  it('says when the files of a visitor have reached the limit of a day, so that the page does not try again', async () => {
    for (let i = 0; i < 50; i += 1) {
      const path = `message-${String(i).padStart(2, '0')}`;
      const sent = await visitor.upload({ id: path }, { name: 'a.png', bytes: PNG });
      expect(sent.status).toBe(201);
    }
    const refused = await visitor.upload({ id: 'message-50' }, { name: 'a.png', bytes: PNG });
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many-files' } });
    expect(server.office.uploads).toBe(50);
  });
});

describe('an upload of unknown length', () => {
  /** As a proxy sends it on that does not wait for the end: in chunks. */
  const upload = (bytes: Buffer): Promise<Response> =>
    fetch(`${server.url}/api/chat/files`, {
      method: 'POST',
      headers: {
        ...OWN_PAGE,
        cookie: visitor.cookie,
        'content-type': 'multipart/form-data; boundary=x',
      },
      body: Readable.toWeb(
        Readable.from(
          [
            '--x\r\ncontent-disposition: form-data; name="id"\r\n\r\nmessage-1\r\n',
            '--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n',
            bytes,
            '\r\n--x--\r\n',
          ].map((part) => Buffer.from(part)),
        ),
      ) as ReadableStream,
      duplex: 'half',
    } as RequestInit);

  it('is taken when it is within the limit', async () => {
    expect((await upload(PNG)).status).toBe(201);
  });

  it('is cut off at the limit', async () => {
    expect((await upload(Buffer.alloc(3_000_000, PNG))).status).toBe(413);
    expect(server.office.brokenUploads).toBe(1);
  });
});

describe('reads', () => {
  it.each([
    ['messages', (one: Visitor) => one.get('messages')],
    ['receipts', (one: Visitor) => one.post('receipts', { upTo: 'abc', state: 'read' })],
    ['files', (one: Visitor) => one.get('files/abc')],
  ])('of %s are limited per visitor to far more than a page needs', async (_name, read) => {
    for (let i = 0; i < 300; i += 1) expect((await read(visitor)).status).not.toBe(429);
    const refused = await read(visitor);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many-requests' } });
    expect((await visitor.get('events')).status).toBe(429);
    expect((await visitor.post('messages', { id: 'message-1', text: 'Halo' })).status).toBe(201);
    expect((await read(await newVisitor(server.url))).status).not.toBe(429);
  });
});

describe('open streams', () => {
  it('have places per address on the internet, given back when a page closes', () => {
    const places = createStreamPlaces(2);
    const leave = places.take('one');
    places.take('one');
    expect(places.take('one')).toBeUndefined();
    expect(places.take('two')).toBeDefined();
    leave?.();
    expect(places.take('one')).toBeDefined();
    expect(places.take('one')).toBeUndefined();
  });

  it('over 300 from one address are refused with a sentence', async () => {
    const visitors = await Promise.all(Array.from({ length: 61 }, () => newVisitor(server.url)));
    const last = visitors.pop()!;
    const streams = await Promise.all(
      visitors.flatMap((one) => Array.from({ length: 5 }, () => one.events())),
    );
    const refused = await last.get('events');
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many-streams' } });
    await streams[0]!.close();
    await expect.poll(async () => (await last.get('events')).status).toBe(200);
  });
});
