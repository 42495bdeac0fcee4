import type { BakFacts } from '../../documents/bak/bak-data.js';
import { isBooking, isVoice, type Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';
import { sessionFacts } from './session-facts.js';

/** Shown for a name that is not known any more. */
const UNKNOWN = '-';

/** What the BAK of a ticket states. It is an Indonesian document whatever the language of the chat was. */
export async function minutesFacts(
  context: ServiceContext,
  ticket: Ticket,
  { number, revision, issuedAt }: { number: string; revision: number; issuedAt: Date },
): Promise<BakFacts> {
  const { models, texts } = context;
  const topic = await models.topics.findById(ticket.topicCode).lean();
  const { name, position, agency, regionName, email, phone } = ticket.profile;
  return {
    ...{ number, revision, issuedAt, ticketNumber: ticket.number },
    channel: texts.for('id')(`mail:channel.${ticket.channel}`),
    user: {
      name: name ?? (ticket.anonymous ? '' : UNKNOWN),
      position,
      agency,
      region: regionName,
      email,
      phone,
    },
    officer: await officerOf(context, ticket),
    session: isBooking(ticket.kind) ? await sessionFacts(context, ticket) : undefined,
    topic: isVoice(ticket.kind) ? (ticket.about ?? '') : (topic?.name.id ?? ticket.topicCode),
    ...{ receivedAt: ticket.receivedAt, answeredAt: ticket.resolvedAt ?? issuedAt },
    question: ticket.question,
    attachments: ticket.attachments.map((file) => file.name),
    ...{ answer: ticket.answer ?? '', legalBasis: ticket.legalBasis },
  };
}

/** Who answered; the assignee's name stands in for a colleague whose account is gone. */
async function officerOf({ models }: ServiceContext, ticket: Ticket): Promise<BakFacts['officer']> {
  const officer =
    ticket.resolvedById === null ? null : await models.staff.findById(ticket.resolvedById).lean();
  if (!officer) return { name: ticket.assigneeName ?? UNKNOWN };
  const unit = officer.unitCode === null ? null : await models.units.findById(officer.unitCode).lean();
  return { name: officer.name, position: officer.position ?? undefined, unit: unit?.name };
}
