import { useEffect, useRef, type PointerEvent, type ReactNode, type RefObject } from 'react';
import { drawStrokes, type Stroke } from './draw-strokes.js';

/** Pixels of the picture; on the screen it is as wide as there is room. */
const WIDTH = 1000;
const HEIGHT = 360;

interface SignaturePadProps {
  ref: RefObject<HTMLCanvasElement | null>;
  strokes: readonly Stroke[];
  label: string;
  onChange: (strokes: readonly Stroke[]) => void;
}

/** Takes strokes of finger, pen or mouse; a stroke goes on outside of it until it is lifted. */
export function SignaturePad({ ref, strokes, label, onChange }: SignaturePadProps): ReactNode {
  const drawing = useRef<{ pointer: number; stroke: { x: number; y: number }[] } | null>(null);
  useEffect(() => {
    if (ref.current) drawStrokes(ref.current, []);
  }, [ref]);

  const draw = (event: PointerEvent<HTMLCanvasElement>): void => {
    const current = drawing.current;
    if (current?.pointer !== event.pointerId) return;
    const between = event.nativeEvent.getCoalescedEvents();
    for (const at of between.length > 0 ? between : [event.nativeEvent]) {
      current.stroke.push(pointOf(event.currentTarget, at));
    }
    drawStrokes(event.currentTarget, [...strokes, current.stroke]);
  };
  const end = (event: PointerEvent<HTMLCanvasElement>): void => {
    const current = drawing.current;
    if (current?.pointer !== event.pointerId) return;
    drawing.current = null;
    onChange([...strokes, current.stroke]);
  };
  return (
    <canvas
      ref={ref}
      className="signature-pad"
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        // A palm on the glass does not sign.
        if (drawing.current || !event.isPrimary || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drawing.current = { pointer: event.pointerId, stroke: [] };
        draw(event);
      }}
      onPointerMove={draw}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}

function pointOf(
  canvas: HTMLCanvasElement,
  { clientX, clientY }: { clientX: number; clientY: number },
): { x: number; y: number } {
  const box = canvas.getBoundingClientRect();
  return {
    x: Math.round(((clientX - box.left) / box.width) * canvas.width),
    y: Math.round(((clientY - box.top) / box.height) * canvas.height),
  };
}
