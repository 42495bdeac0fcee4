import type * as Library from 'docx';
import type { Paragraph, Table, TableCell } from 'docx';
import { formatDateTime, formatShortDate } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { bodyBlocks, type BodyBlock } from './body-blocks.js';
import type { NotaDinasData } from './nota-dinas-data.js';

type Docx = typeof Library;

/** Twentieths of a point, as the format counts. */
const LABEL = 1_500;
const VALUE = LABEL + 200;
const INDENT = 440;
const DETAIL = 2_000;
const SIGNATURE_LEFT = 4_900;
const PAGE = { width: 11_906, height: 16_838 };
const MARGIN = { top: 1_134, bottom: 1_134, left: 1_280, right: 1_120 };
const FONT = 'Arial';

/** Loaded with the first letter: most days pass without one. */
const loadDocx = (): Promise<Docx> => import('docx');

/** The letter as an Office Open XML document; texts through `t`, in Indonesian. */
export async function notaDinasWord(data: NotaDinasData, t: Translate): Promise<Buffer> {
  const docx = await loadDocx();
  const { number, subject } = data;
  const document = new docx.Document({
    ...{ title: `${t('letters:title')} ${number}`, subject, creator: t('letters:letterhead') },
    styles: {
      default: { document: { run: { font: FONT, size: 21 }, paragraph: { spacing: { line: 276 } } } },
    },
    sections: [
      {
        properties: { page: { size: PAGE, margin: MARGIN } },
        children: [
          ...letterhead(docx, t),
          centred(docx, t('letters:title').toUpperCase(), { bold: true, size: 26, before: 200 }),
          centred(docx, t('letters:number', { number }), { after: 200 }),
          ...head(docx, data, t),
          ruled(docx),
          ...bodyBlocks(data.body).map((piece) => block(docx, piece)),
          ...signed(docx, data, t),
          ...initials(docx, data, t),
          ...copies(docx, data, t),
        ],
      },
    ],
  });
  return docx.Packer.toBuffer(document);
}

interface Look {
  bold?: boolean;
  italics?: boolean;
  /** Half points. */
  size?: number;
  before?: number;
  after?: number;
}

function letterhead(docx: Docx, t: Translate): Paragraph[] {
  return [
    centred(docx, t('bak:letterhead.ministry'), { bold: true, size: 26 }),
    centred(docx, t('bak:letterhead.directorate'), { bold: true, size: 26 }),
    centred(docx, t('letters:letterhead'), { size: 22 }),
    ruled(docx, 'double'),
  ];
}

function centred(docx: Docx, text: string, { before = 0, after = 0, ...run }: Look = {}): Paragraph {
  return new docx.Paragraph({
    alignment: docx.AlignmentType.CENTER,
    spacing: { before, after },
    children: [new docx.TextRun({ text, ...run })],
  });
}

function ruled(docx: Docx, style: 'single' | 'double' = 'single'): Paragraph {
  return new docx.Paragraph({
    spacing: { line: 120, after: 160 },
    border: { bottom: { style, size: 6, space: 1, color: '000000' } },
  });
}

function head(docx: Docx, { addressees, from, subject, date }: NotaDinasData, t: Translate): Paragraph[] {
  const to = addressees.length === 1 ? addressees : addressees.map((one, index) => `${index + 1}. ${one}`);
  const rows: (readonly [label: string, value: string])[] = [
    ...to.map((one, index) => [index === 0 ? t('letters:to') : '', one] as const),
    [t('letters:from'), from],
    [t('letters:nature.label'), t('letters:nature.urgent')],
    [t('letters:attachments.label'), t('letters:attachments.none')],
    [t('letters:about'), subject],
    [t('letters:date'), formatShortDate(date, { language: 'id' })],
  ];
  return rows.map(([label, value]) => labelled(docx, label, value, { left: VALUE, colon: LABEL }));
}

/** Label, colon, value; a value that wraps stays below itself. */
function labelled(
  docx: Docx,
  label: string,
  value: string,
  { left, colon, from = 0 }: { left: number; colon: number; from?: number },
): Paragraph {
  const tab = docx.TabStopType.LEFT;
  return new docx.Paragraph({
    indent: { left, hanging: left - from },
    tabStops: [
      { type: tab, position: colon },
      { type: tab, position: left },
    ],
    spacing: { after: 30 },
    children: [new docx.TextRun({ text: `${label}\t${label === '' ? '' : ':'}\t${value}` })],
  });
}

function block(docx: Docx, piece: BodyBlock): Paragraph {
  const alignment = docx.AlignmentType.JUSTIFIED;
  switch (piece.kind) {
    case 'item':
      return new docx.Paragraph({
        ...{ alignment, spacing: { before: 60, after: 60 } },
        indent: { left: (piece.depth + 1) * INDENT, hanging: INDENT },
        tabStops: [{ type: docx.TabStopType.LEFT, position: (piece.depth + 1) * INDENT }],
        children: [new docx.TextRun({ text: `${piece.mark}\t${piece.text}` })],
      });
    case 'detail': {
      const from = piece.depth * INDENT;
      const colon = from + DETAIL;
      return labelled(docx, piece.label, piece.value, { left: colon + 200, colon, from });
    }
    case 'paragraph':
      return new docx.Paragraph({
        ...{ alignment, spacing: { before: 60, after: 100 } },
        indent: { left: piece.depth * INDENT },
        text: piece.text,
      });
  }
}

function signed(docx: Docx, { from, signer: { name, at } }: NotaDinasData, t: Translate): Paragraph[] {
  const signedAt = t('letters:signedAt', { at: formatDateTime(at, { language: 'id' }) });
  const lines: (readonly [text: string, look: Look])[] = [
    [from, { before: 320, after: 300 }],
    [signedAt, { italics: true, size: 17, after: 300 }],
    [name, { bold: true }],
  ];
  return lines.map(
    ([text, { before = 0, after = 0, ...run }], index) =>
      new docx.Paragraph({
        indent: { left: SIGNATURE_LEFT },
        spacing: { before, after },
        keepNext: index < lines.length - 1,
        children: [new docx.TextRun({ text, ...run })],
      }),
  );
}

function initials(docx: Docx, { initials: entries }: NotaDinasData, t: Translate): (Paragraph | Table)[] {
  if (entries.length === 0) return [];
  const cell = (text: string, look: Look = {}): TableCell =>
    new docx.TableCell({
      margins: { left: 80, right: 80 },
      children: [new docx.Paragraph({ children: [new docx.TextRun({ text, size: 16, ...look })] })],
    });
  const titles = ['post', 'name', 'at'].map((key) => cell(t(`letters:initials.${key}`), { bold: true }));
  return [
    new docx.Paragraph({ spacing: { before: 240 } }),
    new docx.Table({
      columnWidths: [3_000, 2_800, 3_700],
      rows: [
        new docx.TableRow({ children: titles, cantSplit: true }),
        ...entries.map(
          ({ post, name, at }) =>
            new docx.TableRow({
              cantSplit: true,
              children: [cell(post), cell(name), cell(formatDateTime(at, { language: 'id' }))],
            }),
        ),
      ],
    }),
  ];
}

function copies(docx: Docx, { copies: to }: NotaDinasData, t: Translate): Paragraph[] {
  if (to.length === 0) return [];
  const line = (text: string, before = 0): Paragraph =>
    new docx.Paragraph({ spacing: { before }, children: [new docx.TextRun({ text, size: 19 })] });
  const lines = to.length === 1 ? to : to.map((one, index) => `${index + 1}. ${one}`);
  return [line(t('letters:copies'), 280), ...lines.map((one) => line(one))];
}
