import type { Models } from '../../models/index.js';
import { DEFAULT_OFFICE_HOURS, type OfficeHours } from '../../shared/working-time.js';
import { OFFICE_HOURS } from './setting-names.js';

/** The hours in force (R-T3). Only `changeOfficeHours` and the defaults write them, both checked. */
export async function readOfficeHours(models: Models): Promise<OfficeHours> {
  const stored = await models.settings.findById(OFFICE_HOURS).lean();
  return stored ? (stored.value as OfficeHours) : DEFAULT_OFFICE_HOURS;
}
