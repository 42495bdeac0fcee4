import type { DayListVisit } from '../../documents/reservation-list/day-list-data.js';
import { renderDayListPdf } from '../../documents/reservation-list/render-day-list-pdf.js';
import { renderDayListXlsx } from '../../documents/reservation-list/render-day-list-xlsx.js';
import type { Appointment } from '../../models/appointment.js';
import { viewSession } from '../appointments/appointment-view.js';
import { unitNames } from '../escalations/escalation-view.js';
import type { ServiceContext } from '../service-context.js';
import { visitsOfDay } from './list-day.js';

/** A paper made on the spot. */
export interface Paper {
  name: string;
  mimeType: string;
  bytes: Buffer;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Daftar Reservasi Tamu Harian to print, or to calculate with (R-C7).
 * @param date yyyy-MM-dd
 * @throws DomainError invalid-input
 */
export async function printDayList(
  context: ServiceContext,
  { date, format, now }: { date: string; format: 'pdf' | 'xlsx'; now: Date },
): Promise<Paper> {
  const [found, unitName] = await Promise.all([visitsOfDay(context, date), unitNames(context)]);
  const visits = found.flatMap((visit) => lineOf(context, visit, unitName(visit.unitCode).name));
  const data = { date, madeAt: now, visits };
  const name = `Daftar-Reservasi-${date}.${format}`;
  return format === 'pdf'
    ? { name, mimeType: 'application/pdf', bytes: await renderDayListPdf(data) }
    : { name, mimeType: XLSX, bytes: await renderDayListXlsx(data) };
}

function lineOf(context: ServiceContext, appointment: Appointment, unit: string): DayListVisit[] {
  const { ticketNumber: number, agreed, who, guests, purpose, state, visit } = appointment;
  if (!agreed) return [];
  const { startsAt, endsAt, room } = viewSession(context, agreed);
  return [
    {
      ...{ number, startsAt, endsAt, room: room.name, agency: who.agency, region: who.regionName },
      ...{ purpose, unit, state, consultant: appointment.consultantName },
      guests: guests.map(({ name, position }) => ({ name, position })),
      guestCard: visit?.guestCard ?? null,
      ...{ arrivedAt: visit?.arrivedAt ?? null, leftAt: visit?.leftAt ?? null },
    },
  ];
}
