import type { Unit } from '../models/unit.js';
import { recordAudit } from '../services/audit/record-audit.js';
import type { Actor } from '../services/service-context.js';
import { requireRole } from '../services/staff/authorise.js';
import { DomainError } from '../shared/errors.js';
import type { Engine } from './engine.js';
import { unitBoard } from './show-unit-cards.js';
import type { KnownChannel } from './unit-board.js';

/**
 * Channels in Teams that the bot has been let into; none without Teams.
 * @throws DomainError not-allowed
 */
export async function listUnitChannels(engine: Engine, { actor }: { actor: Actor }): Promise<KnownChannel[]> {
  requireRole(actor, 'administrator');
  return (await unitBoard(engine)?.channels()) ?? [];
}

/**
 * Chooses where the cards of a unit are posted; what it has open appears there at once. Only a channel that Microsoft itself has
 * named to us: an address from a form would be told what the unit is asked.
 * @param channelId null: nowhere, the console alone
 * @throws DomainError not-allowed, not-found, invalid-input
 */
export async function chooseUnitChannel(
  engine: Engine,
  {
    actor,
    unitCode,
    channelId,
    now,
  }: { actor: Actor; unitCode: string; channelId: string | null; now: Date },
): Promise<Unit> {
  const { models, changes } = engine.services;
  const known = await listUnitChannels(engine, { actor });
  const found = known.find((channel) => channel.channelId === channelId);
  if (channelId !== null && !found) throw new DomainError('invalid-input', { field: 'channelId' });
  const teamsChannel = found
    ? {
        ...{ teamId: found.teamId, channelId: found.channelId },
        ...{ serviceUrl: found.serviceUrl, tenantId: found.tenantId },
      }
    : null;
  const unit = await models.units
    .findByIdAndUpdate(unitCode, { $set: { teamsChannel } }, { returnDocument: 'after' })
    .lean();
  if (!unit) throw new DomainError('not-found');
  await models.escalations.updateMany({ unitCode, open: true }, { $set: { nextCardAt: now } });
  const details = { channelId };
  await recordAudit(engine.services, {
    actor,
    action: 'unit.choose-channel',
    subject: unitCode,
    details,
    now,
  });
  changes.publish({ topic: 'settings', id: `unit:${unitCode}` });
  return unit;
}
