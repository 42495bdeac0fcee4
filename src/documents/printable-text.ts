/** Stands in for a picture character that the font cannot draw. */
const EMOJI_MARK = '[emoji]';
/** Stands in for letters of a script that the font cannot draw. */
const OTHER_MARK = '[?]';

/** What Roboto draws, less what a letter never needs; checked against the font's own table in the tests. */
const DRAWN =
  /^[\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u018f\u0192\u01fa-\u01ff\u0218-\u021b\u0259\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u1e80-\u1e85\u1ea0-\u1ef9\u2010\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2025\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u2074\u2080-\u208e\u20ac\u2116\u2122\u2126\u215b-\u215e\u2202\u2206\u220f\u2211\u2212\u221a\u221e\u222b\u2248\u2260\u2264\u2265\u25a0\u25ca\u25cb\u25cf]*$/u;

/** Signs that people do type, and that have a plain way of writing. */
const PLAIN: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '⇒': '=>',
  '▪': '•',
  '◦': '•',
  '‣': '•',
};

/**
 * Characters without a place to break that are drawn in one piece. The renderer's time grows with the square of it:
 * 10,000 take over two seconds, pieces of 200 no longer than prose. Addresses of the web stay whole.
 */
const LONGEST_WORD = 200;
const TOO_LONG_WORD = new RegExp(`([^ \\n]{${LONGEST_WORD}})(?=[^ \\n])`, 'g');

const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });

/**
 * Text as the documents' font can draw it: line ends are made alike, invisible control characters (also those that
 * turn the reading direction) fall away, what the font lacks becomes a visible mark, one per run, and a space parts
 * words that are too long for the renderer.
 */
export function toPrintable(text: string): string {
  return toDrawn(text).replace(TOO_LONG_WORD, '$1 ');
}

/** Whether the printed text says all that was written. */
export function isFullyPrintable(text: string): boolean {
  return (
    DRAWN.test(tidy(text)) ||
    [...graphemes.segment(tidy(text))].every(({ segment }) => drawable(segment) !== undefined)
  );
}

function toDrawn(text: string): string {
  const clean = tidy(text);
  if (DRAWN.test(clean)) return clean;
  let result = '';
  for (const { segment } of graphemes.segment(clean)) {
    const drawn = drawable(segment);
    const mark = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(segment)
      ? EMOJI_MARK
      : OTHER_MARK;
    if (drawn !== undefined) result += drawn;
    else if (!result.endsWith(mark)) result += mark;
  }
  return result;
}

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, '    ')
    .replace(/[\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(
      /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu,
      (character) => (character === '\n' ? '\n' : ''),
    )
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The grapheme itself, a plain or compatible way of writing it, or undefined when the font has none. */
function drawable(grapheme: string): string | undefined {
  const bare = grapheme.replace(/[\u200c\u200d\ufe00-\ufe0f]/g, '');
  return [grapheme, PLAIN[bare], bare, bare.normalize('NFKC')].find(
    (candidate) => candidate !== undefined && DRAWN.test(candidate),
  );
}
