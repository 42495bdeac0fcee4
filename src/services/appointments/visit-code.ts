import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Appointment } from '../../models/appointment.js';
import type { ServiceContext } from '../service-context.js';

/** Crockford's: no letter that is read or typed for a digit (I, L, O), no U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SECRET_LENGTH = 8;
const SHAPE = new RegExp(`^DJPK(\\d{4})(\\d{6,12})([${ALPHABET}]{${SECRET_LENGTH}})$`);

/**
 * What a guest shows at the reception (R-C7), printed and as QR code: the ticket's number and eight signs (40 bits) that
 * nobody can guess, "DJPK-2026-000123-7F3K9Q2M". Made from the signing key: every sheet of an appointment has the same.
 */
export function visitCode(
  { signingKey }: Pick<ServiceContext, 'signingKey'>,
  { _id, ticketNumber }: Pick<Appointment, '_id' | 'ticketNumber'>,
): string {
  const digest = createHmac('sha256', signingKey).update(`visit:${_id}`).digest();
  const secret = [...digest.subarray(0, SECRET_LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('');
  return `${ticketNumber}-${secret}`;
}

/**
 * The visit whose code was scanned or typed: in any case, with or without hyphens and blanks, O for 0, I or L for 1.
 * @returns undefined for anything that is no code of a visit
 */
export async function findByVisitCode(
  context: Pick<ServiceContext, 'models' | 'signingKey'>,
  text: string,
): Promise<Appointment | undefined> {
  const { models } = context;
  const [, year, running, secret] = SHAPE.exec(plain(text)) ?? [];
  if (year === undefined || running === undefined || secret === undefined) return undefined;
  const ticket = await models.tickets.findOne({ number: `DJPK-${year}-${running}` }, { _id: 1 }).lean();
  const visit = ticket && (await models.appointments.findOne({ ticketId: ticket._id, kind: 'visit' }).lean());
  if (!visit) return undefined;
  const own = plain(visitCode(context, visit)).slice(-SECRET_LENGTH);
  return timingSafeEqual(Buffer.from(own), Buffer.from(secret)) ? visit : undefined;
}

function plain(text: string): string {
  return text
    .slice(0, 100)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}
