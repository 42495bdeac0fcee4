/** A letter's words, apart from what its mail program and its sender put around them. */
export interface CutLetter {
  /** What was written this time. */
  body: string;
  signature: string;
  /** What was written before, by either side. */
  quoted: string;
}

/** Further than this an attribution is not looked for: it wraps over two lines, three at most. */
const ATTRIBUTION_LINES = 3;

/** A block of "From: / Sent: / To: / Subject:" lines has at least this many of them. */
const HEADER_LINES = 3;

/** A signature after "-- " is short; longer text behind such a line was written for reading. */
const MAX_SIGNATURE_LINES = 15;

/**
 * Cuts quoted text and signature off. Every line of the text is in exactly one of the three parts, in its order; a letter
 * without quotation is its own body. Knows the ways of Outlook, Gmail, Apple Mail, Thunderbird and phones, in English and
 * Indonesian.
 */
export function cutQuote(text: string): CutLetter {
  const lines = text.split('\n');
  const end = startOfHistory(lines);
  const quoted = new Set<number>();
  for (let at = end; at < lines.length; at += 1) quoted.add(at);
  for (const at of quotedLines(lines.slice(0, end))) quoted.add(at);
  const kept = lines.flatMap((_, at) => (quoted.has(at) ? [] : [at]));
  const from = startOfSignature(lines, kept);
  const part = (wanted: (at: number) => boolean): string =>
    lines
      .filter((_, at) => wanted(at))
      .join('\n')
      .trim();
  return {
    body: part((at) => !quoted.has(at) && at < from),
    signature: part((at) => !quoted.has(at) && at >= from),
    quoted: part((at) => quoted.has(at)),
  };
}

const SEPARATOR =
  /^[ \t]*(?:-{2,}|_{2,})[ \t]*(?:original message|original appointment|forwarded message|pesan asli|pesan terusan|pesan yang diteruskan|surat asli)[ \t]*(?:-{2,}|_{2,})[ \t]*$/i;

const FORWARDED = /^[ \t]*(?:begin forwarded message|awal pesan terusan|awal pesan yang diteruskan):[ \t]*$/i;

const HEADER_LINE =
  /^[ \t]*\*?(?:from|sent|date|to|cc|subject|dari|dikirim|terkirim|tanggal|kepada|ke|tembusan|perihal|subjek)[ \t]?:\*?[ \t]*\S/i;

const FIRST_HEADER = /^[ \t]*\*?(?:from|dari)[ \t]?:\*?[ \t]*\S/i;

/** The line from which on everything is history; its length where there is none. */
function startOfHistory(lines: readonly string[]): number {
  for (const [at, line] of lines.entries()) {
    if (SEPARATOR.test(line) || FORWARDED.test(line)) return at;
    if (FIRST_HEADER.test(line) && startsHeaderBlock(lines, at)) return isRule(lines[at - 1]) ? at - 1 : at;
  }
  return lines.length;
}

/** Outlook: "From: … / Sent: … / To: … / Subject: …" in consecutive lines. */
function startsHeaderBlock(lines: readonly string[], at: number): boolean {
  let found = 0;
  for (const line of lines.slice(at, at + 6)) {
    if (!HEADER_LINE.test(line)) break;
    found += 1;
  }
  return found >= HEADER_LINES;
}

function isRule(line: string | undefined): boolean {
  return line !== undefined && /^[ \t]*_{10,}[ \t]*$/.test(line);
}

/** ">" lines and the words that introduce them; what was written between or below them stays. */
function quotedLines(lines: readonly string[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (/^[ \t]{0,3}>/.test(lines[at] ?? '')) {
      found.push(at);
      continue;
    }
    const length = attributionAt(lines, at);
    if (length === 0) continue;
    for (let part = 0; part < length; part += 1) found.push(at + part);
    at += length - 1;
  }
  return found;
}

/** "On Mon, 2 Mar 2026 at 10:00, Sari Contoh <sari@contoh.go.id> wrote:" */
const ATTRIBUTION = /^[ \t]*(?:on|pada)\b.{4,300}\b(?:wrote|menulis|tulis|telah menulis)[ \t]?:[ \t]*$/i;

/** "Sari Contoh <sari@contoh.go.id> menulis pada Sen, 2 Mar 2026 10.00:" */
const ATTRIBUTION_BY_NAME = /^[ \t]*\S.{0,120}<[^<>\s]+@[^<>\s]+>[ \t]*(?:wrote|menulis)\b.{0,120}:[ \t]*$/i;

/** How many lines from here introduce a quotation: an attribution counts only where one follows, or nothing does. */
function attributionAt(lines: readonly string[], at: number): number {
  if (!/^[ \t]*(?:on|pada)\b|<[^<>\s]*@|@[^<>\s]*>/i.test(lines[at] ?? '')) return 0;
  let joined = '';
  for (let length = 1; length <= ATTRIBUTION_LINES && at + length <= lines.length; length += 1) {
    const line = lines[at + length - 1] ?? '';
    if (line.trim() === '') return 0;
    joined = `${joined} ${line.trim()}`;
    if (joined.length > 500) return 0;
    if (ATTRIBUTION.test(joined) || ATTRIBUTION_BY_NAME.test(joined))
      return introduces(lines, at + length) ? length : 0;
  }
  return 0;
}

function introduces(lines: readonly string[], from: number): boolean {
  const next = lines.slice(from).find((line) => line.trim() !== '');
  return next === undefined || /^[ \t]{0,3}>/.test(next);
}

const DEVICE =
  /^[ \t]*(?:sent from my |sent from (?:outlook|mail|yahoo)|get outlook for |dikirim dari |terkirim dari |diperoleh dari outlook|dapatkan outlook untuk )/i;

/** The line from which on the kept lines are the signature; looked for from the end, where it stands. */
function startOfSignature(lines: readonly string[], kept: readonly number[]): number {
  const first = kept.find((at) => (lines[at] ?? '').trim() !== '') ?? 0;
  let start = Number.POSITIVE_INFINITY;
  let below = 0;
  for (let index = kept.length - 1; index >= 0 && below <= MAX_SIGNATURE_LINES; index -= 1) {
    const at = kept[index] ?? 0;
    const line = lines[at] ?? '';
    // A letter that is nothing but a signature keeps it as its words.
    if (at <= first) break;
    // "Sent from my iPhone" stands last; what follows it was written below the quotation.
    if (/^-- ?$/.test(line) || (below === 0 && line.length < 100 && DEVICE.test(line))) start = at;
    if (line.trim() !== '') below += 1;
  }
  return start;
}
