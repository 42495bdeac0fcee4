import { useState, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Toggle } from '../ui/field.js';

interface AwaitAnswer {
  awaits: boolean;
  /** For the next message nothing is chosen. */
  forget: () => void;
  toggle: ReactNode;
}

/** Whether the user has to answer what is being written: a question says so by itself until the agent says otherwise. */
export function useAwaitAnswer(text: string): AwaitAnswer {
  const [chosen, choose] = useState<boolean | null>(null);
  const awaits = chosen ?? text.includes('?');
  return {
    awaits,
    forget: () => choose(null),
    toggle: <Toggle label={t('composer.awaitsAnswer')} checked={awaits} onChange={choose} />,
  };
}
