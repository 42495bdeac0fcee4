import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';

export interface MenuAction {
  icon: IconName;
  label: string;
  danger?: boolean;
  run: () => void;
}

/** A button with more actions behind it: arrows move, Enter picks, Esc goes back to the button. */
export function ActionMenu({ label, actions }: { label: string; actions: readonly MenuAction[] }): ReactNode {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();

  const items = (): HTMLElement[] => [
    ...(place.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
  ];
  const shut = (): void => {
    setOpen(false);
    trigger.current?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    items()[0]?.focus();
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  const onKeys = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const targets: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) all[target]?.focus();
    else if (event.key === 'Escape') shut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="menu-place" ref={place}>
      <button
        ref={trigger}
        type="button"
        className="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && (
        <div className="menu" role="menu" id={id} aria-label={label} onKeyDown={onKeys}>
          {actions.map(({ icon, label: text, danger, run }) => (
            <button
              key={text}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={danger ? 'menu-item menu-danger' : 'menu-item'}
              onClick={() => {
                shut();
                run();
              }}
            >
              <Icon name={icon} />
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
