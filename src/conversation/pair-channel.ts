import { recordAudit } from '../services/audit/record-audit.js';
import { requireRole } from '../services/staff/authorise.js';
import type { Actor } from '../services/service-context.js';
import type { ChannelName } from '../shared/channel-name.js';
import { DomainError } from '../shared/errors.js';
import type { Engine } from './engine.js';
import { PairingError, type PairingPort, type PairingState } from './pairing.js';

interface PairingCommand {
  name: ChannelName;
  actor: Actor;
}

/**
 * How far a channel is linked, with the QR or code: whoever has it can take the number over.
 * @throws DomainError not-allowed, not-found
 */
export function readPairing(engine: Engine, command: PairingCommand): PairingState {
  return pairingOf(engine, command).state();
}

/**
 * Begins to link a channel, or begins anew.
 * @param command.phone digits, country code first: asks for a code to type there
 * @throws DomainError not-allowed, not-found, channel-linked, invalid-input, unavailable
 */
export async function beginPairing(
  engine: Engine,
  command: PairingCommand & { phone?: string; now: Date },
): Promise<PairingState> {
  const { name, phone, actor, now } = command;
  const pairing = pairingOf(engine, command);
  try {
    await pairing.begin(phone);
  } catch (error) {
    throw error instanceof PairingError ? refusalOf(error) : error;
  }
  const details = { method: phone === undefined ? 'qr' : 'code' };
  await recordAudit(engine.services, { actor, action: 'channel.pair', subject: name, details, now });
  return pairing.state();
}

/**
 * Gives the link up, or the attempt at one.
 * @throws DomainError not-allowed, not-found
 */
export async function endPairing(engine: Engine, command: PairingCommand & { now: Date }): Promise<void> {
  const { name, actor, now } = command;
  const pairing = pairingOf(engine, command);
  const { phase } = pairing.state();
  try {
    await pairing.unpair();
  } catch (error) {
    throw error instanceof PairingError ? refusalOf(error) : error;
  }
  await recordAudit(engine.services, {
    actor,
    action: 'channel.unpair',
    subject: name,
    details: { phase },
    now,
  });
}

function pairingOf({ channels }: Engine, { name, actor }: PairingCommand): PairingPort {
  requireRole(actor, 'administrator');
  const pairing = channels.get(name)?.pairing;
  if (!pairing) throw new DomainError('not-found');
  return pairing;
}

function refusalOf(error: PairingError): DomainError {
  const options = { cause: error };
  if (error.code === 'already-paired') return new DomainError('channel-linked', {}, options);
  if (error.code === 'bad-phone') return new DomainError('invalid-input', { field: 'phone' }, options);
  return new DomainError('unavailable', {}, options);
}
