import { loadTexts } from '../../shared/i18n.js';
import { makePdf } from '../make-pdf.js';
import type { ClosingLetterData } from './closing-letter-data.js';
import { closingLetterDefinition } from './closing-letter-definition.js';

/** An official paper: in Indonesian whatever language the conversation had. */
const t = loadTexts().for('id');

/** The closing letter of a complaint or suggestion as PDF (R-A8); the same data always gives the same bytes. */
export async function renderClosingLetter(data: ClosingLetterData): Promise<Buffer> {
  return makePdf(closingLetterDefinition(data, t), data.issuedAt);
}
