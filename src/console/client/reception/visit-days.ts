const DAY_MILLISECONDS = 86_400_000;

/** @param date yyyy-MM-dd @param days later, or earlier when negative */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
