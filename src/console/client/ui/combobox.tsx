import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';

export interface ComboboxOption {
  key: string;
  label: string;
  /** Set apart, e.g. the province of a regency. */
  note?: string | undefined;
}

interface ComboboxProps {
  label: string;
  placeholder: string;
  /** What is picked now; empty for nothing. */
  picked: string;
  options: readonly ComboboxOption[];
  /** Said instead of options: searching, nothing found, type more. */
  message: string | null;
  onType: (text: string) => void;
  onPick: (option: ComboboxOption) => void;
}

/** Type to search, pick from the list: the ARIA combobox with a listbox, the focus staying in the input. */
export function Combobox(props: ComboboxProps): ReactNode {
  const { label, placeholder, picked, options, message, onType, onPick } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const open = typed !== null;
  const at = Math.min(active, options.length - 1);

  const search = (text: string): void => {
    setTyped(text);
    setActive(0);
    onType(text);
  };
  const pick = (option: ComboboxOption | undefined): void => {
    if (!option) return;
    setTyped(null);
    onPick(option);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) search(picked);
      else if (options.length > 0) {
        setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length);
      }
    } else if (event.key === 'Enter' && open) pick(options[at]);
    else if (event.key === 'Escape' && open) setTyped(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="combobox">
        <input
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && options.length > 0 ? `${id}-${at}` : undefined}
          autoComplete="off"
          placeholder={placeholder}
          value={typed ?? picked}
          onChange={(event) => search(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => setTyped(null)}
        />
        <div className="menu" hidden={!open} onPointerDown={(event) => event.preventDefault()}>
          <ul role="listbox" id={`${id}-list`} aria-label={label}>
            {options.map((option, index) => (
              <li
                key={option.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                className="menu-item"
                onClick={() => pick(option)}
              >
                {option.label}
                {option.note && <span className="menu-code">{option.note}</span>}
              </li>
            ))}
          </ul>
          <p className={message ? 'menu-note' : undefined} role="status">
            {open && message}
          </p>
        </div>
      </div>
    </div>
  );
}
