import type { ReactNode } from 'react';
import { apiUrl } from '../api/request.js';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';

/** Daftar Reservasi Tamu Harian (R-C7) to print, and to calculate with. */
export function Papers({ date }: { date: string }): ReactNode {
  const path = `/reception/days/${date}/list?format=`;
  return (
    <p className="reception-papers">
      <PaperLink path={`${path}pdf`} label={t('reception.paper.day')} />
      <PaperLink path={`${path}xlsx`} label={t('reception.paper.dayTable')} />
    </p>
  );
}

/** A paper in a window of its own, from where it is printed. */
export function PaperLink({ path, label }: { path: string; label: string }): ReactNode {
  return (
    <a className="button button-plain" href={apiUrl(path)} target="_blank" rel="noreferrer">
      <Icon name="document" />
      {label}
    </a>
  );
}
