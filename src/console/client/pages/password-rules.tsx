import type { ReactNode } from 'react';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';
import { checkPassword } from './check-password.js';

/** The rules of a new password, ticked off while it is typed. The server decides. */
export function PasswordRules({ password, username }: { password: string; username: string }): ReactNode {
  const { long, differs, varied } = checkPassword(password, username);
  const rules = [
    { met: long, text: t('setup.ruleLength') },
    { met: differs, text: t('setup.ruleDiffers') },
    { met: varied, text: t('setup.ruleVaried') },
  ];
  return (
    <ul className="rules" aria-label={t('setup.rules')}>
      {rules.map(({ met, text }) => (
        <li key={text} className={met ? 'rule-met' : undefined}>
          <Icon name={met ? 'checkCircle' : 'info'} label={met ? t('setup.met') : t('setup.unmet')} />
          {text}
        </li>
      ))}
    </ul>
  );
}
