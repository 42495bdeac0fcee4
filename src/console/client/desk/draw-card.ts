import { AdaptiveCard, ExecuteAction, HostConfig, ShowCardAction, type Input } from 'adaptivecards';
import { HOST_CONFIG } from './host-config.js';

interface CardEvents {
  /** What the pressed action carries, with the inputs of its form. */
  onSubmit: (data: Readonly<Record<string, unknown>>) => void;
  onType: (input: string, text: string) => void;
}

/** Where somebody is in a card. */
interface CardPlace {
  openForms: readonly string[];
  /** The input they write in, and what is selected there. */
  cursor?: { input: string; from: number | null; to: number | null };
}

export interface DrawnCard {
  place: () => CardPlace;
  /** Goes back to where somebody was, as far as the card still has it. */
  goTo: (place: CardPlace) => void;
}

// What people write is text here and nothing else.
AdaptiveCard.onProcessMarkdown = (_text, result) => {
  result.didProcess = false;
};

/** Draws a card into a box, instead of what was there. */
export function drawCard(
  box: HTMLElement,
  json: Readonly<Record<string, unknown>>,
  { onSubmit, onType }: CardEvents,
): DrawnCard {
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(HOST_CONFIG);
  card.parse(json);
  card.onExecuteAction = (action) => {
    if (action instanceof ExecuteAction) onSubmit({ ...action.data });
  };
  card.onInputValueChanged = ({ id, value }) => onType(id ?? '', String(value ?? ''));
  const drawn = card.render();
  box.replaceChildren(...(drawn ? [drawn] : []));

  const forms = card.getAllActions().filter((action) => action instanceof ShowCardAction);
  return {
    place: () => {
      const open = forms.filter(({ renderedElement }) => renderedElement?.ariaExpanded === 'true');
      const cursor = cursorIn(card.getAllInputs());
      return { openForms: open.map(({ id }) => id ?? ''), ...(cursor ? { cursor } : {}) };
    },
    goTo: ({ openForms, cursor }) => {
      for (const form of forms.filter(({ id }) => openForms.includes(id ?? '')))
        form.renderedElement?.click();
      const input = cursor && card.getAllInputs().find(({ id }) => id === cursor.input);
      const field = input?.renderedElement?.querySelector<Field>('input, textarea');
      if (!cursor || !field?.isConnected) return;
      field.focus();
      field.setSelectionRange(cursor.from, cursor.to);
    },
  };
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function cursorIn(inputs: readonly Input[]): CardPlace['cursor'] {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return undefined;
  const input = inputs.find(({ renderedElement }) => renderedElement?.contains(field));
  return input && { input: input.id ?? '', from: field.selectionStart, to: field.selectionEnd };
}
