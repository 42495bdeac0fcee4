import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import { DEFAULT_CLOCKS, type ClockName, type Clocks } from '../deadlines/clocks.js';
import { noteRulesChange } from '../deadlines/rules-change.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { readClocks } from './read-clocks.js';
import { CLOCKS } from './setting-names.js';

/** The longest clock of the rules is 30 working days (R-D3); three months are a slip of the pen. */
const MOST_WORKING_DAYS = 60;

/**
 * Sets the working days of each kind of work; open tickets are counted again.
 * @throws DomainError not-allowed; invalid-input naming the clock that is not 1 to 60 whole days
 */
export async function changeClocks(
  ctx: ServiceContext,
  { actor, clocks, now }: { actor: Actor; clocks: Clocks; now: Date },
): Promise<Clocks> {
  requireRole(actor, 'administrator');
  const names = Object.keys(DEFAULT_CLOCKS) as ClockName[];
  for (const name of names) {
    const days = clocks[name];
    if (!Number.isInteger(days) || days < 1 || days > MOST_WORKING_DAYS)
      throw new DomainError('invalid-input', { field: name });
  }
  const before = await readClocks(ctx.models);
  const changed = names.filter((name) => before[name] !== clocks[name]);
  if (changed.length === 0) return before;
  await noteRulesChange(ctx.models, { reason: 'policy', by: actor.name }, now);
  await ctx.models.settings.updateOne(
    { _id: CLOCKS },
    { $set: { value: clocks, updatedAt: now } },
    { upsert: true },
  );
  await ctx.reference.reload();
  const details = Object.fromEntries(changed.map((name) => [name, `${before[name]} → ${clocks[name]}`]));
  await recordAudit(ctx, { actor, action: 'clocks.change', subject: CLOCKS, details, now });
  ctx.changes.publish({ topic: 'settings', id: CLOCKS });
  return clocks;
}
