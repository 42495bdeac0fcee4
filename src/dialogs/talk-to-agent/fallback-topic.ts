/** The topic of a request that names none; a code of locales/data/topics.json. */
export const FALLBACK_TOPIC = 'lainnya';
