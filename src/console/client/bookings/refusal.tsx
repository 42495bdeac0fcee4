import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.js';

/** Why the server did not do it. */
export function Refusal({ text }: { text: string | null }): ReactNode {
  if (text === null) return null;
  return (
    <p className="notice notice-bad" role="alert">
      <Icon name="warning" />
      {text}
    </p>
  );
}
