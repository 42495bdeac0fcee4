/** Reason of a delivery that waits for the office to open: nothing is wrong with its channel. */
export const OFFICE_CLOSED = 'office-closed';
