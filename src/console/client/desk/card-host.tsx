import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { drawCard, type DrawnCard } from './draw-card.js';
import { prepareCard, type CardDraft } from './prepare-card.js';

interface CardHostProps {
  card: Readonly<Record<string, unknown>>;
  draft: CardDraft;
  busy: boolean;
  /** How many were taken here: after each the card begins afresh, its forms closed. */
  steps: number;
  onDraft: (draft: CardDraft) => void;
  onSubmit: (data: Readonly<Record<string, unknown>>) => void;
}

/**
 * An Adaptive Card as Teams shows it. It is drawn anew only when it changes; open forms stay open, what is written stays in
 * them, and so does the cursor.
 */
export function CardHost(props: CardHostProps): ReactNode {
  const { card, draft, busy, steps, onDraft, onSubmit } = props;
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef({ draft, busy, onDraft, onSubmit });
  useEffect(() => {
    latest.current = { draft, busy, onDraft, onSubmit };
  });
  const written = JSON.stringify(card);
  const left = useMemo(() => prepareCard(card, draft).left, [card, draft]);

  const discard = (): void => {
    const gone = new Set(left.map(({ id }) => id));
    onDraft(Object.fromEntries(Object.entries(draft).filter(([id]) => !gone.has(id))));
  };

  const drawn = useRef<DrawnCard>(undefined);
  const drawnAt = useRef(steps);
  useEffect(() => {
    if (!box.current) return;
    const focused = box.current.contains(document.activeElement);
    const place = drawnAt.current === steps ? drawn.current?.place() : undefined;
    drawnAt.current = steps;
    const { json, bases } = prepareCard(JSON.parse(written) as CardHostProps['card'], latest.current.draft);
    drawn.current = drawCard(box.current, json, {
      onSubmit: (data) => {
        if (!latest.current.busy) latest.current.onSubmit(data);
      },
      onType: (input, text) => {
        const base = bases[input] ?? '';
        const { [input]: _, ...others } = latest.current.draft;
        latest.current.draft = text === base ? others : { ...others, [input]: { text, base } };
        latest.current.onDraft(latest.current.draft);
      },
    });
    if (place) drawn.current.goTo(place);
    // The button that was pressed is gone: whoever works by keyboard goes on from the card.
    if (focused && !box.current.contains(document.activeElement)) box.current.focus();
  }, [written, steps]);

  return (
    <>
      <div className="adaptive" ref={box} tabIndex={-1} aria-busy={busy || undefined} />
      {left.length > 0 && (
        <section className="card-left" aria-label={t('desk.left')}>
          <p className="field-hint">{t('desk.left')}</p>
          {left.map(({ id, text }) => (
            <p key={id} className="prose quoted">
              {text}
            </p>
          ))}
          <Button small look="quiet" icon="trash" onClick={discard}>
            {t('desk.discard')}
          </Button>
        </section>
      )}
    </>
  );
}
