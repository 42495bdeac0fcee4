/** Keys of the settings collection. */
export const OFFICE_HOURS = 'office-hours';
/** Working days per kind of work. */
export const CLOCKS = 'clocks';
/** Who changed last what deadlines are counted by. */
export const RULES_CHANGE = 'deadline-rules-change';
/** The bot's public name, kept for links while it is not connected. */
export const TELEGRAM_USERNAME = 'telegram-username';
export const SEEDED_HOLIDAYS = 'seeded-holidays';
/** Where visits and video conferences take place. */
export const ROOMS = 'rooms';
