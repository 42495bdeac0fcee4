import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { formatDateTime, formatShortDate } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { CONTENT_WIDTH, letterhead } from '../letterhead.js';
import { runningLine } from '../paper-parts.js';
import { bodyBlocks, type BodyBlock } from './body-blocks.js';
import type { NotaDinasData } from './nota-dinas-data.js';

const LABEL_WIDTH = 70;
const COLON_WIDTH = 10;
const INDENT = 22;
const DETAIL_WIDTH = 100;
const SIGNATURE_WIDTH = 230;

/** The whole letter as pdfmake takes it; texts through `t`, in Indonesian. */
export function notaDinasDefinition(data: NotaDinasData, t: Translate): TDocumentDefinitions {
  const { number, subject } = data;
  return {
    content: [
      letterhead([t('bak:letterhead.ministry'), t('bak:letterhead.directorate')], t('letters:letterhead')),
      { text: t('letters:title').toUpperCase(), bold: true, fontSize: 13, alignment: 'center' },
      { text: t('letters:number', { number }), alignment: 'center', margin: [0, 0, 0, 10] },
      ...head(data, t),
      rule(),
      ...bodyBlocks(data.body).map(block),
      { unbreakable: true, stack: [signed(data, t), initials(data, t)] },
      ...copies(data, t),
    ],
    info: { title: `${t('letters:title')} ${number}`, subject, author: t('letters:letterhead') },
    header: (page) => (page === 1 ? null : runningLine([t('letters:title'), number], [0, 30, 0, 0])),
    footer: (page, pages) => runningLine([number, t('bak:page', { page, pages })], [0, 18, 0, 0]),
    pageMargins: [64, 64, 56, 60],
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.25 },
  };
}

function head({ addressees, from, subject, date }: NotaDinasData, t: Translate): Content[] {
  const to = addressees.length === 1 ? addressees : addressees.map((one, index) => `${index + 1}. ${one}`);
  const rows: (readonly [label: string, value: string])[] = [
    [t('letters:to'), to.join('\n')],
    [t('letters:from'), from],
    [t('letters:nature.label'), t('letters:nature.urgent')],
    [t('letters:attachments.label'), t('letters:attachments.none')],
    [t('letters:about'), subject],
    [t('letters:date'), formatShortDate(date, { language: 'id' })],
  ];
  return rows.map(([label, value]) => row([LABEL_WIDTH, label], value));
}

function block(piece: BodyBlock): Content {
  switch (piece.kind) {
    case 'item':
      return {
        columns: [
          { width: INDENT, text: piece.mark },
          { width: CONTENT_WIDTH - INDENT * (piece.depth + 1), text: piece.text, alignment: 'justify' },
        ],
        margin: [piece.depth * INDENT, 3, 0, 3],
      };
    case 'detail':
      return row([DETAIL_WIDTH, piece.label], piece.value, piece.depth * INDENT);
    case 'paragraph':
      return { text: piece.text, alignment: 'justify', margin: [piece.depth * INDENT, 3, 0, 5] };
  }
}

/** Label, colon, value; fixed widths, because a flexible column grows with a long word until it leaves the page. */
function row([width, label]: readonly [number, string], value: string, left = 0): Content {
  return {
    columns: [
      { width, text: label },
      { width: COLON_WIDTH, text: ':' },
      { width: CONTENT_WIDTH - width - COLON_WIDTH - left, text: value },
    ],
    margin: [left, 1, 0, 1],
  };
}

function rule(): Content {
  const line = { type: 'line', x1: 0, y1: 0, x2: CONTENT_WIDTH, y2: 0, lineWidth: 0.8 } as const;
  return { canvas: [line], margin: [0, 6, 0, 10] };
}

function signed({ from, signer: { name, at } }: NotaDinasData, t: Translate): Content {
  const signedAt = t('letters:signedAt', { at: formatDateTime(at, { language: 'id' }) });
  return {
    margin: [CONTENT_WIDTH - SIGNATURE_WIDTH, 16, 0, 0],
    stack: [
      { text: from },
      { text: signedAt, italics: true, fontSize: 8.5, margin: [0, 20, 0, 20] },
      { text: name, bold: true },
    ],
  };
}

function initials({ initials: entries }: NotaDinasData, t: Translate): Content {
  if (entries.length === 0) return [];
  const cells = entries.map(({ post, name, at }) => [post, name, formatDateTime(at, { language: 'id' })]);
  const titles = ['post', 'name', 'at'].map((key) => ({ text: t(`letters:initials.${key}`), bold: true }));
  return {
    margin: [0, 16, 0, 0],
    fontSize: 8,
    table: { widths: [150, 120, 170], headerRows: 1, body: [titles, ...cells] },
    layout: { hLineWidth: () => 0.4, vLineWidth: () => 0.4 },
  };
}

function copies({ copies: to }: NotaDinasData, t: Translate): Content[] {
  if (to.length === 0) return [];
  return [
    { text: t('letters:copies'), margin: [0, 16, 0, 2], fontSize: 9.5 },
    to.length === 1 ? { text: to[0] ?? '', fontSize: 9.5 } : { ol: [...to], fontSize: 9.5 },
  ];
}
