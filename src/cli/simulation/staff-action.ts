import { DateTime } from 'luxon';
import type { Engine } from '../../conversation/engine.js';
import { closeAndTell, resolveAndTell } from '../../conversation/close-ticket.js';
import { handBack, takeOver } from '../../conversation/hand-over.js';
import { addNote, sendStaffMessage } from '../../conversation/staff-message.js';
import { escalateAndSettle, stepAndSettle } from '../../conversation/step-escalation.js';
import type { Escalation } from '../../models/escalation.js';
import type { Role } from '../../models/staff.js';
import { storeFile } from '../../services/files/store-file.js';
import type { Actor } from '../../services/service-context.js';
import { assignTicket } from '../../services/tickets/assign-ticket.js';
import { claimTicket } from '../../services/tickets/claim-ticket.js';
import { markSeen } from '../../services/tickets/mark-seen.js';
import { DomainError } from '../../shared/errors.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import { attachmentContent } from './sample-bytes.js';
import type { ScriptAttachment, StaffLine } from './script-line.js';

/** Does what a staff member of a script does, through the same functions as the console. */
export async function actAsStaff(
  engine: Engine,
  line: StaffLine,
  lineNumber: number,
  now: Date,
): Promise<void> {
  const actor = await staffNamed(engine, line.as, now);
  const number = await ticketNumber(engine, line.ticket, now);
  const { services } = engine;
  switch (line.do) {
    case 'claim':
      await claimTicket(services, { number, actor, now });
      return;
    case 'take-over':
      await takeOver(engine, { number, actor, now });
      return;
    case 'hand-back':
      await handBack(engine, { number, actor, now });
      return;
    case 'seen':
      await markSeen(services, { number, actor, now });
      return;
    case 'assign': {
      const { staffId } = await staffNamed(engine, line.to, now);
      await assignTicket(services, { number, actor, staffId, now });
      return;
    }
    case 'reply': {
      const fileIds = await storeAll(engine, line.attachments ?? [], now);
      await sendStaffMessage(engine, {
        number,
        actor,
        clientId: `line-${lineNumber}`,
        text: line.text ?? '',
        fileIds,
        // As the console proposes it.
        awaitsAnswer: line.text?.includes('?') ?? false,
        now,
      });
      return;
    }
    case 'note':
      await addNote(engine, { number, actor, clientId: `line-${lineNumber}`, text: line.text, now });
      return;
    case 'resolve': {
      const legalBasis = typeof line.legalBasis === 'string' ? [line.legalBasis] : line.legalBasis;
      await resolveAndTell(engine, { number, actor, answer: line.answer, legalBasis, now });
      return;
    }
    case 'escalate': {
      const { unit: unitCode, summary } = line;
      await escalateAndSettle(engine, { number, actor, unitCode, summary, now });
      return;
    }
    case 'step': {
      const { step, text, legalBasis, unit: toUnitCode } = line;
      const { _id: id, version } = await openEscalation(engine, number);
      await stepAndSettle(engine, { id, actor, step, version, text, legalBasis, toUnitCode, now });
      return;
    }
    case 'close':
      await closeAndTell(engine, { number, actor, reason: line.reason, now });
  }
}

/** "agent:sari" exists from its first mention on. */
async function staffNamed({ services }: Engine, as: string, now: Date): Promise<Actor> {
  const [role = 'agent', username = ''] = as.split(':');
  const name = username.charAt(0).toUpperCase() + username.slice(1);
  const staff = await services.models.staff
    .findOneAndUpdate(
      { username },
      { $setOnInsert: { _id: services.newId(), name, roles: [role as Role], createdAt: now } },
      { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true },
    )
    .lean();
  return { staffId: staff._id, name: staff.name, roles: staff.roles };
}

async function ticketNumber({ services }: Engine, ticket: StaffLine['ticket'], now: Date): Promise<string> {
  if (typeof ticket === 'number')
    return `DJPK-${DateTime.fromJSDate(now, { zone: SERVICE_ZONE }).year}-${String(ticket).padStart(6, '0')}`;
  if (ticket !== 'last') return ticket;
  const last = await services.models.tickets.findOne({}, { number: 1 }).sort({ _id: -1 }).lean();
  if (!last) throw new DomainError('not-found');
  return last.number;
}

async function openEscalation({ services }: Engine, ticketNumber: string): Promise<Escalation> {
  const escalation = await services.models.escalations.findOne({ ticketNumber, open: true }).lean();
  if (!escalation) throw new DomainError('not-found');
  return escalation;
}

async function storeAll(
  { services }: Engine,
  attachments: readonly ScriptAttachment[],
  now: Date,
): Promise<string[]> {
  const stored: string[] = [];
  for (const attachment of attachments) {
    const input = {
      content: attachmentContent(attachment),
      name: attachment.name,
      conversationId: null,
      now,
    };
    stored.push((await storeFile(services, input)).fileId);
  }
  return stored;
}
