import type { Content } from 'pdfmake/interfaces.js';

/** Printable width of an A4 page between the margins that the documents share, in points. */
export const CONTENT_WIDTH = 475;

/** Kop surat: the lines of the office, the first ones bold, over a double rule. */
export function letterhead(lines: readonly string[], sender: string): Content {
  const rule = (
    y: number,
    lineWidth: number,
  ): { type: 'line'; x1: number; y1: number; x2: number; y2: number; lineWidth: number } => ({
    type: 'line',
    x1: 0,
    y1: y,
    x2: CONTENT_WIDTH,
    y2: y,
    lineWidth,
  });
  return {
    stack: [
      ...lines.map((text) => ({ text, bold: true, fontSize: 13, alignment: 'center' as const })),
      { text: sender, fontSize: 11, alignment: 'center', margin: [0, 1, 0, 5] },
      { canvas: [rule(0, 1.8), rule(2.6, 0.6)] },
    ],
    margin: [0, -22, 0, 16],
  };
}
