import type { Channel, ChannelHealth, ChannelStatus, OutboundMessage } from '../../conversation/channel.js';
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

  const together = async (messages: readonly OutboundMessage[]): Promise<'sent'> => {
    const state = await sendTogether(messages, ports, settings);
    lastConfirmedOutboundAt = ports.clock.now();
    return state;
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
    status: (): ChannelStatus => ({ ...health(), lastInboundAt, lastConfirmedOutboundAt, queueAge: null }),
    async stop() {
      await mailbox?.stop();
      mailbox = undefined;
      stopped = { state: 'down', reason: 'stopped' };
    },
  };
}
