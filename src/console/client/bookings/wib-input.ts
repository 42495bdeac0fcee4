/** WIB has had one offset since 1964; every time on the page is in it (R-T1). */
const OFFSET = 7 * 3_600_000;

/** An instant of a date yyyy-MM-dd and a wall-clock time HH:mm in WIB. */
export function instantOf(date: string, time: string): string {
  return new Date(Date.parse(`${date}T${time}:00Z`) - OFFSET).toISOString();
}

/** The date and the wall-clock time in WIB, as inputs take them. */
export function inputsOf(iso: string): { date: string; time: string } {
  const local = new Date(Date.parse(iso) + OFFSET).toISOString();
  return { date: local.slice(0, 10), time: local.slice(11, 16) };
}
