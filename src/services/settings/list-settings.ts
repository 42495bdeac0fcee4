import type { NonWorkingDayRecord } from '../../models/non-working-day.js';
import type { Topic } from '../../models/topic.js';
import type { Unit } from '../../models/unit.js';
import type { ServiceContext } from '../service-context.js';

/** All topics in their order, inactive ones too. */
export async function listTopics(ctx: ServiceContext): Promise<Topic[]> {
  const topics = await ctx.models.topics.find().lean();
  return topics.sort((a, b) => a.position - b.position || (a._id < b._id ? -1 : 1));
}

/** All units by name, inactive ones too. */
export async function listUnits(ctx: ServiceContext): Promise<Unit[]> {
  const units = await ctx.models.units.find().lean();
  return units.sort((a, b) => a.name.localeCompare(b.name, 'id'));
}

/** Days off of one calendar year, in order (R-T2). */
export async function listHolidays(
  ctx: ServiceContext,
  { year }: { year: number },
): Promise<NonWorkingDayRecord[]> {
  return ctx.models.nonWorkingDays
    .find({ _id: { $gte: `${year}-01-01`, $lte: `${year}-12-31` } })
    .sort({ _id: 1 })
    .lean();
}
