import type { Channel, ChannelHealth, ChannelStatus } from '../../conversation/channel.js';
import { ChannelError } from '../../conversation/channel.js';
import { PairingError, type PairingPort } from '../../conversation/pairing.js';
import { whatsappCapabilities } from './capabilities.js';
import { createPairingBoard } from './pairing-board.js';
import { quietSignalLibrary } from './quiet-signal-library.js';
import type { Session } from './session.js';
import type { WhatsAppPorts } from './types.js';

export { systemTimers } from './timers.js';
export type * from './types.js';
export { LeaseLostError } from './types.js';

export type WhatsApp = Channel & {
  /** How an operator links the number. */
  readonly pairing: PairingPort;
  status(): ChannelStatus;
};

/** WhatsApp as a linked device of the office's number, through Baileys; see the README for what that risks. */
export function createWhatsApp(ports: WhatsAppPorts): WhatsApp {
  const board = createPairingBoard();
  let session: Session | undefined;
  let stopped = false;

  const health = (): ChannelHealth =>
    stopped ? { state: 'down', reason: 'stopped' } : (session?.health() ?? { state: 'starting' });
  const running = (): Session => {
    if (!session || stopped) throw new PairingError('not-available');
    return session;
  };

  return {
    name: 'whatsapp',
    account: ports.account,
    capabilities: whatsappCapabilities,
    async start(inbox) {
      quietSignalLibrary(ports.log);
      // Loaded only here: the library is large, and prints.
      const { createSession } = await import('./session.js');
      if (stopped) return;
      session = createSession(ports, inbox, board);
      await session.start();
    },
    send(message) {
      if (!session || stopped) return Promise.reject(new ChannelError('not-started', false));
      return session.send(message);
    },
    health,
    status: () =>
      session?.status() ?? {
        ...{ state: health().state, lastInboundAt: null, lastConfirmedOutboundAt: null, queueAge: 0 },
      },
    pairing: {
      state: () => board.read(),
      begin: (phone) => running().pair(phone),
      unpair: () => running().unpair(),
      onChange: (listener) => board.onChange(listener),
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      await session?.stop();
    },
  };
}
