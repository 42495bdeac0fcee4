import { loadTexts } from '../../shared/i18n.js';
import { makePdf } from '../make-pdf.js';
import type { NotaDinasData } from './nota-dinas-data.js';
import { notaDinasDefinition } from './nota-dinas-definition.js';
import { notaDinasWord } from './nota-dinas-word.js';
import { printableLetter } from './printable-letter.js';

/** An official paper: in Indonesian whatever language its readers chose. */
const t = loadTexts().for('id');

/** A signed nota dinas (R-B4, R-B5) as PDF; the same data always gives the same bytes. */
export async function renderNotaDinasPdf(data: NotaDinasData): Promise<Buffer> {
  return makePdf(notaDinasDefinition(printableLetter(data), t), data.signer.at);
}

/** The same letter as DOCX, to be taken over into the office's own correspondence. */
export async function renderNotaDinasDocx(data: NotaDinasData): Promise<Buffer> {
  return notaDinasWord(printableLetter(data), t);
}
