/** What a line at the terminal means. */
export type Command =
  | { kind: 'nothing' }
  | { kind: 'quit' }
  | { kind: 'help' }
  | { kind: 'file'; path: string; caption: string | undefined }
  | { kind: 'text'; text: string };

/** `/file PATH [caption]` takes quotes around a path with spaces; `//…` sends a text that starts with a slash. */
export function parseLine(line: string): Command {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  if (text.startsWith('//')) return { kind: 'text', text: text.slice(1) };
  const [, name, rest = ''] = /^\/(\w+)(?:\s+(.*))?$/s.exec(text) ?? [];
  if (name === 'quit') return { kind: 'quit' };
  if (name === 'file') return fileCommand(rest);
  if (name === 'help') return { kind: 'help' };
  return { kind: 'text', text };
}

function fileCommand(rest: string): Command {
  const [, quoted, plain, caption] = /^(?:"([^"]+)"|(\S+))(?:\s+(.*))?$/s.exec(rest) ?? [];
  const path = quoted ?? plain;
  return path === undefined ? { kind: 'help' } : { kind: 'file', path, caption };
}
