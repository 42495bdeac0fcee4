/** Parts of an invented letter; what is left out gets a plain default. */
export interface LetterParts {
  from?: string;
  to?: string;
  subject?: string;
  id?: string;
  references?: readonly string[];
  date?: Date;
  text?: string;
  html?: string;
  headers?: readonly string[];
  files?: readonly { name: string; type: string; bytes: Buffer; headers?: readonly string[] }[];
}

let letters = 0;

/** An RFC 5322 letter as a mail program writes it. */
export function letter(parts: LetterParts = {}): string {
  letters += 1;
  const { from = 'Sari Contoh <sari@contoh.go.id>', to = 'kantor@dering.example', text = '' } = parts;
  const head = [
    ...(parts.headers ?? []),
    `From: ${from}`,
    `To: ${to}`,
    ...(parts.subject === undefined ? [] : [`Subject: ${encodeWord(parts.subject)}`]),
    `Message-ID: ${parts.id ?? `<surat-${letters}@contoh.go.id>`}`,
    ...(parts.references?.length
      ? [`In-Reply-To: ${parts.references.at(-1) ?? ''}`, `References: ${parts.references.join(' ')}`]
      : []),
    `Date: ${(parts.date ?? new Date('2026-03-02T02:00:00Z')).toUTCString()}`,
    'MIME-Version: 1.0',
  ];
  return [...head, ...body(text, parts)].join('\r\n');
}

function body(text: string, { html, files = [] }: LetterParts): string[] {
  const words =
    html === undefined
      ? part('text/plain', text)
      : multipart('alternative', [
          ...(text === '' ? [] : [part('text/plain', text)]),
          part('text/html', html),
        ]);
  if (files.length === 0) return words;
  const enclosed = files.map(({ name, type, bytes, headers = [] }) => [
    `Content-Type: ${type}; name="${encodeWord(name)}"`,
    ...(headers.length > 0 ? headers : [`Content-Disposition: attachment; filename="${encodeWord(name)}"`]),
    'Content-Transfer-Encoding: base64',
    '',
    ...lines(bytes.toString('base64')),
  ]);
  return multipart('mixed', [words, ...enclosed]);
}

function part(type: string, text: string): string[] {
  return [
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...lines(Buffer.from(text).toString('base64')),
  ];
}

function multipart(kind: string, parts: readonly string[][]): string[] {
  const boundary = `batas-${kind}-${letters}`;
  return [
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    '',
    ...parts.flatMap((inner) => [`--${boundary}`, ...inner]),
    `--${boundary}--`,
  ];
}

function lines(base64: string): string[] {
  return base64.match(/.{1,76}/g) ?? [''];
}

function encodeWord(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}
