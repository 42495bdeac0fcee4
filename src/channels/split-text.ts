/**
 * Cuts a text into pieces of at most `limit` UTF-16 units, at the end of a paragraph, a line, a sentence or a word
 * where one lies in the second half, and never through a surrogate pair. Joined with what was cut off at the seams
 * (white space), the pieces are the text.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = endOfPiece(rest, limit);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '' || pieces.length === 0) pieces.push(rest);
  return pieces.filter((piece, index) => piece !== '' || index === 0);
}

const SEAMS = ['\n\n', '\n', '. ', ' '];

function endOfPiece(text: string, limit: number): number {
  const head = text.slice(0, limit + 1);
  for (const seam of SEAMS) {
    const at = head.lastIndexOf(seam);
    if (at >= limit / 2) return Math.min(at + seam.length, limit);
  }
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) && limit > 1;
  return splitsPair ? limit - 1 : limit;
}
