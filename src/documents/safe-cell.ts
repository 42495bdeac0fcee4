/** Far below what a cell holds (32,767), and more than anybody reads in one. */
const LONGEST = 2_000;

/** What a spreadsheet takes for the beginning of a formula, also where it is pasted or saved as CSV. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * Text for a cell of a workbook: never a formula, whatever a stranger wrote, and nothing that XML 1.0 cannot hold or that turns
 * the reading direction.
 */
export function safeCell(text: string): string {
  const clean = text
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    // U+FFFD as well: the library would drop it, and with it what stands before the sign of a formula.
    .replace(/[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069\ufffd-\uffff]/gu, (sign) =>
      sign === '\n' ? '\n' : '',
    )
    .trim();
  const characters = Array.from(clean);
  const short = characters.length <= LONGEST ? clean : `${characters.slice(0, LONGEST - 1).join('')}…`;
  return FORMULA.test(short) ? `'${short}` : short;
}
