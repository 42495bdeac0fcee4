import type { ChannelHealth, ChannelStatus, Inbox, OutboundMessage } from '../../conversation/channel.js';
import { ChannelError } from '../../conversation/channel.js';
import { Connector } from './connector.js';
import { createInboundKeeper } from './keep-inbound.js';
import { mendSignalLibrary } from './mend-signal-library.js';
import type { PairingBoard } from './pairing-board.js';
import { noteReceipt } from './receipts.js';
import { createSealer } from './seal.js';
import { findSent, send, type SendDeps } from './send.js';
import { createSendLine } from './send-line.js';
import { createTakeIn } from './take-in.js';
import { createWatch } from './watch.js';
import type { WhatsAppPorts } from './types.js';

/** Everything of the channel that needs the library; loaded only when the channel is switched on. */
export interface Session {
  start(): Promise<void>;
  send(message: OutboundMessage): Promise<'sent'>;
  pair(phone?: string): Promise<void>;
  unpair(): Promise<void>;
  health(): ChannelHealth;
  status(): ChannelStatus;
  stop(): Promise<void>;
}

export function createSession(ports: WhatsAppPorts, inbox: Inbox, board: PairingBoard): Session {
  mendSignalLibrary();
  const { clock, log } = ports;
  const sealer = createSealer(ports.key);
  const watch = createWatch();

  const takeIn = createTakeIn({
    ...{ ports, sealer, inbox },
    healthy: (healthy) => (watch.storing = healthy),
    taken: ({ messageId }, { replyTo }) => {
      if (!ports.showOnline || !replyTo) return;
      const key = { remoteJid: replyTo, id: messageId, fromMe: false };
      // Blue ticks are a courtesy; without them the message is answered all the same.
      connector.connection?.socket.readMessages([key]).catch(() => undefined);
    },
  });
  const keeper = createInboundKeeper({
    ...{ ports, sealer },
    kept: (address, fromMe) => {
      if (!fromMe) watch.lastInboundAt = clock.now();
      takeIn.wake(address);
    },
  });
  const connector: Connector = new Connector({
    ...{ ports, sealer, board },
    acquired: () => {
      takeIn.resume().catch((error: unknown) => {
        log.error({ err: error, channel: 'whatsapp' }, 'what was left in the journal could not be read');
      });
    },
    report: (health) => (watch.connection = health),
    events: {
      async keep(stanza, plain) {
        try {
          await keeper.keepDecrypted(stanza, plain, connector.self);
          watch.storing = true;
        } catch (error) {
          // Neither "received" nor "please send again" may go out: WhatsApp keeps the message for the next connection.
          watch.storing = false;
          connector.sever();
          throw error;
        }
      },
      handedOver(messages) {
        for (const message of messages)
          keeper.keepHandedOver(message, connector.self).catch((error: unknown) => {
            log.error({ err: error, channel: 'whatsapp' }, 'a message could not be kept');
          });
      },
      receipt(stanza) {
        noteReceipt(stanza, ports).catch((error: unknown) => {
          log.warn({ err: error, channel: 'whatsapp' }, 'a receipt was not noted');
        });
      },
      findSent: (id) => findSent(id, { ports, sealer }),
    },
  });
  const line = createSendLine(clock, ports.timers, ports.random);
  const sending: SendDeps = { ports, sealer, line, connection: () => connector.connection };

  return {
    start: () => connector.start(),
    async send(message) {
      watch.begin(message.id, clock.now());
      try {
        const sent = await send(message, sending);
        watch.lastConfirmedOutboundAt = clock.now();
        watch.end(message.id);
        return sent;
      } catch (error) {
        if (error instanceof ChannelError && error.permanent) watch.end(message.id);
        throw error;
      }
    },
    pair: (phone) => connector.pair(phone),
    unpair: () => connector.unpair(),
    health: () => watch.health(),
    status: () => watch.status(clock.now()),
    stop: () => connector.stop().finally(() => takeIn.stop()),
  };
}
