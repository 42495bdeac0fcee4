import { useState, type ReactNode } from 'react';
import { visitPath } from '../api/reception.js';
import { fileUrl } from '../api/request.js';
import type { Visit, VisitGuest } from '../api/types/reception.js';
import { t } from '../text/text.js';
import { formatTime } from '../text/time.js';
import { Button } from '../ui/button.js';
import { PaperLink } from './papers.js';
import { SignatureDialog } from './signature-dialog.js';
import type { Steps } from './use-steps.js';

interface AttendanceProps {
  visit: Visit;
  steps: Steps;
  next: boolean;
}

/** Daftar Hadir (R-C9): who is really here, signed on the screen or on paper. */
export function AttendanceStep({ visit, steps, next }: AttendanceProps): ReactNode {
  const [signing, setSigning] = useState<VisitGuest | null>(null);
  const { id, guests, arrivedAt } = visit;
  if (arrivedAt === null) return null;
  return (
    <>
      <ul className="guests">
        {guests.map((guest) => (
          <li key={guest.id} className="guest">
            <span className="guest-name">
              <strong>{guest.name}</strong>
              <span className="muted">{guest.position}</span>
            </span>
            <Presence visit={id} guest={guest} />
            {steps.may('attendance') && (
              <GuestTools guest={guest} steps={steps} next={next} onSign={() => setSigning(guest)} />
            )}
          </li>
        ))}
      </ul>
      <PaperLink path={`${visitPath(id)}/attendance-list`} label={t('reception.paper.attendance')} />
      {signing && (
        <SignatureDialog
          name={signing.name}
          busy={steps.busy}
          onClose={() => setSigning(null)}
          onSigned={(image) =>
            steps.take({ step: 'attendance', guestId: signing.id, signature: 'screen', image }, () =>
              setSigning(null),
            )
          }
        />
      )}
    </>
  );
}

function Presence({ visit, guest: { name, attendance } }: { visit: string; guest: VisitGuest }): ReactNode {
  if (!attendance) return <span className="muted">{t('reception.notPresent')}</span>;
  const { signature, signatureFileId, at } = attendance;
  return (
    <span className="guest-signature">
      {signatureFileId ? (
        <img
          src={fileUrl(signatureFileId, { from: `${visitPath(visit)}/signatures` })}
          alt={t('reception.signatureOf', { name })}
        />
      ) : (
        t(`reception.signed.${signature}`)
      )}
      <span className="muted">{formatTime(at)}</span>
    </span>
  );
}

interface ToolsProps {
  guest: VisitGuest;
  steps: Steps;
  next: boolean;
  onSign: () => void;
}

function GuestTools({ guest, steps, next, onSign }: ToolsProps): ReactNode {
  const { id: guestId, name, attendance, travelOrder } = guest;
  const mark = (signature: 'paper' | 'absent'): void =>
    steps.take({ step: 'attendance', guestId, signature });
  if (attendance) {
    return travelOrder ? null : (
      <Button
        look="quiet"
        className="button-touch"
        busy={steps.busy}
        aria-label={t('reception.takeOffName', { name })}
        onClick={() => mark('absent')}
      >
        {t('reception.takeOff')}
      </Button>
    );
  }
  return (
    <span className="guest-tools">
      <Button
        look={next ? 'primary' : 'plain'}
        className="button-touch"
        icon="edit"
        disabled={steps.busy}
        aria-label={t('reception.signName', { name })}
        onClick={onSign}
      >
        {t('reception.sign')}
      </Button>
      <Button
        className="button-touch"
        disabled={steps.busy}
        aria-label={t('reception.onPaperName', { name })}
        onClick={() => mark('paper')}
      >
        {t('reception.onPaper')}
      </Button>
    </span>
  );
}
