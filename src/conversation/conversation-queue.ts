/** Runs tasks of one conversation one after the other, tasks of different conversations side by side. */
export interface ConversationQueue {
  run<T>(conversationId: string, task: () => Promise<T>): Promise<T>;
  /** Resolves when no task is waiting or running. */
  idle(): Promise<void>;
}

export function createConversationQueue(): ConversationQueue {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(conversationId, task) {
      const before = tails.get(conversationId) ?? Promise.resolve();
      const result = before.then(task, task);
      const tail = result.then(ignore, ignore).then(() => {
        if (tails.get(conversationId) === tail) tails.delete(conversationId);
      });
      tails.set(conversationId, tail);
      return result;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}

function ignore(): void {
  // The caller of `run` sees the error; the queue only needs to know that the task is over.
}
