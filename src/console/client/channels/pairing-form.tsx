import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { ChannelName, Pairing } from '../api/types.js';
import { describeChannelReason } from '../text/describe-reason.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { DialogFoot } from '../ui/dialog.js';
import { Field, Segmented } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { fieldError, useChange } from '../ui/use-change.js';
import { pairingPath } from './queries.js';

interface PairingFormProps {
  name: ChannelName;
  /** Why the attempt before did not link anything. */
  failed: string | null;
  onBegun: () => void;
  onClose: () => void;
}

/** What it may cost, plainly and before anything happens; then how to link. */
export function PairingForm({ name, failed, onBegun, onClose }: PairingFormProps): ReactNode {
  const [accepted, setAccepted] = useState(false);
  const [method, setMethod] = useState<'qr' | 'code'>('qr');
  const [phone, setPhone] = useState('');
  const begin = useChange<Pairing>({
    run: () =>
      request(pairingPath(name), { method: 'POST', body: method === 'code' ? { phone: phone.trim() } : {} }),
    refresh: ['channels', 'pairing'],
    onDone: onBegun,
  });
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <div className="dialog-body">
        {failed !== null && (
          <p className="notice" role="status">
            <Icon name="info" />
            {t('pairing.failed')}: {describeChannelReason(failed)}
          </p>
        )}
        <div className="notice notice-bad">
          <Icon name="warning" />
          <div>
            <strong>{t('pairing.riskTitle')}</strong>
            <p>{t('pairing.risk')}</p>
          </div>
        </div>
        <Segmented
          legend={t('pairing.method')}
          name="pairing-method"
          value={method}
          options={[
            { value: 'qr', label: t('pairing.byQr') },
            { value: 'code', label: t('pairing.byCode') },
          ]}
          onChange={setMethod}
        />
        {method === 'code' && (
          <Field
            label={t('pairing.phone')}
            hint={t('pairing.phoneHint')}
            error={fieldError(begin.error, 'phone')}
          >
            {(input) => (
              <input
                {...input}
                type="tel"
                autoComplete="off"
                required
                value={phone}
                onChange={(event) => setPhone(event.target.value)}
              />
            )}
          </Field>
        )}
        <label className="check">
          <input
            type="checkbox"
            required
            checked={accepted}
            onChange={(event) => setAccepted(event.target.checked)}
          />
          {t('pairing.accept')}
        </label>
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="primary" type="submit" busy={begin.isPending} disabled={!accepted}>
          {failed === null ? t('pairing.begin') : t('pairing.again')}
        </Button>
      </DialogFoot>
    </form>
  );
}
