/** @jsxImportSource preact */
import type { VNode } from 'preact';
import type { WireChoice } from '../wire.js';
import { usePage } from './context.js';

interface ChoicesProps {
  choices: WireChoice[];
  /** Typing "2" means the second one, unless the dialog says otherwise. */
  numbered: boolean;
  open: boolean;
  picked: string | undefined;
}

/** Short answers stand side by side, a menu below one another. */
export function Choices({ choices, numbered, open, picked }: ChoicesProps): VNode {
  const { say, store } = usePage();
  const short = choices.length <= 3 && choices.every(({ title }) => title.length <= 16);
  return (
    <div class={short ? 'choices choices-short' : 'choices'} role="group" aria-label={say('choices')}>
      {choices.map(({ id, title }, index) => (
        <button
          key={id}
          type="button"
          class={id === picked ? 'choice choice-picked' : 'choice'}
          aria-disabled={!open}
          tabIndex={open ? 0 : -1}
          onClick={() => {
            // Not `disabled`: the pressed button would lose the focus.
            if (open) store.send({ choice: id, text: title });
          }}
        >
          {numbered && <span class="number">{index + 1}</span>}
          <span class="choice-title">{title}</span>
          {id === picked && <span class="hidden">, {say('picked')}</span>}
        </button>
      ))}
    </div>
  );
}
