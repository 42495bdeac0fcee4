import { BOOKING_KINDS } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { DEFAULT_ROOMS, type Room } from '../appointments/rooms.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { ROOMS } from './setting-names.js';

const MOST_ROOMS = 50;
const MOST_LETTERS = 120;

/**
 * Adds a room, or changes the one of that code; `displaceClosed` then gives those booked in one that is out of use other times.
 * @throws DomainError not-allowed, invalid-input (params: field); conflict when somebody else saved one at the same moment
 */
export async function saveRoom(
  ctx: ServiceContext,
  { actor, room, now }: { actor: Actor; room: Room; now: Date },
): Promise<Room> {
  requireRole(actor, 'administrator');
  const saved = checked(room);
  const { settings } = ctx.models;
  // Two first savings at once: the second finds what the first has made.
  await settings.updateOne(
    { _id: ROOMS },
    { $setOnInsert: { value: DEFAULT_ROOMS, updatedAt: now } },
    { upsert: true },
  );
  const before = await settings.findById(ROOMS).lean();
  const rooms = (before?.value ?? []) as readonly Room[];
  const isKnown = rooms.some(({ code }) => code === saved.code);
  const value = isKnown ? rooms.map((old) => (old.code === saved.code ? saved : old)) : [...rooms, saved];
  if (value.length > MOST_ROOMS) throw new DomainError('invalid-input', { field: 'code' });
  const written = await settings.updateOne(
    { _id: ROOMS, value: { $eq: rooms } },
    { $set: { value, updatedAt: now } },
  );
  if (written.matchedCount === 0) throw new DomainError('conflict');
  await ctx.reference.reload();
  const { code, name, kinds, active } = saved;
  const details = { name, kinds: kinds.join(','), active };
  await recordAudit(ctx, { actor, action: 'room.save', subject: code, details, now });
  ctx.changes.publish({ topic: 'settings', id: `room:${code}` });
  return saved;
}

function checked({ code, name, kinds, active }: Room): Room {
  const field = !/^[a-z0-9-]{1,40}$/u.test(code)
    ? 'code'
    : name.trim() === '' || name.length > MOST_LETTERS
      ? 'name'
      : kinds.length === 0
        ? 'kinds'
        : null;
  if (field) throw new DomainError('invalid-input', { field });
  return { code, name: name.trim(), kinds: BOOKING_KINDS.filter((kind) => kinds.includes(kind)), active };
}
