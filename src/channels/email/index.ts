import {
  ChannelError,
  type Channel,
  type ChannelHealth,
  type OutboundMessage,
} from '../../conversation/channel.js';
import { emailCapabilities } from './capabilities.js';
import { watchMailbox, type Mailbox } from './mailbox.js';
import { sendTogether } from './send.js';
import type { EmailPorts, EmailSettings } from './types.js';

export type { EmailPorts, EmailSettings, StoredLetter } from './types.js';

/** The office's mailbox as a channel: letters in over IMAP, letters out through the mail server of the office. */
export function createEmail(ports: EmailPorts, settings: EmailSettings): Channel {
  let mailbox: Mailbox | undefined;
  let stopped: ChannelHealth = { state: 'starting' };
  let lastInboundAt: Date | null = null;
  let lastConfirmedOutboundAt: Date | null = null;
  const health = (): ChannelHealth => mailbox?.health() ?? stopped;

  const waiting = new Map<string, Date>();
  const together = async (messages: readonly OutboundMessage[]): Promise<'sent'> => {
    const id = messages[0]?.id ?? '';
    if (!waiting.has(id)) waiting.set(id, ports.clock.now());
    try {
      const state = await sendTogether(messages, ports, settings);
      lastConfirmedOutboundAt = ports.clock.now();
      waiting.delete(id);
      return state;
    } catch (error) {
      if (error instanceof ChannelError && error.permanent) waiting.delete(id);
      throw error;
    }
  };
  const queueAge = (): number => {
    const now = ports.clock.now().getTime();
    const ages = [...waiting.values()].map((since) => (now - since.getTime()) / 1000);
    return Math.max(0, ...ages);
  };

  return {
    name: 'email',
    account: settings.address,
    capabilities: emailCapabilities,
    /** Does not wait for the mail server: one that is away must not hold the others up. */
    start(inbox) {
      mailbox ??= watchMailbox(ports, settings, {
        async receive(message) {
          const stored = await inbox.receive(message);
          lastInboundAt = ports.clock.now();
          return stored;
        },
      });
      return Promise.resolve();
    },
    send: (message) => together([message]),
    sendTogether: together,
    health,
    status: () => ({ state: health().state, lastInboundAt, lastConfirmedOutboundAt, queueAge: queueAge() }),
    async stop() {
      await mailbox?.stop();
      mailbox = undefined;
      stopped = { state: 'down', reason: 'stopped' };
    },
  };
}
