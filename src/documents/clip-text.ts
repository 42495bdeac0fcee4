/** Capitals are drawn wider: they count this much. */
const CAPITAL = 1.5;

/** The text on one line, for places that have room for `most` characters and no more. */
export function clipText(text: string, most: number): string {
  const characters = Array.from(text.replace(/\s+/g, ' ').trim());
  let room = most;
  const end = characters.findIndex((character) => (room -= /\p{Lu}/u.test(character) ? CAPITAL : 1) < 0);
  if (end < 0) return characters.join('');
  return `${characters
    .slice(0, Math.max(0, end - 1))
    .join('')
    .trimEnd()}…`;
}
