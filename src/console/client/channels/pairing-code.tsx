import type { ReactNode } from 'react';
import type { Pairing } from '../api/types.js';
import { t } from '../text/text.js';
import { Time } from '../ui/time.js';
import { QrCode } from './qr-code.js';

/** What to do on the phone: the code to type where one was asked for, else the QR to scan as it changes. */
export function PairingCode({ pairing: { qr, code, since } }: { pairing: Pairing }): ReactNode {
  return (
    <div className="dialog-body">
      <div className="pairing-code" aria-live="polite">
        {code !== undefined ? (
          <p>
            <span className="visually-hidden">{t('pairing.codeLabel')}: </span>
            <code className="typed-code">{`${code.slice(0, 4)}-${code.slice(4)}`}</code>
          </p>
        ) : qr !== undefined ? (
          <QrCode text={qr} label={t('pairing.qrLabel')} />
        ) : (
          <p className="muted">{t('pairing.preparing')}</p>
        )}
      </div>
      <ol className="steps">
        <li>{t('pairing.step1')}</li>
        <li>{t('pairing.step2')}</li>
        <li>{code === undefined ? t('pairing.step3Qr') : t('pairing.step3Code')}</li>
      </ol>
      <p className="cell-note">
        {code === undefined ? t('pairing.renewed') : t('pairing.codeValid')}
        {since && (
          <>
            {' '}
            {t('pairing.startedAt')} <Time at={since} as="ago" />.
          </>
        )}
      </p>
      <p className="cell-bad">{t('pairing.secret')}</p>
    </div>
  );
}
