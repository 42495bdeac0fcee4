/** Consequences younger than this are still on their ordinary way. */
const GRACE_MILLISECONDS = 30_000;

/** However long they have failed, they are tried at least this often. */
const LONGEST_MILLISECONDS = 3_600_000;

/** When a job looks whether the consequences of a step taken now were drawn. */
export function firstSettle(now: Date): Date {
  return new Date(now.getTime() + GRACE_MILLISECONDS);
}

/** After a failure: as long again as the step lies back. */
export function nextSettleTry(updatedAt: Date, now: Date): Date {
  const waited = now.getTime() - updatedAt.getTime();
  return new Date(now.getTime() + Math.min(Math.max(waited, GRACE_MILLISECONDS), LONGEST_MILLISECONDS));
}
