import type { ReactNode } from 'react';
import type { Letter } from '../api/types/letters.js';
import { formatDate, formatFull } from '../text/time.js';
import { t } from '../text/text.js';

/** The letter as its paper will look; in Indonesian, as it is sent, whatever language the page has. */
export function LetterSheet({ letter }: { letter: Letter }): ReactNode {
  const { number, date, addressees, copies, subject, body, from, way, state } = letter;
  const signed = way.find(({ act }) => act === 'sign');
  return (
    <article className="sheet" lang="id" aria-label={t('letters.preview')}>
      <header className="sheet-head">
        <strong>KEMENTERIAN KEUANGAN REPUBLIK INDONESIA</strong>
        <strong>DIREKTORAT JENDERAL PERIMBANGAN KEUANGAN</strong>
        <span>SEKRETARIAT DIREKTORAT JENDERAL</span>
      </header>
      <p className="sheet-title">
        <strong>NOTA DINAS</strong>
        <span>NOMOR {number ?? '…'}</span>
      </p>
      <dl className="sheet-facts">
        <dt>Yth.</dt>
        <dd>
          {addressees.map((one, index) => (
            <span key={one}>{addressees.length > 1 ? `${index + 1}. ${one}` : one}</span>
          ))}
        </dd>
        <dt>Dari</dt>
        <dd>{TITLES[from]}</dd>
        <dt>Sifat</dt>
        <dd>Segera</dd>
        <dt>Lampiran</dt>
        <dd>-</dd>
        <dt>Hal</dt>
        <dd>{subject}</dd>
        <dt>Tanggal</dt>
        <dd>{date === null ? '…' : formatDate(date)}</dd>
      </dl>
      <div className="sheet-body">{body}</div>
      <div className="sheet-sign">
        <span>{TITLES[from]}</span>
        <span className="sheet-mark">
          {state === 'signed' && signed?.at ? formatFull(signed.at) : t('letters.unsigned')}
        </span>
        <strong>{signed?.name ?? ''}</strong>
      </div>
      {copies.length > 0 && (
        <div className="sheet-copies">
          <span>Tembusan:</span>
          {copies.map((one) => (
            <span key={one}>{one}</span>
          ))}
        </div>
      )}
    </article>
  );
}

/** As on the paper. */
const TITLES: Readonly<Record<Letter['from'], string>> = {
  'pelaksana-msklip': 'Pelaksana pada Subbagian MSKLIP',
  'kasubbag-msklip': 'Kepala Subbagian MSKLIP',
  'kabag-hkk': 'Kepala Bagian Harmonisasi Kebijakan dan Kehumasan',
  sesditjen: 'Sekretaris Direktorat Jenderal Perimbangan Keuangan',
};
