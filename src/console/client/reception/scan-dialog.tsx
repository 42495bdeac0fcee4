import { useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { watchCamera } from './watch-camera.js';

/** Shows what the camera sees until it sees a code. Nothing of it is kept or sent. */
export function ScanDialog({
  onCode,
  onClose,
}: {
  onCode: (code: string) => void;
  onClose: () => void;
}): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef(onCode);
  useEffect(() => {
    latest.current = onCode;
  });
  useEffect(() => {
    if (!video.current) return undefined;
    return watchCamera(video.current, {
      onCode: (code) => latest.current(code),
      onFailed: () => setFailed(true),
    });
  }, []);
  return (
    <Dialog title={t('reception.scan')} onClose={onClose}>
      <div className="dialog-body">
        {failed && (
          <p className="notice notice-bad" role="alert">
            <Icon name="warning" />
            {t('reception.noCamera')}
          </p>
        )}
        <video ref={video} className="scan-picture" muted playsInline hidden={failed} />
        <p>{t('reception.scanHint')}</p>
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </DialogFoot>
    </Dialog>
  );
}
