import { loadTexts } from '../../shared/i18n.js';
import { makePdf } from '../make-pdf.js';
import type { BakData } from './bak-data.js';
import { bakDefinition } from './bak-definition.js';

/** A BAK is an official paper: it is written in Indonesian whatever language the conversation had. */
const t = loadTexts().for('id');

/** The Berita Acara Konsultasi as PDF (R-A6); the same data always gives the same bytes. */
export async function renderBak(data: BakData): Promise<Buffer> {
  return makePdf(bakDefinition(data, t), data.issuedAt);
}
