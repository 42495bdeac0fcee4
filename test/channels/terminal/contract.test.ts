import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createTerminal } from '../../../src/channels/terminal/index.js';
import { addressOf } from '../../../src/channels/terminal/verify.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { createIdGenerator, seededRandom } from '../../../src/shared/ids.js';
import {
  createFakeInbox,
  describeChannelContract,
  type ChannelHarness,
} from '../../contracts/channel-contract.js';
import { createFakeOffice } from '../web-chat/fake-office.js';
import { DomainError } from '../../../src/shared/errors.js';

const texts = loadTexts();

describeChannelContract('terminal', createHarness);

async function createHarness(): Promise<ChannelHarness> {
  const clock = new VirtualClock(new Date('2026-03-02T01:00:00Z'));
  const folder = await mkdtemp(join(tmpdir(), 'dering-terminal-'));
  const inbox = createFakeInbox();
  const input = new PassThrough();
  const output = new PassThrough();
  const shown: string[] = [];
  output.on('data', (chunk: Buffer) => shown.push(chunk.toString()));
  const terminal = createTerminal({
    input,
    output,
    clock,
    texts,
    newId: createIdGenerator(clock, seededRandom(1)),
    async storeFile(upload) {
      const file = await createFakeOffice().ports.storeFile({
        ...upload,
        conversationKey: { ...upload.conversationKey, channel: 'web-chat' },
      });
      if (file.size > 1_000_000) throw new DomainError('file-too-large');
      return file;
    },
  });
  await terminal.start(inbox);

  return {
    channel: terminal,
    inbox,
    async deliverInbound(action, at) {
      if (action.kind === 'choice' || action.kind === 'unsupported') return 'impossible';
      clock.moveTo(at);
      const before = inbox.attempts;
      const notStored = shown.filter((text) =>
        text.includes(texts.for('id')('chat:terminal.notStored')),
      ).length;
      input.write(`${await lineFor(action)}\n`);
      while (inbox.attempts === before) await turn();
      await turn();
      const complaints = shown.filter((text) => text.includes(texts.for('id')('chat:terminal.notStored')));
      return complaints.length > notStored ? 'not-acknowledged' : 'acknowledged';
    },
    redeliver: () => Promise.resolve('impossible'),
    address: () => addressOf(userInfo().username),
    sendOutbound: (message) => terminal.send(message),
    async sentMessages() {
      await turn();
      return shown
        .filter((text) => text.startsWith('Dering: '))
        .map((text) => ({ text: text.slice('Dering: '.length).trimEnd(), buttons: [] }));
    },
    breakTransport() {
      output.destroy();
      return Promise.resolve();
    },
    secrets: () => [],
    async close() {
      await terminal.stop();
      await rm(folder, { recursive: true });
    },
  };

  async function lineFor(action: {
    kind: string;
    text?: string;
    name?: string;
    bytes?: Buffer;
  }): Promise<string> {
    if (action.name === undefined) return action.text ?? '';
    const path = join(folder, action.name);
    await writeFile(path, action.bytes ?? '');
    return `/file "${path}"`;
  }
}

/** Lets everything that is ready run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
