import { loadTexts } from '../../shared/i18n.js';
import { makePdf } from '../make-pdf.js';
import type { ConfirmationSheetData } from './confirmation-sheet-data.js';
import { confirmationSheetDefinition } from './confirmation-sheet-definition.js';

const texts = loadTexts();

/** The Lembar Konfirmasi Kedatangan as PDF of one page (R-C7); the same data always gives the same bytes. */
export async function renderConfirmationSheet(data: ConfirmationSheetData): Promise<Buffer> {
  return makePdf(confirmationSheetDefinition(data, texts.for(data.language)), data.issuedAt);
}
