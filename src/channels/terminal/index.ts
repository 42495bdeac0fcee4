import { userInfo } from 'node:os';
import { createInterface, type Interface } from 'node:readline';
import type { Channel, ChannelHealth, Inbox, InboundContent } from '../../conversation/channel.js';
import { terminalCapabilities } from './capabilities.js';
import { parseLine } from './parse.js';
import { readUpload } from './read-upload.js';
import { send } from './send.js';
import { ACCOUNT, type TerminalPorts } from './types.js';
import { addressOf } from './verify.js';

export type { TerminalPorts } from './types.js';

export type Terminal = Channel & {
  /** Ends when the person leaves: /quit, Ctrl-C, Ctrl-D or the end of a script. */
  readonly closed: Promise<void>;
};

/** The bot in a terminal, for trying it and for demonstrations. */
export function createTerminal(ports: TerminalPorts): Terminal {
  const address = addressOf(userInfo().username);
  const say = ports.texts.for('id');
  let health: ChannelHealth = { state: 'starting' };
  let lines: Interface | undefined;
  let working: Promise<void> = Promise.resolve();
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));

  return {
    name: 'terminal',
    account: ACCOUNT,
    capabilities: terminalCapabilities,
    closed,
    start(inbox) {
      const opened = openLines(ports);
      lines = opened;
      // One line after the other: the next is taken up once the one before is stored.
      opened.on('line', (line) => {
        working = working.then(() => handle(line, inbox));
      });
      opened.on('SIGINT', () => opened.close());
      opened.on('close', () => void working.then(close));
      health = { state: 'up' };
      opened.prompt();
      return Promise.resolve();
    },
    async send(message) {
      // Clear the prompt; what is being typed comes back behind the message.
      if (lines?.terminal) ports.output.write('\r\u001b[K');
      const state = await send(message, ports.output);
      if (health.state !== 'down') lines?.prompt(true);
      return state;
    },
    health: () => health,
    async stop() {
      lines?.close();
      await working;
      health = { state: 'down', reason: 'stopped' };
      close();
    },
  };

  async function handle(line: string, inbox: Inbox): Promise<void> {
    const command = parseLine(line);
    switch (command.kind) {
      case 'nothing':
        return;
      case 'help':
        ports.output.write(`${say('chat:terminal.help')}\n`);
        return;
      case 'quit':
        lines?.close();
        return;
      case 'text':
        await receive({ kind: 'text', text: command.text }, inbox);
        return;
      case 'file':
        await receive(await readUpload(command, address, ports), inbox);
    }
  }

  async function receive(content: InboundContent, inbox: Inbox): Promise<void> {
    try {
      await inbox.receive({
        channel: 'terminal',
        account: ACCOUNT,
        address,
        providerId: ports.newId(),
        sentAt: ports.clock.now(),
        content,
      });
      health = { state: 'up' };
    } catch {
      // The person is the transport here: told so, they write again.
      health = { state: 'down', reason: 'messages cannot be stored' };
      ports.output.write(`${say('chat:terminal.notStored')}\n`);
    }
  }
}

/** On a real terminal lines can be edited and Ctrl-C arrives here; a script is read as it comes. */
function openLines({ input, output }: TerminalPorts): Interface {
  const interactive = 'isTTY' in input && input.isTTY === true;
  return interactive
    ? createInterface({ input, output, prompt: '> ' })
    : createInterface({ input, terminal: false, prompt: '' });
}
