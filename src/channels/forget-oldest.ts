/** Keeps what is remembered from growing without bound: after each addition, what was put in first is forgotten. */
export function forgetOldest<Key>(memory: Map<Key, unknown> | Set<Key>, most: number): void {
  const [oldest] = memory.keys();
  if (memory.size > most && oldest !== undefined) memory.delete(oldest);
}
