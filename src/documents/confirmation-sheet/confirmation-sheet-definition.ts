import type { Column, Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { formatDate, formatHours, formatShortDate } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { clipText } from '../clip-text.js';
import { CONTENT_WIDTH, letterhead } from '../letterhead.js';
import { factsTable, GREY, heading, ruledTable } from '../paper-parts.js';
import { toPrintable } from '../printable-text.js';
import type { ConfirmationSheetData } from './confirmation-sheet-data.js';

const BLUE = '#1a4f8b';
const PALE = '#f2f5f9';

const QR_SIZE = 96;
/** The code stands under its QR code on one line. */
const CODE_WIDTH = 150;
const BOX_PADDING = 12;
const BOX_EDGE = 3;
const COLUMN_GAP = 20;

/** What fits on one page, with four guests (R-C5). */
const LONGEST_NAME = 60;
const LONGEST_AGENCY = 90;
const LONGEST_PURPOSE = 160;

/** The whole sheet as pdfmake takes it. */
export function confirmationSheetDefinition(data: ConfirmationSheetData, t: Translate): TDocumentDefinitions {
  const title = t('booking-papers:confirmation.title');
  return {
    language: data.language === 'id' ? 'id-ID' : 'en-GB',
    content: [
      letterhead([t('bak:letterhead.ministry'), t('bak:letterhead.directorate')], t('bak:letterhead.sender')),
      { text: title.toUpperCase(), bold: true, fontSize: 14, characterSpacing: 0.4, alignment: 'center' },
      {
        text: t('booking-papers:confirmation.number', { number: data.number }),
        alignment: 'center',
        margin: [0, 0, 0, 12],
      },
      t('booking-papers:confirmation.opening', { name: short(data.who.name, LONGEST_NAME) }),
      timeAndCode(data, t),
      factsTable(facts(data, t)),
      heading(t('booking-papers:confirmation.guests.heading')),
      guestsTable(data, t),
      bringAndRules(data, t),
    ],
    info: { title: `${title} ${data.number}`, author: t('bak:letterhead.sender') },
    footer: () => footer(data, t),
    pageMargins: [64, 56, 56, 40],
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.15 },
  };
}

function short(text: string, most: number): string {
  return toPrintable(clipText(text, most));
}

/** What the lobby looks for first: when, and the code to scan. */
function timeAndCode(data: ConfirmationSheetData, t: Translate): Content {
  const { language, zone, code } = data;
  const width = CONTENT_WIDTH - CODE_WIDTH - 4 * BOX_PADDING - BOX_EDGE;
  return {
    margin: [0, 10, 0, 12],
    layout: {
      ...{
        hLineWidth: () => 0,
        vLineWidth: (column) => (column === 0 ? BOX_EDGE : 0),
        vLineColor: () => BLUE,
      },
      ...{ paddingLeft: () => BOX_PADDING, paddingRight: () => BOX_PADDING },
      ...{ paddingTop: () => BOX_PADDING, paddingBottom: () => BOX_PADDING, fillColor: () => PALE },
    },
    table: {
      widths: [width, CODE_WIDTH],
      body: [
        [
          {
            stack: [
              { text: formatDate(data.startsAt, { language }), bold: true, fontSize: 17, color: BLUE },
              { text: formatHours(data, { language, zone }), bold: true, fontSize: 13, margin: [0, 3, 0, 8] },
              { text: short(data.room, LONGEST_NAME), fontSize: 11 },
              { text: short(data.address, LONGEST_AGENCY) },
              { text: t('booking-papers:confirmation.arrive'), color: GREY, margin: [0, 6, 0, 0] },
            ],
          },
          {
            alignment: 'center',
            stack: [
              { qr: code, fit: QR_SIZE, eccLevel: 'M', background: PALE },
              {
                text: t('booking-papers:confirmation.code'),
                fontSize: 8,
                color: GREY,
                margin: [0, 5, 0, 0],
              },
              { text: code, bold: true, fontSize: 9 },
            ],
          },
        ],
      ],
    },
  };
}

function facts({ who, purpose, letter, language }: ConfirmationSheetData, t: Translate): [string, string][] {
  const label = (name: string): string => t(`booking-papers:confirmation.facts.${name}`);
  const rows: [string, string][] = [[label('agency'), clipText(who.agency, LONGEST_AGENCY)]];
  if (who.region !== null) rows.push([label('region'), clipText(who.region, LONGEST_NAME)]);
  rows.push([label('purpose'), clipText(purpose, LONGEST_PURPOSE)]);
  if (letter) {
    const date = formatShortDate(letter.date, { language });
    const number = clipText(letter.number, LONGEST_NAME);
    rows.push([label('letter'), t('booking-papers:confirmation.facts.letterOf', { number, date })]);
  }
  return rows;
}

function guestsTable({ guests }: ConfirmationSheetData, t: Translate): Content {
  const column = (name: string): string => t(`booking-papers:confirmation.guests.${name}`);
  const nameWidth = 215;
  return ruledTable({
    widths: [24, nameWidth, CONTENT_WIDTH - 24 - nameWidth],
    head: [column('no'), column('name'), column('position')],
    rows: guests.map(({ name, position }, index) => [
      String(index + 1),
      short(name, LONGEST_NAME),
      short(position ?? t('bak:absent'), LONGEST_NAME),
    ]),
  });
}

function bringAndRules(data: ConfirmationSheetData, t: Translate): Content {
  const rules = ['schedule', 'cancel', 'free'].map((rule) => t(`booking-papers:confirmation.rules.${rule}`));
  const list = (title: string, items: string[]): Column => ({
    width: (CONTENT_WIDTH - COLUMN_GAP) / 2,
    stack: [
      heading(title),
      { ul: items.map((text) => ({ text, margin: [0, 0, 0, 2] as const })), markerColor: GREY },
    ],
  });
  return {
    unbreakable: true,
    columnGap: COLUMN_GAP,
    columns: [
      list(t('booking-papers:confirmation.bring.heading'), bring(data, t)),
      list(t('booking-papers:confirmation.rules.heading'), rules),
    ],
  };
}

function bring({ guests, letter }: ConfirmationSheetData, t: Translate): string[] {
  const thing = (name: string, words?: Record<string, unknown>): string =>
    t(`booking-papers:confirmation.bring.${name}`, words);
  return [
    thing('sheet'),
    thing('identity'),
    thing('travelOrders', { most: guests.length }),
    ...(letter ? [thing('letter')] : []),
  ];
}

function footer({ contact, issuedAt, language }: ConfirmationSheetData, t: Translate): Content {
  const date = formatShortDate(issuedAt, { language });
  return {
    margin: [64, 12, 56, 0],
    fontSize: 8.5,
    color: GREY,
    columns: [
      { text: t('booking-papers:confirmation.contact', contact), width: '*' },
      { text: t('booking-papers:confirmation.issued', { date }), width: 'auto' },
    ],
  };
}
