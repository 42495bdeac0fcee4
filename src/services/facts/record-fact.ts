import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { ServiceEvent } from '../../models/service-event.js';
import type { ServiceContext } from '../service-context.js';

/**
 * Records a fact for reports once; its key says what happened to what.
 * @returns false when it was already recorded.
 */
export async function recordFact(
  { models, newId }: ServiceContext,
  fact: Omit<ServiceEvent, '_id'>,
): Promise<boolean> {
  try {
    await models.serviceEvents.create({ _id: newId(), ...fact });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
