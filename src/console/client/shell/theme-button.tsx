import type { ReactNode } from 'react';
import { preferences, prefer, type Theme } from '../state/preferences.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import type { IconName } from '../ui/icon.js';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS: Record<Theme, IconName> = { system: 'contrast', light: 'sun', dark: 'moon' };

/** Goes round: as the system, light, dark. */
export function ThemeButton(): ReactNode {
  const { theme } = useStore(preferences);
  const names: Record<Theme, string> = {
    system: t('app.themeSystem'),
    light: t('app.themeLight'),
    dark: t('app.themeDark'),
  };
  return (
    <IconButton
      icon={ICONS[theme]}
      label={`${t('app.theme')}: ${names[theme]}`}
      onClick={() => prefer('theme', NEXT[theme])}
    />
  );
}
