import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { ChannelName } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { Failed, Skeleton } from '../ui/states.js';
import { useChange } from '../ui/use-change.js';
import { PairingCode } from './pairing-code.js';
import { PairingForm } from './pairing-form.js';
import { pairingPath, usePairing } from './queries.js';

/** Links a number, step by step as the server says how far it is: warning, code, done. */
export function PairingDialog({ name, onClose }: { name: ChannelName; onClose: () => void }): ReactNode {
  const { data: pairing, error, refetch } = usePairing(name);
  const [begun, setBegun] = useState(false);
  const stop = useChange({
    run: () => request(pairingPath(name), { method: 'DELETE' }),
    refresh: ['channels', 'pairing'],
    onDone: onClose,
  });
  return (
    <Dialog title={t('pairing.title')} onClose={onClose}>
      {error && !pairing ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : !pairing ? (
        <Skeleton rows={4} />
      ) : pairing.phase === 'unpaired' ? (
        <PairingForm
          name={name}
          failed={begun ? (pairing.reason ?? null) : null}
          onBegun={() => setBegun(true)}
          onClose={onClose}
        />
      ) : pairing.phase === 'waiting' ? (
        <>
          <PairingCode pairing={pairing} />
          <DialogFoot>
            <Button busy={stop.isPending} onClick={() => stop.mutate()}>
              {t('pairing.stop')}
            </Button>
          </DialogFoot>
        </>
      ) : (
        <Done phone={pairing.phone} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Done({ phone, onClose }: { phone: string | undefined; onClose: () => void }): ReactNode {
  return (
    <>
      <div className="dialog-body" role="status">
        <p className="with-icon pairing-done">
          <Icon name="checkCircle" />
          {phone === undefined ? t('pairing.doneNoPhone') : t('pairing.done', { phone: `+${phone}` })}
        </p>
        <p>{t('pairing.doneHint')}</p>
      </div>
      <DialogFoot>
        <Button look="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      </DialogFoot>
    </>
  );
}
