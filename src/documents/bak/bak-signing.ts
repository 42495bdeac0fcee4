import type { Column, Content } from 'pdfmake/interfaces.js';
import { formatShortDate } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { CONTENT_WIDTH } from '../letterhead.js';
import { toPrintable } from '../printable-text.js';
import type { BakData } from './bak-data.js';

const SIGNATURE_ROOM = 52;
const SIGNATURE_GAP = 35;
const SIGNATURE_WIDTH = (CONTENT_WIDTH - SIGNATURE_GAP) / 2;

/** A name in full stands among the parties; under the signature there is room for a few lines. */
const LONGEST_SIGNATURE_LINE = 120;

const QR_SIZE = 84;

/** Closing sentence and both signature blocks (R-A6, R-A7, R-C8). */
export function signatures({ issuedAt, user, officer }: BakData, t: Translate): Content {
  const date = formatShortDate(issuedAt, { language: 'id' });
  return {
    margin: [0, 14, 0, 0],
    stack: [
      { text: t('bak:closing'), alignment: 'justify', margin: [0, 0, 0, 14] },
      {
        columns: [
          signature(['', t('bak:signature.user')], user.name, user.position),
          signature(
            [t('bak:signature.place', { date }), t('bak:signature.officer')],
            officer.name,
            officer.position,
          ),
        ],
        columnGap: SIGNATURE_GAP,
      },
    ],
  };
}

export function signature(
  lines: readonly [string, string],
  name: string,
  position: string | undefined,
): Column {
  return {
    width: SIGNATURE_WIDTH,
    alignment: 'center',
    stack: [
      { text: lines[0] === '' ? '\u00a0' : lines[0] },
      { text: lines[1], margin: [0, 0, 0, SIGNATURE_ROOM] },
      { text: shorten(toPrintable(name)), bold: true, decoration: 'underline' },
      { text: shorten(toPrintable(position ?? '')) },
    ],
  };
}

function shorten(text: string): string {
  return text.length <= LONGEST_SIGNATURE_LINE ? text : `${text.slice(0, LONGEST_SIGNATURE_LINE - 1)}…`;
}

/** QR code, address, code and hash with which a reader checks the paper against the register. */
export function verification(
  { verificationUrl, verificationCode, contentHash }: BakData,
  t: Translate,
): Content {
  const line = (label: string, value: string): Content => ({
    text: [`${label}: `, { text: toPrintable(value), bold: true }],
    margin: [0, 2, 0, 0],
  });
  return {
    margin: [0, 20, 0, 0],
    columns: [
      { qr: verificationUrl, fit: QR_SIZE, eccLevel: 'M', width: QR_SIZE + 10 },
      {
        width: CONTENT_WIDTH - QR_SIZE - 10,
        fontSize: 8.5,
        stack: [
          { text: t('bak:verification.heading'), bold: true, fontSize: 9 },
          { text: t('bak:verification.how') },
          { text: toPrintable(verificationUrl), color: '#1a4f8b', margin: [0, 2, 0, 0] },
          line(t('bak:verification.code'), verificationCode),
          line(t('bak:verification.hash'), contentHash),
        ],
      },
    ],
  };
}
