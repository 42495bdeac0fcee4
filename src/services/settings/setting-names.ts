/** Keys of the settings collection. */
export const OFFICE_HOURS = 'office-hours';
export const SEEDED_HOLIDAYS = 'seeded-holidays';
