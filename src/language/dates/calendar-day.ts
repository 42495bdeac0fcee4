/** A day of the calendar, kept as midnight UTC so that the process zone never enters. */
export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

/** undefined for 31 February and the like, and for years outside a person's working life. */
export function calendarDay(year: number, month: number, day: number): CalendarDay | undefined {
  if (year < 1940 || year > 2100 || month < 1 || month > 12 || day < 1) return undefined;
  return day <= daysInMonth(year, month) ? { year, month, day } : undefined;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function addDays(from: CalendarDay, days: number): CalendarDay {
  return fromUtc(new Date(Date.UTC(from.year, from.month - 1, from.day + days)));
}

/** The first of the month `months` later. */
export function addMonths(from: CalendarDay, months: number): CalendarDay {
  return fromUtc(new Date(Date.UTC(from.year, from.month - 1 + months, 1)));
}

/** 0 = Sunday. */
export function weekdayOf(date: CalendarDay): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
}

export function toIso(date: CalendarDay): string {
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

function fromUtc(date: Date): CalendarDay {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
