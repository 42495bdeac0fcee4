import type { Connection } from './connection.js';
import type { PairingBoard } from './pairing-board.js';
import type { WhatsAppPorts } from './types.js';

/**
 * Shows the operator the QR of this moment; a QR stands for a minute, the later ones for twenty seconds.
 * @param phone also ask for a code to type; asked for once in a pairing
 * @param current whether this is still the pairing the operator sees
 */
export async function showCode(
  { socket }: Connection,
  { qr, phone }: { qr: string; phone: string | undefined },
  current: () => boolean,
  { board, ports }: { board: PairingBoard; ports: WhatsAppPorts },
): Promise<void> {
  const before = board.read();
  const waiting =
    before.phase === 'waiting' ? before : { phase: 'waiting' as const, since: ports.clock.now() };
  board.write({ ...waiting, qr });
  if (phone === undefined) return;
  try {
    const code = await socket.requestPairingCode(phone);
    const now = board.read();
    if (now.phase === 'waiting' && current()) board.write({ ...now, code });
  } catch (error) {
    ports.log.warn({ err: error, channel: 'whatsapp' }, 'no pairing code');
  }
}
