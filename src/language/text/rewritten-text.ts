import type { Span } from '../types.js';

interface Piece {
  from: number;
  to: number;
  start: number;
  end: number;
}

/** A text put together from pieces of another, which remembers where each piece came from. */
export class RewrittenText {
  #text = '';
  readonly #pieces: Piece[] = [];

  get text(): string {
    return this.#text;
  }

  /** Appends `written` for the original `start..end`. */
  add(written: string, start: number, end: number): void {
    if (written === '') return;
    this.#pieces.push({ from: this.#text.length, to: this.#text.length + written.length, start, end });
    this.#text += written;
  }

  /** The original span of `from..to`; a piece of another length is taken whole. */
  originalSpan(from: number, to: number): Span {
    const first = this.#pieceAt(from);
    const last = this.#pieceAt(Math.max(from, to - 1));
    if (first === undefined || last === undefined) return { start: 0, end: 0 };
    const start = isVerbatim(first) ? first.start + (from - first.from) : first.start;
    const end = isVerbatim(last) ? last.start + (to - last.from) : last.end;
    return { start, end: Math.max(start, end) };
  }

  #pieceAt(position: number): Piece | undefined {
    let [low, high] = [0, this.#pieces.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const piece = this.#pieces[middle];
      if (piece === undefined) return undefined;
      if (position < piece.from) high = middle - 1;
      else if (position >= piece.to) low = middle + 1;
      else return piece;
    }
    return undefined;
  }
}

function isVerbatim(piece: Piece): boolean {
  return piece.to - piece.from === piece.end - piece.start;
}
