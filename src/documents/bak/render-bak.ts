import { loadTexts } from '../../shared/i18n.js';
import { makePdf } from '../make-pdf.js';
import type { BakData } from './bak-data.js';
import { bakCopiesDefinition } from './bak-copies-definition.js';
import { bakDefinition } from './bak-definition.js';

/** A BAK is an official paper: it is written in Indonesian whatever language the conversation had. */
const t = loadTexts().for('id');

/** The Berita Acara Konsultasi as PDF (R-A6); the same data always gives the same bytes. */
export async function renderBak(data: BakData): Promise<Buffer> {
  return makePdf(bakDefinition(data, t), data.issuedAt);
}

/** R-C8: the same BAK twice in one PDF, to print and sign: one for the guest, one for the office. */
export async function renderBakCopies(data: BakData): Promise<Buffer> {
  return makePdf(bakCopiesDefinition(data, t), data.issuedAt);
}
