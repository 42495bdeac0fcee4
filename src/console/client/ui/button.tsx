import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';

interface ButtonProps extends ComponentProps<'button'> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  /** Shows that work is under way and keeps a second press out. */
  busy?: boolean;
  small?: boolean;
}

export function Button({
  look = 'plain',
  icon,
  busy = false,
  small = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps): ReactNode {
  const names = ['button', `button-${look}`, small && 'button-small', className].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      {...rest}
      className={names}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName;
  /** What it does, spoken and shown on hover. */
  label: string;
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={className ? `icon-button ${className}` : 'icon-button'}
    >
      <Icon name={icon} />
    </button>
  );
}
