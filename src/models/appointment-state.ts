/**
 * awaiting-letter: asked for, the request letter (R-B1, R-C1) is still to come · planning: no agreed time, its clock runs (R-B2) ·
 * scheduled: a time is agreed · under-way: the guests are here, or the conference has begun · over: it took place, its BAK is
 * to be written · done: with BAK · cancelled: by the user · no-show: absent without word · declined: by the office, with a reason.
 */
export type AppointmentState =
  | ('awaiting-letter' | 'planning' | 'scheduled' | 'under-way' | 'over')
  | ('done' | 'cancelled' | 'no-show' | 'declined');
