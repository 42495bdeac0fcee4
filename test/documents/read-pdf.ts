import { inflateSync } from 'node:zlib';

/** What a reader sees of a PDF made by this product: pages with their text in drawing order. */
export interface ReadPdf {
  pages: readonly PdfPage[];
  /** Document information as written: Title, Author, CreationDate. */
  info: string;
}

export interface PdfPage {
  text: string;
  /** How far to the right anything is written, in points from the left edge of the paper. */
  rightEdge: number;
}

interface Font {
  unicode: ReadonlyMap<string, string>;
  /** Per glyph, in thousandths of the font size. */
  widths: readonly number[];
}

interface PdfObject {
  dictionary: string;
  stream?: string;
}

/**
 * Reads back the plain subset of PDF that pdfkit writes (no object streams, Identity-H fonts with ToUnicode maps).
 * White space is made single, because justified text is drawn word by word.
 */
export function readPdf(bytes: Buffer): ReadPdf {
  const objects = readObjects(bytes);
  const get = (reference: string | undefined): PdfObject => {
    const found = objects.get(Number(reference));
    if (!found) throw new Error(`PDF object ${reference ?? '?'} is missing`);
    return found;
  };
  const catalog = get(/\/Root (\d+) 0 R/.exec(bytes.toString('latin1'))?.[1]);
  const tree = get(/\/Pages (\d+) 0 R/.exec(catalog.dictionary)?.[1]);
  const kids = references(/\/Kids \[([^\]]*)\]/.exec(tree.dictionary)?.[1] ?? '');
  const pages = kids.map((kid) => {
    const page = get(kid).dictionary;
    const resources = get(/\/Resources (\d+) 0 R/.exec(page)?.[1]).dictionary;
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => {
        const { dictionary } = get(id);
        const unicode = readUnicodeMap(get(/\/ToUnicode (\d+) 0 R/.exec(dictionary)?.[1]).stream ?? '');
        const descendant = get(/\/DescendantFonts \[(\d+) 0 R\]/.exec(dictionary)?.[1]).dictionary;
        const widths = (/\/W \[0 \[([^\]]*)\]/.exec(descendant)?.[1] ?? '').split(' ').map(Number);
        return [name ?? '', { unicode, widths }] as const;
      }),
    );
    return readPage(get(/\/Contents (\d+) 0 R/.exec(page)?.[1]).stream ?? '', fonts);
  });
  const info = get(/\/Info (\d+) 0 R/.exec(bytes.toString('latin1'))?.[1]).dictionary.replace(
    /(\d+) 0 R/g,
    (_, id: string) => get(id).dictionary,
  );
  return { pages, info };
}

function readObjects(bytes: Buffer): Map<number, PdfObject> {
  const file = bytes.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of file.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const start = match.index + match[0].length;
    const length = /^<<[\s\S]*?\/Length (\d+)[\s\S]*?>>\nstream\n/.exec(
      file.slice(start, file.indexOf('endobj', start)),
    );
    if (!length) {
      objects.set(Number(match[1]), { dictionary: file.slice(start, file.indexOf('\nendobj', start)) });
      continue;
    }
    const from = start + length[0].length;
    const raw = bytes.subarray(from, from + Number(length[1]));
    const stream = length[0].includes('/FlateDecode') ? inflateSync(raw) : raw;
    objects.set(Number(match[1]), { dictionary: length[0], stream: stream.toString('latin1') });
  }
  return objects;
}

function references(list: string): string[] {
  return [...list.matchAll(/(\d+) 0 R/g)].map(([, id]) => id ?? '');
}

function readUnicodeMap(cmap: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [, from = '', values = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    [...values.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, value = ''], index) => {
      const code = (Number.parseInt(from, 16) + index).toString(16).padStart(4, '0');
      map.set(code, Buffer.from(value.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    });
  }
  return map;
}

function readPage(content: string, fonts: ReadonlyMap<string, Font>): PdfPage {
  let font: Font | undefined;
  let size = 0;
  let x = 0;
  let y: string | undefined;
  let text = '';
  let rightEdge = 0;
  for (const [, left, bottom, name, points, array] of content.matchAll(
    /1 0 0 1 ([\d.]+) ([\d.]+) Tm|\/(F\d+) ([\d.]+) Tf|\[([^\]]*)\] TJ/g,
  )) {
    if (left !== undefined) {
      // Lines are drawn word by word; what starts where the last piece ended on the same line belongs to it.
      if (bottom !== y || Math.abs(Number(left) - x) > 0.5) text += ' ';
      x = Number(left);
      y = bottom;
    } else if (name !== undefined) {
      font = fonts.get(name);
      size = Number(points);
    }
    for (const [piece] of (array ?? '').matchAll(/<[0-9a-f]+>|-?[\d.]+/g)) {
      if (!piece.startsWith('<')) x -= (Number(piece) / 1000) * size;
      else
        for (const code of piece.match(/[0-9a-f]{4}/g) ?? []) {
          const character = font?.unicode.get(code) ?? '\ufffd';
          text += character;
          x += ((font?.widths[Number.parseInt(code, 16)] ?? Number.NaN) / 1000) * size;
          if (character !== ' ') rightEdge = Math.max(rightEdge, x);
        }
    }
  }
  return { text: text.replace(/\s+/g, ' ').trim(), rightEdge };
}
