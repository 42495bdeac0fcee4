/** A unique index said no. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11_000;
}

/** The first field of the unique index that said no; null for any other error. */
export function duplicateField(error: unknown): string | null {
  if (!isDuplicateKey(error)) return null;
  const { keyPattern } = error as { keyPattern?: Readonly<Record<string, number>> };
  return Object.keys(keyPattern ?? {})[0] ?? null;
}
