import { loadTexts } from '../../shared/i18n.js';
import { makePdf } from '../make-pdf.js';
import type { AttendanceListData } from './attendance-list-data.js';
import { attendanceListDefinition } from './attendance-list-definition.js';

/** An official paper: in Indonesian. */
const t = loadTexts().for('id');

/** The Daftar Hadir as PDF (R-C9); the same data always gives the same bytes. */
export async function renderAttendanceList(data: AttendanceListData): Promise<Buffer> {
  return makePdf(attendanceListDefinition(data, t), data.madeAt);
}
