import type { Escalation, EscalationState } from '../../models/escalation.js';
import type { Filter } from '../../models/query.js';
import { DomainError } from '../../shared/errors.js';
import { decodeCursor, pageOf, type Page } from '../paging/cursor.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole } from '../staff/authorise.js';
import { summariseEscalations, type EscalationSummary, type UnitName } from './escalation-view.js';
import { isActingDeputy } from './standing.js';

/** open: all that are not over · mine: open ones the reader works on · closed: the latest end first · or one state. */
export type DeskView = 'open' | 'mine' | 'closed' | EscalationState;

interface ListDeskInput {
  actor: Actor;
  view: DeskView;
  /** One unit; left out: all units, which is for the contact centre only, else the reader's own. */
  unitCode?: string | undefined;
  cursor?: string | undefined;
  /** 1 to 100. */
  limit: number;
  now: Date;
}

/**
 * A page of the unit desk (Meja unit): what falls due first comes first, what is over by its end, newest first.
 * @throws DomainError not-allowed for another unit; invalid-input for a foreign cursor
 */
export async function listDesk(
  context: ServiceContext,
  input: ListDeskInput,
): Promise<Page<EscalationSummary>> {
  const { actor, view, limit, cursor = '', now } = input;
  const unit = await unitFilter(context, input);
  const latest = view === 'closed';
  const found = await context.models.escalations
    .find({ $and: [unit, viewFilter(view, actor), after(cursor, latest)] }, { thread: 0 })
    .sort(latest ? { updatedAt: -1, _id: -1 } : { dueAt: 1, _id: 1 })
    .limit(limit + 1)
    .lean();
  const { items, next } = pageOf(found, limit, ({ _id, updatedAt, dueAt }) => ({
    id: _id,
    at: latest ? updatedAt : dueAt,
  }));
  return { items: await summariseEscalations(context, items, now), next };
}

/**
 * Units whose desk the reader may see, by name; the first of a unit's own people is their own.
 * @throws DomainError not-allowed when there is none
 */
export async function listDeskUnits(
  context: ServiceContext,
  { actor, now }: { actor: Actor; now: Date },
): Promise<{ items: UnitName[] }> {
  const { models, reference } = context;
  const units = await models.units.find().lean();
  const person = await models.staff.findOne({ _id: actor.staffId, active: true }, { unitCode: 1 }).lean();
  const today = reference.calendar.dateOf(now);
  const all = hasRole(actor, ...CONTACT_CENTRE);
  const ofUnit = hasRole(actor, 'unit-member', 'head-of-unit');
  const own = (code: string): boolean => ofUnit && person?.unitCode === code;
  const items = units
    .filter((unit) => (all && unit.active) || own(unit._id) || isActingDeputy(unit, actor.staffId, today))
    .map(({ _id: code, name }) => ({ code, name }))
    .sort((a, b) => Number(own(b.code)) - Number(own(a.code)) || a.name.localeCompare(b.name, 'id'));
  if (items.length === 0) throw new DomainError('not-allowed');
  return { items };
}

const CONTACT_CENTRE = ['agent', 'supervisor', 'administrator'] as const;

async function unitFilter(
  context: ServiceContext,
  { actor, unitCode, now }: ListDeskInput,
): Promise<Filter<Escalation>> {
  if (hasRole(actor, ...CONTACT_CENTRE)) return unitCode === undefined ? {} : { unitCode };
  const { items } = await listDeskUnits(context, { actor, now });
  const chosen = unitCode === undefined ? items[0] : items.find(({ code }) => code === unitCode);
  if (!chosen) throw new DomainError('not-allowed');
  return { unitCode: chosen.code };
}

function viewFilter(view: DeskView, { staffId }: Actor): Filter<Escalation> {
  switch (view) {
    case 'open':
      return { open: true };
    case 'mine':
      return { assigneeId: staffId, open: true };
    case 'closed':
      return { open: false };
    default:
      return { state: view };
  }
}

/** The first condition is what the index begins from, the second leaves out what was already shown. */
function after(cursor: string, latest: boolean): Filter<Escalation> {
  if (cursor === '') return {};
  const { id, at = new Date(0) } = decodeCursor(cursor, { dated: true });
  return latest
    ? { updatedAt: { $lte: at }, $or: [{ updatedAt: { $lt: at } }, { _id: { $lt: id } }] }
    : { dueAt: { $gte: at }, $or: [{ dueAt: { $gt: at } }, { _id: { $gt: id } }] };
}
