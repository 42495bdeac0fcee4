import type { ReactNode } from 'react';
import { preferences, prefer } from '../state/preferences.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { Dialog } from '../ui/dialog.js';
import { Toggle } from '../ui/field.js';

export function ShortcutsDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { shortcuts, sendWith } = useStore(preferences);
  const list = [
    { keys: ['J', '↓'], what: t('shortcut.next') },
    { keys: ['K', '↑'], what: t('shortcut.previous') },
    { keys: ['Enter'], what: t('shortcut.open') },
    { keys: ['/'], what: t('shortcut.search') },
    { keys: ['Esc'], what: t('shortcut.back') },
    { keys: ['?'], what: t('shortcut.help') },
  ];
  const ticket = [
    { keys: ['R'], what: t('shortcut.reply') },
    { keys: ['N'], what: t('shortcut.note') },
    { keys: ['C'], what: t('shortcut.claim') },
    { keys: ['T'], what: t('shortcut.takeOver') },
    { keys: ['E'], what: t('shortcut.resolve') },
    { keys: ['X'], what: t('shortcut.escalate') },
    { keys: ['I'], what: t('shortcut.details') },
    { keys: [sendWith === 'enter' ? 'Enter' : 'Ctrl+Enter'], what: t('shortcut.sendKeys') },
  ];
  return (
    <Dialog title={t('shortcut.title')} onClose={onClose}>
      <div className="dialog-body">
        <div className="shortcut-columns">
          <Keys title={t('shortcut.list')} rows={list} />
          <Keys title={t('shortcut.ticket')} rows={ticket} />
        </div>
        <Toggle
          label={t('shortcut.enabled')}
          hint={t('shortcut.enabledHint')}
          checked={shortcuts}
          onChange={(on) => prefer('shortcuts', on)}
        />
      </div>
    </Dialog>
  );
}

function Keys({
  title,
  rows,
}: {
  title: string;
  rows: readonly { keys: readonly string[]; what: string }[];
}): ReactNode {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="shortcuts">
        {rows.map(({ keys, what }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && ` ${t('shortcut.or')} `}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
