/** The lines of a calendar file, unfolded (RFC 5545 3.1), as name with parameters and value. */
export function readCalendar(bytes: Buffer): {
  lines: string[];
  value: (name: string) => string | undefined;
} {
  const lines = bytes
    .toString('utf8')
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');
  const value = (name: string) =>
    lines
      .find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
      ?.replace(/^(?:[^":]|"[^"]*")*:/, '')
      .replace(/\\([\\;,n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
  return { lines, value };
}
