/** Lets a test wait for what it wants to see, woken by every event instead of by a clock. */
export class Changes {
  #waiting = new Set<() => void>();

  touch = (): void => {
    for (const look of [...this.#waiting]) look();
  };

  /**
   * Resolves as soon as `look` finds something.
   * @param patience milliseconds after which the test has failed
   */
  until<T>(
    look: () => T | undefined | false | null | '' | 0,
    what = look.toString(),
    patience = 15_000,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = setTimeout(() => {
        this.#waiting.delete(attempt);
        reject(new Error(`never came: ${what}`));
      }, patience);
      const attempt = (): void => {
        const found = look();
        if (!found) return;
        clearTimeout(end);
        this.#waiting.delete(attempt);
        resolve(found);
      };
      this.#waiting.add(attempt);
      attempt();
    });
  }
}
