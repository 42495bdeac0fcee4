import type { Content, ContentStack, ContentTable } from 'pdfmake/interfaces.js';
import { CONTENT_WIDTH } from './letterhead.js';
import { toPrintable } from './printable-text.js';

const LABEL_WIDTH = 112;
const COLON_WIDTH = 8;
export const GREY = '#555555';
const RULE = '#c3c8d0';
const CELL_PADDING = 4;

interface RuledTable {
  /** Of the columns with their padding, in points. */
  widths: readonly number[];
  head: readonly string[];
  rows: readonly (readonly Content[])[];
}

export function heading(text: string): Content {
  return { text: text.toUpperCase(), bold: true, fontSize: 10.5, headlineLevel: 1, margin: [0, 12, 0, 4] };
}

/** Label, colon, value; fixed widths, because a flexible column grows with a long word until it leaves the page. */
export function factsTable(rows: readonly (readonly [label: string, value: string])[]): Content {
  return {
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingRight: () => 0,
      paddingTop: () => 0.5,
      paddingBottom: () => 0.5,
    },
    table: {
      widths: [LABEL_WIDTH, COLON_WIDTH, CONTENT_WIDTH - LABEL_WIDTH - COLON_WIDTH],
      dontBreakRows: false,
      body: rows.map(([label, value]) => [
        { text: label, color: GREY },
        { text: ':', color: GREY },
        toPrintable(value),
      ]),
    },
  };
}

/** A list under a head that each page repeats, with a thin rule under each row. */
export function ruledTable({ widths, head, rows }: RuledTable): ContentTable {
  return {
    layout: {
      hLineWidth: (line) => (line === 0 ? 0 : 0.6),
      hLineColor: () => RULE,
      vLineWidth: () => 0,
      paddingLeft: () => CELL_PADDING,
      paddingRight: () => CELL_PADDING,
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: widths.map((width) => width - 2 * CELL_PADDING),
      body: [head.map((text) => ({ text, color: GREY, fontSize: 8.5 })), ...rows.map((row) => [...row])],
    },
  };
}

/** One block per line as written; empty lines part paragraphs. */
export function paragraphs(text: string): Content[] {
  const blocks = toPrintable(text)
    .trim()
    .split(/\n\s*\n/);
  return blocks.map((block): ContentStack => ({
    stack: block.split('\n').map((line) => ({ text: line, preserveLeadingSpaces: true })),
    margin: [0, 0, 0, 5],
  }));
}

export function runningLine(
  [left, right]: readonly [string, string],
  margin: [number, number, number, number],
): Content {
  return {
    columns: [
      { text: left, width: '*' },
      { text: right, width: '*', alignment: 'right' },
    ],
    fontSize: 8.5,
    color: GREY,
    margin: [64, margin[1], 56, 0],
  };
}
