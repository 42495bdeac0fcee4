import type { Staff } from '../../models/staff.js';
import type { ServiceContext } from '../service-context.js';
import { isActingDeputy } from './standing.js';

/** Who decides on a unit's answers today: the Kepala Subdit, and the deputy while the head is away (R-A5). */
export async function approvers(
  { models, reference }: ServiceContext,
  unitCode: string,
  now: Date,
): Promise<Staff[]> {
  const unit = await models.units.findById(unitCode).lean();
  const today = reference.calendar.dateOf(now);
  const away = (unit?.headAwayUntil ?? '') >= today;
  const deputyId = unit?.deputyId ?? '';
  if (away && isActingDeputy(unit, deputyId, today)) {
    return models.staff.find({ _id: deputyId, active: true }).lean();
  }
  return models.staff.find({ unitCode, roles: 'head-of-unit', active: true }).sort({ _id: 1 }).lean();
}
