import { loadTexts } from '../../shared/i18n.js';
import { makePdf } from '../make-pdf.js';
import type { DayListData } from './day-list-data.js';
import { dayListDefinition } from './day-list-definition.js';

/** A paper of the office: in Indonesian. */
const t = loadTexts().for('id');

/** The Daftar Reservasi Tamu Harian as PDF, to print (R-C7); the same data always gives the same bytes. */
export async function renderDayListPdf(data: DayListData): Promise<Buffer> {
  return makePdf(dayListDefinition(data, t), data.madeAt);
}
