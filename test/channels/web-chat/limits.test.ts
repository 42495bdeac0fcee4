import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newVisitor, startChatServer, type ChatServer, type Visitor } from './chat-server.js';

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
