/** Beyond this an HTML body is cut before it is read: no letter is that long, and each step below is linear. */
const MAX_HTML = 2_000_000;

/** Elements whose words are not for reading. */
const UNSEEN = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'object',
  'svg',
  'iframe',
]);

const BLOCKS = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);

/** Have no end tag, so nothing in them can be hidden. */
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'wbr']);

const HIDDEN =
  /(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|\shidden(?=[\s>=]))/i;

/**
 * The words of an HTML body as plain text. Nothing of the markup is kept, so nothing in it can act; quotations get ">" as
 * in plain letters, hidden text (preheaders, tracking) is dropped.
 */
export function htmlToText(html: string): string {
  const out = new TextBuilder();
  const input = html.slice(0, MAX_HTML);
  let at = 0;
  while (at < input.length) {
    const open = input.indexOf('<', at);
    if (open < 0) {
      out.text(input.slice(at));
      break;
    }
    out.text(input.slice(at, open));
    if (input.startsWith('<!--', open)) {
      const end = input.indexOf('-->', open + 4);
      at = end < 0 ? input.length : end + 3;
      continue;
    }
    const close = endOfTag(input, open);
    const tag = input.slice(open, close);
    const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(tag) ?? [];
    if (name === '' && !/^<[!?/]/.test(tag)) {
      out.text('<');
      at = open + 1;
      continue;
    }
    out.tag(name.toLowerCase(), slash === '/', tag);
    at = close;
  }
  return out.result();
}

/**
 * Behind the tag's ">", which may also stand inside a quoted attribute; a tag that is not closed ends where the next one
 * begins, so that no character is looked at twice.
 */
function endOfTag(input: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < input.length; at += 1) {
    const char = input.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") {
      if (input.charAt(at - 1) === '=') quote = char;
    } else if (char === '>') {
      return at + 1;
    } else if (char === '<') {
      return at;
    }
  }
  return input.length;
}

class TextBuilder {
  readonly #lines: string[] = [];
  #line = '';
  #depth = 0;
  #unseen: { name: string; depth: number } | undefined;
  #preformatted = 0;

  text(raw: string): void {
    if (this.#unseen || raw === '') return;
    const decoded = decodeEntities(raw);
    const parts = this.#preformatted > 0 ? decoded.split(/\r?\n/) : [decoded.replace(/[ \t\r\n\f]+/g, ' ')];
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.#break();
      this.#line += this.#line === '' && this.#preformatted === 0 ? part.trimStart() : part;
    }
  }

  tag(name: string, closes: boolean, tag: string): void {
    if (this.#unseen) {
      this.#stayUnseen(name, closes);
      return;
    }
    if (!closes && !VOID.has(name) && !tag.endsWith('/>') && (UNSEEN.has(name) || HIDDEN.test(tag))) {
      this.#unseen = { name, depth: 1 };
      return;
    }
    if (name === 'br') this.#break();
    else if ((name === 'td' || name === 'th') && !closes) this.#line += this.#line === '' ? '' : ' ';
    else if (BLOCKS.has(name)) this.#block(name, closes);
  }

  #block(name: string, closes: boolean): void {
    if (this.#line.trim() !== '') this.#break();
    if (name === 'p' && closes) this.#gap();
    if (name === 'li' && !closes) this.#line = '- ';
    if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted + (closes ? -1 : 1));
    if (name === 'blockquote') this.#depth = Math.max(0, this.#depth + (closes ? -1 : 1));
  }

  result(): string {
    if (this.#line.trim() !== '') this.#break();
    return this.#lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }

  #stayUnseen(name: string, closes: boolean): void {
    if (!this.#unseen || this.#unseen.name !== name) return;
    this.#unseen.depth += closes ? -1 : 1;
    if (this.#unseen.depth === 0) this.#unseen = undefined;
  }

  #break(): void {
    this.#lines.push(this.#prefix() + this.#line.trimEnd());
    this.#line = '';
  }

  #gap(): void {
    if (this.#lines.length > 0) this.#lines.push(this.#prefix().trimEnd());
  }

  #prefix(): string {
    return this.#depth > 0 ? `${'>'.repeat(Math.min(this.#depth, 9))} ` : '';
  }
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bull: '•', middot: '·', copy: '©', reg: '®' },
  ...{ trade: '™', euro: '€', deg: '°', sect: '§', times: '×', frac12: '½', eacute: 'é', zwnj: '', shy: '' },
};

function decodeEntities(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,9}));/gi, (entity, decimal, hex, name) => {
      if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? entity;
      const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
        ? String.fromCodePoint(code)
        : '';
    })
    .replace(/[\u00A0\u2007\u202F]/g, ' ');
}
