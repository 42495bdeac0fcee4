import { buffer } from 'node:stream/consumers';
import type { AttendanceLine } from '../../documents/attendance-list/attendance-list-data.js';
import { renderAttendanceList } from '../../documents/attendance-list/render-attendance-list.js';
import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import { viewSession } from '../appointments/appointment-view.js';
import { openFile } from '../files/open-file.js';
import type { ServiceContext } from '../service-context.js';
import { readVisit } from './get-visit.js';
import type { Paper } from './print-day-list.js';

/** Daftar Hadir (R-C9) with what was signed on the screen. @throws DomainError not-found */
export async function printAttendanceList(
  context: ServiceContext,
  { id, now }: { id: string; now: Date },
): Promise<Paper> {
  const visit = await readVisit(context, id);
  const { agreed, ticketNumber: number, who, purpose } = visit;
  if (!agreed) throw new DomainError('not-found');
  const { startsAt, endsAt, room } = viewSession(context, agreed);
  const bytes = await renderAttendanceList({
    ...{ number, madeAt: now, startsAt, endsAt, room: room.name, purpose },
    ...{ agency: who.agency, region: who.regionName },
    guests: await Promise.all(presentGuests(visit).map((line) => guestLine(context, line))),
    consultant: await consultantLine(context, visit),
  });
  return { name: `Daftar-Hadir-${number}.pdf`, mimeType: 'application/pdf', bytes };
}

interface Present {
  name: string;
  position: string | null;
  signatureFileId: string | null;
}

/** Those who are here, or all who are named while nobody has come. */
function presentGuests({ guests, visit }: Appointment): Present[] {
  const signed = new Map(visit?.attendance.map((one) => [one.guestId, one.signatureFileId]));
  const here = guests.filter(({ id }) => signed.size === 0 || signed.has(id));
  return here.map(({ id, name, position }) => ({
    ...{ name, position, signatureFileId: signed.get(id) ?? null },
  }));
}

async function guestLine(
  context: ServiceContext,
  { name, position, signatureFileId }: Present,
): Promise<AttendanceLine> {
  if (signatureFileId === null) return { name, position, signature: null };
  const { read } = await openFile(context, signatureFileId);
  return { name, position, signature: await buffer(read()) };
}

async function consultantLine(
  { models }: ServiceContext,
  { consultantId, consultantName }: Appointment,
): Promise<AttendanceLine | null> {
  if (consultantId === null) return null;
  const person = await models.staff.findById(consultantId, { name: 1, position: 1 }).lean();
  const name = person?.name ?? consultantName ?? '';
  return { name, position: person?.position ?? null, signature: null };
}
