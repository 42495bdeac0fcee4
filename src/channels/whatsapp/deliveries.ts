/** What is under way on one connection, from the first attempt to encrypt it to the platform's answer. */
export interface Deliveries<Content> {
  /**
   * Sends under an id of ours; one that is under way already is not sent beside itself.
   * @returns the platform's answer: undefined when it took the message, else its code.
   * @throws ConnectionEnded
   */
  readonly deliver: (jid: string, content: Content, id: string) => Promise<string | undefined>;
  answered(id: string, code: string | undefined): void;
  /** Nothing is answered any more. */
  end(): void;
}

/** The line broke before the platform answered. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';

  /** @param tried false when the message was still waiting for its turn */
  constructor(
    readonly tried: boolean,
    options?: ErrorOptions,
  ) {
    super('the connection has ended', options);
  }
}

interface Delivery {
  result: Promise<string | undefined>;
  readonly settle: (answer: { code: string | undefined } | undefined) => void;
}

/**
 * @param relay resolves when the bytes have left, and calls `begun` when it is the turn of the message
 * @param broken whether nothing can leave any more; true before `end` is told
 */
export function createDeliveries<Content>(
  relay: (jid: string, content: Content, id: string, begun: () => void) => Promise<unknown>,
  broken: () => boolean,
): Deliveries<Content> {
  const underWay = new Map<string, Delivery>();
  let ended = false;

  const begin = (jid: string, content: Content, id: string): Delivery => {
    let settle: Delivery['settle'] = () => undefined;
    const answer = new Promise<{ code: string | undefined } | undefined>((resolve) => (settle = resolve));
    let tried = false;
    const relayed = relay(jid, content, id, () => (tried = true)).then(() => answer);
    const wait = async (): Promise<string | undefined> => {
      try {
        const answered = await Promise.race([answer, relayed]);
        if (answered) return answered.code;
      } catch (error) {
        throw ended || broken() ? new ConnectionEnded(tried, { cause: error }) : error;
      } finally {
        underWay.delete(id);
      }
      throw new ConnectionEnded(tried);
    };
    return { result: wait(), settle };
  };

  return {
    deliver(jid, content, id) {
      if (ended) return Promise.reject(new ConnectionEnded(false));
      let delivery = underWay.get(id);
      if (!delivery) {
        delivery = begin(jid, content, id);
        underWay.set(id, delivery);
      }
      return delivery.result;
    },
    answered: (id, code) => underWay.get(id)?.settle({ code }),
    end() {
      ended = true;
      for (const { settle } of underWay.values()) settle(undefined);
    },
  };
}
