/** Kinds of work as the API names their clocks, in the order they are shown. */
export const CLOCK_NAMES = [
  ...(['consultation', 'escalated', 'assistance', 'complaint', 'suggestion'] as const),
  ...(['video-application', 'video-network', 'visit', 'public-information'] as const),
] as const;

export type ClockName = (typeof CLOCK_NAMES)[number];

/** Working days per kind of work. */
export type Clocks = Record<ClockName, number>;
