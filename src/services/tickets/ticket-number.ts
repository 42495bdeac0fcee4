import { DateTime } from 'luxon';
import { nextNumber } from '../../models/counter.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import type { ServiceContext } from '../service-context.js';

const SHAPE = /^DJPK-(\d{4})-(\d{6,})$/;

/** DJPK-<year in WIB>-<six digits>, counted per year; a number given out is never given again. */
export async function nextTicketNumber({ models }: ServiceContext, now: Date): Promise<string> {
  const year = DateTime.fromJSDate(now, { zone: SERVICE_ZONE }).year;
  const number = await nextNumber(models.counters, `ticket-${year}`);
  return `DJPK-${year}-${String(number).padStart(6, '0')}`;
}

/** The running number in it without leading zeros: "123" of DJPK-2026-000123. */
export function runningNumber(ticketNumber: string): string {
  return String(Number(SHAPE.exec(ticketNumber)?.[2] ?? 0));
}
