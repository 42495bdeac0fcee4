const UNITS = [
  'nol',
  'satu',
  'dua',
  'tiga',
  'empat',
  'lima',
  'enam',
  'tujuh',
  'delapan',
  'sembilan',
  'sepuluh',
  'sebelas',
];

/**
 * Terbilang: 2026 → "dua ribu dua puluh enam". Whole numbers from 0 to 9,999, enough for the dates of a letter.
 * @throws RangeError otherwise
 */
export function numberInWords(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9_999) throw new RangeError(`no words for ${value}`);
  const unit = UNITS[value];
  if (unit !== undefined) return unit;
  if (value < 20) return `${numberInWords(value - 10)} belas`;
  if (value < 100) return compose(value, 10, 'puluh');
  if (value < 1_000) return compose(value, 100, 'ratus');
  return compose(value, 1_000, 'ribu');
}

function compose(value: number, size: number, name: string): string {
  const count = Math.floor(value / size);
  const head = count === 1 ? `se${name}` : `${numberInWords(count)} ${name}`;
  const rest = value % size;
  return rest === 0 ? head : `${head} ${numberInWords(rest)}`;
}
