import type { Writable } from 'node:stream';
import { ChannelError, type OutboundMessage } from '../../conversation/channel.js';
import { render } from './render.js';

/**
 * Prints a message. What stands on the screen has been delivered.
 * @throws ChannelError `closed`
 */
export async function send(message: OutboundMessage, output: Writable): Promise<'delivered'> {
  for (const block of render(message)) await write(output, block);
  return 'delivered';
}

function write(output: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (output.destroyed || output.writableEnded) {
      reject(new ChannelError('closed', true));
      return;
    }
    output.write(text, (error) => {
      if (error) reject(new ChannelError('closed', true, undefined, { cause: error }));
      else resolve();
    });
  });
}
