import type { BSONRegExp } from 'bson';
import { isRegex, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';

const POSIX: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  space: ' \\t\\n\\v\\f\\r',
  upper: 'A-Z',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};
const SPACES = ' \\t\\n\\v\\f\\r';
const ESCAPES: Record<string, string> = {
  s: `[${SPACES}]`,
  S: `[^${SPACES}]`,
  h: '[ \\t]',
  A: '^',
  z: '$',
  Z: '(?=\\n?$)',
};
const CLASS_ESCAPES: Record<string, string> = { s: SPACES, h: ' \\t' };
const PLAIN_ESCAPES = 'dDwWbBtnrfv0';

/** Turns a MongoDB (PCRE) pattern into a RegExp of the same meaning, or refuses what has none. */
export function toRegExp(pattern: string | BSONRegExp, options?: string): RegExp {
  const source = typeof pattern === 'string' ? pattern : pattern.pattern;
  let flags = options ?? (typeof pattern === 'string' ? '' : pattern.options);
  const lead = /^\(\?([imsx]+)\)/.exec(source);
  if (lead) flags += lead[1] ?? '';
  const bad = /[^imsxu]/.exec(flags);
  if (bad) throw new MongoError(51108, `invalid flag in regex options: ${bad[0]}`);
  const translated = new Translator(source.slice(lead?.[0].length ?? 0), flags).run();
  try {
    return new RegExp(translated, flags.includes('i') ? 'iu' : 'u');
  } catch (error) {
    throw refusal(
      `the regular expression /${source}/ (${error instanceof Error ? error.message : 'invalid'})`,
      51091,
    );
  }
}

/** Test for values: a string matches, and so does the same regular expression stored as a value. */
export function regexTest(
  pattern: string | BSONRegExp,
  options?: string,
): (value: Value | undefined) => boolean {
  const compiled = toRegExp(pattern, options);
  const source = typeof pattern === 'string' ? pattern : pattern.pattern;
  const flags = options ?? (typeof pattern === 'string' ? '' : pattern.options);
  return (value) =>
    typeof value === 'string'
      ? compiled.test(value)
      : isRegex(value) && value.pattern === source && value.options === flags;
}

class Translator {
  private at = 0;
  private out = '';

  constructor(
    private readonly source: string,
    private readonly flags: string,
  ) {}

  run(): string {
    while (this.at < this.source.length) this.token();
    return this.out;
  }

  private token(): void {
    const char = this.source[this.at] ?? '';
    if (this.flags.includes('x') && this.skipped(char)) return;
    this.at += 1;
    if (char === '\\') this.escape(false);
    else if (char === '[') this.characterClass();
    else if (char === '.') this.out += this.flags.includes('s') ? '[^]' : '[^\\n]';
    else if (char === '^') this.out += this.flags.includes('m') ? '(?<=^|\\n)' : '^';
    else if (char === '$') this.out += this.flags.includes('m') ? '(?=\\n|$)' : '(?=\\n?$)';
    else if (char === '(') this.group();
    else if ('*+?}'.includes(char)) this.quantifierEnd(char);
    else if (char === '{') this.brace();
    else this.out += char === ']' ? '\\]' : char === '/' ? '\\/' : char;
  }

  private skipped(char: string): boolean {
    if (/\s/.test(char)) {
      this.at += 1;
      return true;
    }
    if (char !== '#') return false;
    const end = this.source.indexOf('\n', this.at);
    this.at = end < 0 ? this.source.length : end + 1;
    return true;
  }

  private escape(inClass: boolean): void {
    const char = this.source[this.at] ?? '';
    this.at += 1;
    if (char === '') throw new MongoError(51091, 'Regular expression is invalid: \\ at end of pattern');
    const written = (inClass ? CLASS_ESCAPES : ESCAPES)[char];
    if (written !== undefined) this.out += written;
    else if (char === 'x') this.hexadecimal();
    else if (PLAIN_ESCAPES.includes(char) && !(inClass && char === 'B')) this.out += `\\${char}`;
    else if (/[1-9]/.test(char) && !inClass) this.out += `\\${char}`;
    else if (/[A-Za-z0-9]/.test(char)) throw refusal(`the escape \\${char} in a regular expression`, 51091);
    else this.out += /[\^$\\.*+?()[\]{}|/-]/.test(char) ? this.escaped(char, inClass) : char;
  }

  private escaped(char: string, inClass: boolean): string {
    return char === '-' && !inClass ? '-' : `\\${char}`;
  }

  private hexadecimal(): void {
    const digits = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(this.source.slice(this.at));
    if (!digits) throw refusal('the escape \\x without two digits in a regular expression', 51091);
    this.at += digits[0].length;
    this.out += `\\u{${digits[1] ?? digits[2] ?? '0'}}`;
  }

  private characterClass(): void {
    this.out += '[';
    if (this.source[this.at] === '^') this.literal('^');
    if (this.source[this.at] === ']') this.literal(']', '\\]');
    while (this.at < this.source.length && this.source[this.at] !== ']') this.classMember();
    this.literal(']');
  }

  private literal(char: string, written = char): void {
    if (this.source[this.at] !== char)
      throw new MongoError(51091, 'Regular expression is invalid: missing ]');
    this.at += 1;
    this.out += written;
  }

  private classMember(): void {
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.source.slice(this.at));
    const members = posix?.[1] === '' ? POSIX[posix[2] ?? ''] : undefined;
    if (posix) {
      if (members === undefined) throw refusal(`the class ${posix[0]} in a regular expression`, 51091);
      this.at += posix[0].length;
      this.out += members;
      return;
    }
    const char = this.source[this.at] ?? '';
    this.at += 1;
    if (char === '\\') this.escape(true);
    else this.out += '[(){}/|'.includes(char) ? `\\${char}` : char;
  }

  private group(): void {
    const rest = this.source.slice(this.at);
    const opening = /^\?(?::|=|!|<=|<!|P?<([A-Za-z_]\w*)>)/.exec(rest);
    if (rest.startsWith('?') && !opening)
      throw refusal('this kind of group (?… in a regular expression', 51091);
    if (rest.startsWith('*')) throw refusal('a verb (*… in a regular expression', 51091);
    this.at += opening?.[0].length ?? 0;
    this.out += `(${opening?.[1] === undefined ? (opening?.[0] ?? '') : `?<${opening[1]}>`}`;
  }

  private quantifierEnd(char: string): void {
    if (char === '}') {
      this.out += '\\}';
      return;
    }
    this.out += char;
    this.afterQuantifier();
  }

  private brace(): void {
    const counts = /^(\d+(?:,\d*)?)\}/.exec(this.source.slice(this.at));
    if (!counts) {
      this.out += '\\{';
      return;
    }
    this.at += counts[0].length;
    this.out += `{${counts[0]}`;
    this.afterQuantifier();
  }

  private afterQuantifier(): void {
    if (this.source[this.at] === '+') throw refusal('a possessive quantifier in a regular expression', 51091);
    if (this.source[this.at] === '?') {
      this.at += 1;
      this.out += '?';
    }
  }
}
