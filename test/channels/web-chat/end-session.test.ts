import { afterEach, beforeEach, expect, it } from 'vitest';
import { addressOf } from '../../../src/channels/web-chat/verify.js';
import { newVisitor, OWN_PAGE, startChatServer, type ChatServer, type Visitor } from './chat-server.js';

let server: ChatServer;
let visitor: Visitor;

beforeEach(async () => {
  server = await startChatServer();
  visitor = await newVisitor(server.url);
});
afterEach(() => server.close());

const end = (headers: Record<string, string>): Promise<Response> =>
  fetch(`${server.url}/api/chat/session`, {
    method: 'DELETE',
    headers: { cookie: visitor.cookie, ...headers },
  });

it('ends the chat on a shared device by taking the cookie back, and keeps the conversation for the office', async () => {
  await visitor.post('messages', { id: 'message-1', text: 'Halo' });
  const response = await end(OWN_PAGE);
  expect(response.status).toBe(204);
  expect(response.headers.getSetCookie()[0]).toMatch(/^dering_chat=; Max-Age=0; Path=\//);
  expect(server.office.lines(addressOf(visitor.secret))).toHaveLength(1);
});

it('does not let another site end the chat', async () => {
  expect((await end({ ...OWN_PAGE, origin: 'https://lain.example' })).status).toBe(403);
  expect((await end({})).status).toBe(403);
});
