import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InboundMessage } from '../../src/conversation/channel.js';
import { seededRandom } from '../../src/shared/ids.js';
import { createOffice, type Chat, type Office } from '../support/conversation.js';
import { databaseOf } from './mortal-process.js';
import { saidIn } from './recording-dialog.js';

const ROUNDS = 12;
const CHILD = fileURLToPath(new URL('kill-child.ts', import.meta.url));

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

interface Heard {
  acknowledged: Set<string>;
  sent: string[];
}

/** Hands the messages to a process in order, one after the acknowledgement of the other; kills it after so long. */
async function runChild(
  round: number,
  messages: readonly InboundMessage[],
  heard: Heard,
  killAfter: number | undefined,
): Promise<void> {
  // A minute later than the one before: its leases have run out.
  const startedAt = new Date(office.clock.now().getTime() + round * 60_000).toISOString();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', CHILD, databaseOf(office), startedAt, `round-${round}`],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const waiting = [...messages];
  const next = (): void => {
    const message = waiting.shift();
    if (message) child.stdin.write(`${JSON.stringify(message)}\n`);
    else child.stdin.end();
  };
  child.stdin.on('error', () => undefined);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  next();
  let killing: Promise<void> | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const { ack, sent } = JSON.parse(line) as { ack?: string; sent?: string };
    if (sent) heard.sent.push(sent);
    if (ack === undefined) continue;
    heard.acknowledged.add(ack);
    if (killAfter !== undefined) killing ??= setTimeout(killAfter).then(() => void child.kill('SIGKILL'));
    next();
  }
  await exited;
  await killing;
}

it(
  `killed ${ROUNDS} times at any moment, each message has exactly one turn, in order, and each ticket one number`,
  { timeout: 180_000 },
  async () => {
    const random = seededRandom(20_260_302);
    const chats = Array.from({ length: 4 }, () => office.chat());
    const texts = new Map<Chat, string[]>(chats.map((chat) => [chat, []]));
    const heard: Heard = { acknowledged: new Set(), sent: [] };
    let undelivered: InboundMessage[] = [];
    let cutShort = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (let index = 0; index < 40; index += 1) {
        const chat = chats[index % chats.length] ?? expect.fail('a chat');
        const text = index % 5 === 0 ? 'tiket' : `Putaran ${round}, pesan ${index}`;
        texts.get(chat)?.push(text);
        undelivered.push(chat.message({ kind: 'text', text }));
      }
      await runChild(round, undelivered, heard, Math.floor(random() * 250));
      undelivered = undelivered.filter(({ providerId }) => !heard.acknowledged.has(providerId));
      if (undelivered.length > 0) cutShort += 1;
    }
    await runChild(ROUNDS + 1, undelivered, heard, undefined);

    expect(cutShort).toBeGreaterThanOrEqual(ROUNDS / 2);
    for (const chat of chats) expect(saidIn((await chat.conversation()).stack)).toEqual(texts.get(chat));
    const asked = [...texts.values()].flat().filter((text) => text === 'tiket').length;
    const numbers = (await office.tickets()).map(({ number }) => number);
    expect(numbers).toHaveLength(asked);
    expect(new Set(numbers).size).toBe(asked);
    const { messages } = office.services.models;
    expect(await messages.countDocuments({ pending: true })).toBe(0);
    const answers = [...texts.values()].flat().length;
    expect(await messages.countDocuments({ direction: 'out' })).toBe(answers);
    const times = new Map<string, number>();
    for (const id of heard.sent) times.set(id, (times.get(id) ?? 0) + 1);
    expect(Math.max(...times.values())).toBeLessThanOrEqual(2);
  },
);
