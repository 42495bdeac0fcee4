type PageLanguage = 'id' | 'en';

/** "09.05"; the reader's own clock. */
export function formatTime(iso: string, language: PageLanguage): string {
  return new Intl.DateTimeFormat(locale(language), { hour: '2-digit', minute: '2-digit' }).format(
    new Date(iso),
  );
}

/** The same for two instants of one day on the reader's calendar. */
export function dayKey(iso: string): string {
  return new Date(iso).toDateString();
}

/** "Hari ini", "Kemarin", "Senin, 2 Maret 2026". */
export function formatDay(
  iso: string,
  today: Date,
  language: PageLanguage,
  say: (key: 'today' | 'yesterday') => string,
): string {
  const day = new Date(iso);
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return say('today');
  if (day.toDateString() === yesterday.toDateString()) return say('yesterday');
  return new Intl.DateTimeFormat(locale(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(day);
}

/** "1,2 MB" */
export function formatSize(bytes: number, language: PageLanguage): string {
  const [value, unit] = bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [Math.max(bytes / 1e3, 0.1), 'kB'];
  const number = new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 }).format(value);
  return `${number} ${unit}`;
}

function locale(language: PageLanguage): string {
  return language === 'id' ? 'id-ID' : 'en-GB';
}
