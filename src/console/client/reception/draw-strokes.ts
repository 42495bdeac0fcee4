/** Points in pixels of the canvas. */
export type Stroke = readonly { x: number; y: number }[];

/** The same in light and dark: it is printed on white paper. */
const PAPER = '#ffffff';
const INK = '#101828';
const LINE_WIDTH = 5;

/** Draws all strokes anew, each as one smooth line. */
export function drawStrokes(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.strokeStyle = INK;
  context.lineWidth = LINE_WIDTH;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) drawStroke(context, stroke);
}

/** PNG in base64, without the beginning of a data address. */
export function pictureOf(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

/** From middle to middle of its points, bent by the points themselves. */
function drawStroke(context: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first, ...rest] = stroke;
  if (!first) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  let before = first;
  for (const point of rest) {
    context.quadraticCurveTo(before.x, before.y, (before.x + point.x) / 2, (before.y + point.y) / 2);
    before = point;
  }
  // A tap alone is a dot.
  context.lineTo(before.x, before.y);
  context.stroke();
}
