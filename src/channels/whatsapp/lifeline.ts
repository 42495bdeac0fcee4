import type { Auth } from './auth-state.js';
import { openConnection, type Connection, type ConnectionEvents } from './connection.js';
import { GIVE_UP_AFTER, nextAfter, STABLE_AFTER, type Next } from './reconnect.js';
import type { WhatsAppPorts } from './types.js';
import { createWaits } from './waits.js';

interface LifelineDeps {
  ports: WhatsAppPorts;
  events: Pick<ConnectionEvents, 'keep' | 'handedOver' | 'receipt' | 'findSent'>;
  qr: (connection: Connection, code: string) => void;
  /** A phone has accepted us. */
  paired: () => void;
  open: () => void;
  /** The connection has ended before a phone had accepted us. */
  unused: () => void;
  /** The connection has ended; what follows begins by itself, unless it is to stop. */
  ended: (next: Next, facts: { code: string; attempt: number }) => void;
  /** It is time for the next connection. */
  again: () => void;
}

/** Code of a connection that showed no sign of life. */
const TIMED_OUT = 408;

/** Connections on the credentials of the number, one after the other, each with a socket of its own. */
export class Lifeline {
  readonly #waits;
  #auth: Auth | undefined;
  #connection: Connection | undefined;
  /** Connections that have ended since the last stable one, and how many because of another client. */
  #failures = 0;
  #replaced = 0;

  constructor(private readonly deps: LifelineDeps) {
    this.#waits = createWaits(deps.ports.timers);
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  connect(auth: Auth): void {
    this.#connection?.sever();
    this.#auth = auth;
    const { qr, paired, ports, events } = this.deps;
    const mine = (act: () => void) => (): void => {
      if (this.#connection === connection) act();
    };
    const connection: Connection = openConnection(ports, auth, {
      ...events,
      qr: (code) => {
        mine(() => {
          // The code stands as long as the platform lets it.
          this.#waits.callOff('watchdog');
          qr(connection, code);
        })();
      },
      paired: mine(paired),
      open: mine(() => {
        this.#opened();
      }),
      ended: (code) => {
        if (this.#connection !== connection) return;
        this.#connection = undefined;
        this.#waits.callOffAll();
        void this.#afterEnd(connection, auth, code);
      },
    });
    this.#connection = connection;
    this.#waits.later('watchdog', GIVE_UP_AFTER, () => {
      connection.sever(TIMED_OUT);
    });
  }

  /** Ends what there is, and begins nothing; resolves when nothing of it is under way. */
  async end(): Promise<void> {
    const auth = this.#auth;
    const before = this.drop();
    await before?.quiet();
    await auth?.quiet();
  }

  /** The same, with nothing waited for. */
  drop(): Connection | undefined {
    this.#waits.callOffAll();
    const before = this.#connection;
    this.#connection = undefined;
    this.#auth = undefined;
    before?.sever();
    return before;
  }

  /** What has failed before does not count any more. */
  forgive(): void {
    this.#failures = this.#replaced = 0;
  }

  #opened(): void {
    this.#waits.callOffAll();
    this.#waits.later('stable', STABLE_AFTER, () => {
      this.forgive();
    });
    this.deps.open();
  }

  async #afterEnd(connection: Connection, auth: Auth, code: number | undefined): Promise<void> {
    // What is on its way into the database belongs to the next connection.
    await connection.quiet();
    await auth.quiet();
    if (auth !== this.#auth || this.#connection) return;
    if (!auth.paired) {
      this.deps.unused();
      return;
    }
    this.#failures += 1;
    if (code === 440) this.#replaced += 1;
    const { random } = this.deps.ports;
    const next = nextAfter({ code, failures: this.#failures, replaced: this.#replaced, random });
    this.deps.ended(next, { code: String(code), attempt: this.#failures });
    if (next.do === 'connect') this.#waits.later('reconnect', next.after, this.deps.again);
  }
}
