/** A name of its own for each press; `crypto.randomUUID` is missing where a tablet reaches the office by plain http. */
export function pressKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
