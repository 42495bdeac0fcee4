/** Kept in `noticed` until the chat has heard of it. */
const PENDING = 'tell-freed:';

/**
 * What `noticed` keeps from the write that keeps a freed time for who waited until the chat has heard of it.
 * @param until end of the hold
 */
export function freedMark(until: Date): string {
  return `${PENDING}${until.toISOString()}`;
}

/** When the hold ends of which the chat is to hear; undefined for other marks. */
export function readFreedMark(mark: string): Date | undefined {
  return mark.startsWith(PENDING) ? new Date(mark.slice(PENDING.length)) : undefined;
}
