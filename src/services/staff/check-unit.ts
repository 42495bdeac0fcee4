import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

/** @throws DomainError invalid-input when a unit is named that does not exist */
export async function checkUnit(ctx: ServiceContext, unitCode: string | null | undefined): Promise<void> {
  if (unitCode === null || unitCode === undefined) return;
  if (!(await ctx.models.units.exists({ _id: unitCode }))) {
    throw new DomainError('invalid-input', { field: 'unitCode' });
  }
}
