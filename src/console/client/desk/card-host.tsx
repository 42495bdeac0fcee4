import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { drawCard, type DrawnCard } from './draw-card.js';
import { prepareCard, type CardDraft } from './prepare-card.js';

interface CardHostProps {
  card: Readonly<Record<string, unknown>>;
  draft: CardDraft;
  busy: boolean;
  onDraft: (draft: CardDraft) => void;
  onSubmit: (data: Readonly<Record<string, unknown>>) => void;
}

/**
 * An Adaptive Card as Teams shows it. It is drawn anew only when it changes; open forms stay open, what is written stays in
 * them, and so does the cursor.
 */
export function CardHost({ card, draft, busy, onDraft, onSubmit }: CardHostProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef({ draft, busy, onDraft, onSubmit });
  useEffect(() => {
    latest.current = { draft, busy, onDraft, onSubmit };
  });
  const written = JSON.stringify(card);
  const left = useMemo(() => prepareCard(card, draft).left, [card, draft]);

  const drawn = useRef<DrawnCard>(undefined);
  useEffect(() => {
    if (!box.current) return;
    const place = drawn.current?.place();
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
  }, [written]);

  return (
    <>
      <div className="adaptive" ref={box} aria-busy={busy || undefined} inert={busy} />
      {left.length > 0 && (
        <section className="card-left" aria-label={t('desk.left')}>
          <p className="field-hint">{t('desk.left')}</p>
          {left.map((text) => (
            <p key={text} className="prose quoted">
              {text}
            </p>
          ))}
        </section>
      )}
    </>
  );
}
