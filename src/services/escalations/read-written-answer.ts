/** An answer as it is written in a thread, with its legal basis below a heading of its own. */
export interface WrittenAnswer {
  text: string;
  legalBasis: string[];
}

const HEADING = /^[\s*_]*(?:dasar hukum|legal basis)[\s*_]*[:：]?[\s*_]*/imu;
const BULLET = /^\s*(?:[-*•·–]|\d{1,2}[.)])\s*/u;

/**
 * Takes "Dasar hukum: …" out of an answer, one regulation a line.
 * @example readWrittenAnswer('Ya, boleh.\nDasar hukum:\n- PMK 110/2023') // { text: 'Ya, boleh.', legalBasis: ['PMK 110/2023'] }
 */
export function readWrittenAnswer(written: string): WrittenAnswer {
  const heading = HEADING.exec(written);
  if (!heading) return { text: written.trim(), legalBasis: [] };
  const [below = '', ...after] = written.slice(heading.index + heading[0].length).split(/\n\s*\n/u);
  const lines = below.split('\n').map((line) => line.replace(BULLET, '').trim());
  const text = [written.slice(0, heading.index).trim(), after.join('\n\n').trim()].filter(Boolean);
  return { text: text.join('\n\n'), legalBasis: lines.filter(Boolean) };
}
