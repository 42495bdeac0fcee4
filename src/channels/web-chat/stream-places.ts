export interface StreamPlaces {
  /** Takes a place; returns the way to give it back, or undefined when all are taken. */
  take(ip: string): (() => void) | undefined;
}

/** At most `limit` open streams per address on the internet. */
export function createStreamPlaces(limit: number): StreamPlaces {
  const taken = new Map<string, number>();

  return {
    take(ip) {
      const count = taken.get(ip) ?? 0;
      if (count >= limit) return undefined;
      taken.set(ip, count + 1);
      return () => {
        const left = (taken.get(ip) ?? 1) - 1;
        if (left > 0) taken.set(ip, left);
        else taken.delete(ip);
      };
    },
  };
}
