import { regionByCode, regionTitle } from '../../language/index.js';
import type { Profile } from '../../models/conversation.js';
import { isBooking, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { correctRequester } from '../appointments/correct-requester.js';
import { recordAudit } from '../audit/record-audit.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { searchTermsOf } from './search-terms.js';
import { changeableBy, refuse, writeTicket } from './write-ticket.js';

export interface UpdateTicketInput {
  number: string;
  actor: Actor;
  /** Only what is given changes; null clears it. The region's name follows from its code. */
  profile?: ProfileChanges | undefined;
  topicCode?: string | undefined;
  question?: string | undefined;
  now: Date;
}

type ProfileChanges = { [Field in keyof Profile]?: Profile[Field] | null };

/** How often the edit is tried again when somebody else edited the same ticket in between. */
const ATTEMPTS = 3;

/**
 * Corrects who asked what, while the ticket is open. The deadline stays: it hangs on the receipt.
 * @throws DomainError not-allowed, not-found, ticket-closed, ticket-not-yours, conflict; invalid-input naming the field;
 * region-month-full, region-day-taken where the region of a visit has no place left (R-C4)
 */
export async function updateTicket(context: ServiceContext, input: UpdateTicketInput): Promise<Ticket> {
  const { number, actor, now } = input;
  requireRole(actor, 'agent', 'supervisor');
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const updated = await tryUpdate(context, input);
    if (!updated) continue;
    const changed = (['profile', 'topicCode', 'question'] as const).filter(
      (field) => input[field] !== undefined,
    );
    await recordTicketFact(context, updated, {
      name: 'ticket-updated',
      of: `${updated._id}:${now.getTime()}:${changed.join('+')}`,
      at: now,
      actor,
      facts: { changed: changed.join(',') },
    });
    const details = { changed: changed.join(',') };
    await recordAudit(context, { actor, action: 'ticket.update', subject: number, details, now });
    return updated;
  }
  throw new DomainError('conflict');
}

async function tryUpdate(context: ServiceContext, input: UpdateTicketInput): Promise<Ticket | null> {
  const { number, actor, now } = input;
  const before = await context.models.tickets.findOne(changeableBy(actor, number)).lean();
  if (!before) return refuse(context, { number, actor }, 'ticket-not-yours');
  const profile = changedProfile(before.profile, input.profile ?? {});
  // Who it is stays unknown, also to whoever thinks they know (R-A8).
  if (before.anonymous && input.profile) throw new DomainError('invalid-input', { field: 'profile' });
  const question = input.question?.trim();
  if (question === '') throw new DomainError('invalid-input', { field: 'question' });
  const set = {
    ...{ profile, searchTerms: searchTermsOf(number, profile), updatedAt: now },
    ...(question === undefined ? {} : { question }),
    ...(input.topicCode === undefined ? {} : topicAndUnit(context, input.topicCode)),
  };
  // First, as it may refuse; saved again it heals what a crash in between left.
  if (isBooking(before.kind)) await correctRequester(context, { ticketId: before._id, profile, actor, now });
  return writeTicket(context, { ...changeableBy(actor, number), profile: before.profile }, { $set: set });
}

function changedProfile(before: Profile, changes: ProfileChanges): Profile {
  const { regionCode, regionName: _, ...rest } = changes;
  const region = regionCode === undefined ? {} : regionFields(regionCode);
  const merged = Object.entries({ ...before, ...rest, ...region });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}

function regionFields(code: string | null): { regionCode: string | null; regionName: string | null } {
  if (code === null) return { regionCode: null, regionName: null };
  const region = regionByCode(code);
  if (!region) throw new DomainError('invalid-input', { field: 'profile.regionCode' });
  return { regionCode: code, regionName: regionTitle(region) };
}

function topicAndUnit({ reference }: ServiceContext, code: string): Pick<Ticket, 'topicCode' | 'unitCode'> {
  const topic = reference.topics.find(({ _id }) => _id === code);
  if (!topic) throw new DomainError('invalid-input', { field: 'topicCode' });
  return { topicCode: topic._id, unitCode: topic.unitCode };
}
