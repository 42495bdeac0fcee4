import { DateTime } from 'luxon';
import { bakContentHash } from '../../documents/bak/bak-content-hash.js';
import type { BakFacts } from '../../documents/bak/bak-data.js';
import { renderBak, renderBakCopies } from '../../documents/bak/render-bak.js';
import { renderClosingLetter } from '../../documents/closing-letter/render-closing-letter.js';
import { nextNumber } from '../../models/counter.js';
import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { FileReference } from '../../models/message.js';
import type { Minutes } from '../../models/minutes.js';
import { isVoice, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import { fileReferences } from '../files/file-references.js';
import { storeFile } from '../files/store-file.js';
import type { ServiceContext } from '../service-context.js';
import { confineFiles } from '../messages/confine-messages.js';
import { matterOf } from '../tickets/matter-of.js';
import { recordTicketFact } from '../tickets/record-ticket-fact.js';
import { writeTicket } from '../tickets/write-ticket.js';
import { minutesFacts } from './minutes-facts.js';
import { verificationCode, verificationUrl } from './verification-code.js';

/** As the document counts: 0 is the first issue. */
const FIRST_REVISION = 0;

export interface IssuedMinutes {
  minutes: Minutes;
  file: FileReference;
}

/**
 * R-A6, R-A8: makes the BAK of a resolved ticket, for a complaint or suggestion the closing letter, enters it in the register and stores the PDF. One ticket has one BAK, however
 * often and by how many workers this runs.
 * @throws DomainError not-found, ticket-not-resolved
 */
export async function issueMinutes(
  context: ServiceContext,
  { ticketId, now }: { ticketId: string; now: Date },
): Promise<IssuedMinutes> {
  const { models } = context;
  const ticket = await models.tickets.findById(ticketId).lean();
  if (!ticket) throw new DomainError('not-found');
  if (ticket.status !== 'resolved') throw new DomainError('ticket-not-resolved');
  const minutes = (await findRegistered(context, ticketId)) ?? (await register(context, ticket, now));
  if (ticket.minutesId !== minutes._id) {
    await writeTicket(context, { _id: ticketId }, { $set: { minutesId: minutes._id, updatedAt: now } });
  }
  await recordTicketFact(context, ticket, {
    name: 'minutes-issued',
    of: minutes._id,
    at: now,
    facts: { number: minutes.number, revision: minutes.revision },
  });
  const [file] = await fileReferences(context, [minutes.fileId]);
  if (!file) throw new DomainError('not-found');
  return { minutes, file };
}

async function findRegistered({ models }: ServiceContext, ticketId: string): Promise<Minutes | null> {
  return models.minutes.findOne({ ticketId, revision: FIRST_REVISION }).lean();
}

async function register(context: ServiceContext, ticket: Ticket, now: Date): Promise<Minutes> {
  // Dated by the answer: made again after a crash it is the same document.
  const issuedAt = ticket.resolvedAt ?? now;
  const number = ticket.minutesNumber ?? (await drawNumber(context, ticket, issuedAt));
  const facts = await minutesFacts(context, ticket, { number, revision: FIRST_REVISION, issuedAt });
  const { file, copies, sha256, contentHash, code } = await render(context, ticket, facts, now);
  const minutes: Minutes = {
    ...{ _id: context.newId(), number, revision: FIRST_REVISION },
    ...{ ticketId: ticket._id, ticketNumber: ticket.number, ticketKind: ticket.kind },
    ...{ fileId: file.fileId, contentHash, fileHash: sha256, verificationCode: code },
    ...{ issuedAt, officerName: facts.officer.name },
    ...(copies ? { copiesFileId: copies.fileId } : {}),
  };
  try {
    await context.models.minutes.create(minutes);
    return minutes;
  } catch (error) {
    // Another worker was faster; its BAK is the one.
    const winner = isDuplicateKey(error) ? await findRegistered(context, ticket._id) : null;
    if (!winner) throw error;
    return winner;
  }
}

/** Berita Acara Konsultasi, and Surat Penutup: each counted by itself. */
const BAKS = { counter: 'minutes', prefix: 'BAK' };
const LETTERS = { counter: 'closing-letter', prefix: 'SP' };

/** Kept with the ticket before anything can fail; of two workers that draw at once the number of one stays unused. */
async function drawNumber(context: ServiceContext, { _id, kind }: Ticket, issuedAt: Date): Promise<string> {
  const { models } = context;
  const { year } = DateTime.fromJSDate(issuedAt, { zone: SERVICE_ZONE });
  const { counter, prefix } = isVoice(kind) ? LETTERS : BAKS;
  const drawn = await nextNumber(models.counters, `${counter}-${year}`);
  const minutesNumber = `${prefix}-${String(drawn).padStart(6, '0')}/DJPK/${year}`;
  const kept = await writeTicket(context, { _id, minutesNumber: null }, { $set: { minutesNumber } });
  const ticket = kept ?? (await models.tickets.findById(_id).lean());
  return ticket?.minutesNumber ?? minutesNumber;
}

interface Rendered {
  file: FileReference;
  /** R-C8. */
  copies: FileReference | undefined;
  sha256: string;
  contentHash: string;
  code: string;
}

async function render(
  context: ServiceContext,
  ticket: Ticket,
  facts: BakFacts,
  now: Date,
): Promise<Rendered> {
  const contentHash = bakContentHash(facts);
  const code = verificationCode(context, ticket._id, facts.revision);
  const check = { verificationUrl: verificationUrl(context, code), verificationCode: code, contentHash };
  const { kind, conversationId } = ticket;
  const pdf = isVoice(kind)
    ? await renderClosingLetter({ ...facts, ...check, kind })
    : await renderBak({ ...facts, ...check });
  const stem = facts.number.replaceAll('/', '-');
  const store = (content: Buffer, name: string): Promise<FileReference> =>
    storeFile(context, { content, name, conversationId, now });
  const file = await store(pdf, `${stem}.pdf`);
  const copies =
    facts.session && (await store(await renderBakCopies({ ...facts, ...check }), `${stem}-rangkap.pdf`));
  const matter = matterOf(ticket);
  if (matter !== null) await confineFiles(context, [file.fileId], matter);
  const stored = await context.models.files.findById(file.fileId, { sha256: 1 }).lean();
  return { file, copies, sha256: stored?.sha256 ?? '', contentHash, code };
}
