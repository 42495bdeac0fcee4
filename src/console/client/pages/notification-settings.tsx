import { useState, type ReactNode } from 'react';
import { ring } from '../shell/ring.js';
import { preferences, prefer } from '../state/preferences.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { Toggle } from '../ui/field.js';

/** How new tickets make themselves heard; both ways are off until somebody wants them. */
export function NotificationSettings(): ReactNode {
  const { sound, desktop } = useStore(preferences);
  const supported = 'Notification' in window;
  const [blocked, setBlocked] = useState(supported && Notification.permission === 'denied');

  const wantDesktop = async (on: boolean): Promise<void> => {
    if (!on) {
      prefer('desktop', false);
      return;
    }
    const permission = await Notification.requestPermission();
    setBlocked(permission === 'denied');
    prefer('desktop', permission === 'granted');
  };

  return (
    <div className="form">
      <Toggle
        label={t('notify.sound')}
        hint={t('notify.soundHint')}
        checked={sound}
        onChange={(on) => {
          prefer('sound', on);
          if (on) void ring();
        }}
      />
      <Toggle
        label={t('notify.desktop')}
        hint={blocked || !supported ? t('notify.blocked') : t('notify.desktopHint')}
        checked={desktop && !blocked}
        disabled={blocked || !supported}
        onChange={(on) => void wantDesktop(on)}
      />
    </div>
  );
}
