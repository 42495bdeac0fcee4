import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { ChannelName, Pairing } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { useChange } from '../ui/use-change.js';
import { PairingDialog } from './pairing-dialog.js';
import { pairingPath } from './queries.js';

interface PairingToolsProps {
  name: ChannelName;
  phase: Pairing['phase'];
  mayPair: boolean;
}

const WORDS = {
  unpaired: 'channels.unpaired',
  waiting: 'channels.pairingWaiting',
  paired: 'channels.paired',
} as const;

/** Whether a number is linked, and how to change that. */
export function PairingTools({ name, phase, mayPair }: PairingToolsProps): ReactNode {
  const [open, setOpen] = useState<'pair' | 'unpair' | null>(null);
  const close = (): void => setOpen(null);
  const unpair = useChange({
    run: () => request(pairingPath(name), { method: 'DELETE' }),
    refresh: ['channels', 'pairing'],
    said: () => t('channels.unpairedDone'),
    onDone: close,
  });
  return (
    <div className="pairing-tools">
      <span>{t(WORDS[phase])}</span>
      {!mayPair ? (
        phase === 'unpaired' && <span className="cell-note">{t('channels.onlyAdmin')}</span>
      ) : phase === 'paired' ? (
        <Button look="danger" onClick={() => setOpen('unpair')}>
          {t('channels.unpair')}
        </Button>
      ) : (
        <Button look="primary" icon="phone" onClick={() => setOpen('pair')}>
          {phase === 'waiting' ? t('channels.showCode') : t('channels.pair')}
        </Button>
      )}
      {open === 'pair' && <PairingDialog name={name} onClose={close} />}
      {open === 'unpair' && (
        <ConfirmDialog
          title={t('channels.unpairTitle')}
          text={t('channels.unpairText')}
          action={t('channels.unpair')}
          busy={unpair.isPending}
          onConfirm={() => unpair.mutate()}
          onClose={close}
        />
      )}
    </div>
  );
}
