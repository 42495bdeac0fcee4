import type { Channel } from '../../../src/conversation/channel.js';

/** A channel that hands over at once and remembers the last words to each address. */
export function createBenchChannel(onSend: () => void = () => undefined): {
  channel: Channel;
  /** What was sent to the address since it was asked last. */
  take(address: string): string | undefined;
} {
  const sent = new Map<string, string>();
  return {
    channel: {
      name: 'terminal',
      account: 'bench',
      capabilities: {
        maxButtons: 0,
        maxTextLength: 4_096,
        knowsPhone: false,
        knowsEmail: false,
        sendsFiles: false,
      },
      start: () => Promise.resolve(),
      send({ address, content }) {
        onSend();
        const [before, text] = [sent.get(address), content.kind === 'text' ? content.text : ''];
        sent.set(address, before === undefined ? text : `${before}\n${text}`);
        return Promise.resolve('sent');
      },
      health: () => ({ state: 'up' }),
      stop: () => Promise.resolve(),
    },
    take(address) {
      const text = sent.get(address);
      sent.delete(address);
      return text;
    },
  };
}
