import type { Models } from '../../models/index.js';
import { DEFAULT_ROOMS, type Room } from '../appointments/rooms.js';
import { ROOMS } from './setting-names.js';

/** The rooms in their order. Only `saveRoom` writes them, checked. */
export async function readRooms(models: Models): Promise<readonly Room[]> {
  const stored = await models.settings.findById(ROOMS).lean();
  return stored ? (stored.value as readonly Room[]) : DEFAULT_ROOMS;
}
