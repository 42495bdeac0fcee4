import type { ChannelHealth } from '../../conversation/channel.js';
import { PairingError } from '../../conversation/pairing.js';
import { openAuth, type Auth } from './auth-state.js';
import { openConnection, type Connection, type ConnectionEvents } from './connection.js';
import { createLeaseKeeper, type LeaseKeeper } from './lease-keeper.js';
import type { PairingBoard } from './pairing-board.js';
import { GIVE_UP_AFTER, nextAfter, STABLE_AFTER } from './reconnect.js';
import { UnsealError, type Sealer } from './seal.js';
import { LeaseLostError, type Lease, type LeasedAccount, type WhatsAppPorts } from './types.js';
import type { Self } from './verify.js';

interface ConnectorDeps {
  ports: WhatsAppPorts;
  sealer: Sealer;
  board: PairingBoard;
  events: Pick<ConnectionEvents, 'keep' | 'handedOver' | 'receipt' | 'findSent'>;
  /** We have the number: what an earlier holder left may be taken up. */
  acquired: () => void;
  report: (health: ChannelHealth) => void;
}

/** How long to wait before asking again for a number that another process has, or for a database that is away. */
const ASK_AGAIN = 10_000;

/** Code of a connection that showed no sign of life. */
const TIMED_OUT = 408;

/** Holds the number, and a connection whenever there can be one. One at a time, each with a socket of its own. */
export class Connector {
  readonly #keeper: LeaseKeeper;
  #lease: Lease | undefined;
  #auth: Auth | undefined;
  #connection: Connection | undefined;
  /** Something was not written: memory is not to be believed until it has been read again. */
  #broken = false;
  #unlinked = false;
  #failures = 0;
  #replaced = 0;
  #phone: string | undefined;
  #stopped = false;
  readonly #waits = new Map<string, () => void>();

  constructor(private readonly deps: ConnectorDeps) {
    this.#keeper = createLeaseKeeper(deps.ports, () => {
      this.#lose();
    });
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  get self(): Self {
    return this.#auth?.state.creds.me ?? {};
  }

  /** Takes the number and, when it is paired, begins to connect. */
  async start(): Promise<void> {
    const taken = await this.#acquire();
    if (!taken || this.#stopped) return;
    this.#broken = false;
    this.#lease = taken.lease;
    this.#keeper.keep(taken.lease);
    try {
      this.#auth = this.#open(taken.lease, taken.credentials);
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      await this.#keeper.release();
      this.#report('down', 'WHATSAPP_KEY does not fit the stored credentials', error);
      return;
    }
    this.deps.acquired();
    if (this.#auth.paired) {
      this.#showPaired();
      this.#connect();
    } else this.#waitForOperator();
  }

  /** @throws PairingError */
  async pair(phone?: string): Promise<void> {
    if (phone !== undefined && !/^[1-9]\d{7,14}$/.test(phone)) throw new PairingError('bad-phone');
    if (!this.#lease) throw new PairingError('not-available');
    if (this.#auth?.paired && !this.#unlinked) throw new PairingError('already-paired');
    await this.#startAfresh();
    this.#phone = phone;
    this.deps.board.write({ phase: 'waiting', since: this.deps.ports.clock.now() });
    this.#connect();
  }

  async unpair(): Promise<void> {
    // WhatsApp may not answer; here the link is given up all the same.
    await this.#connection?.unlink().catch((error: unknown) => {
      const facts = { err: error, channel: 'whatsapp' };
      this.deps.ports.log.warn(facts, 'WhatsApp was not told of the end of the link');
    });
    if (this.#lease) await this.#startAfresh();
    this.#waitForOperator();
  }

  /** Ends the connection without telling WhatsApp that anything has arrived. */
  sever(): void {
    this.#connection?.sever();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#callOff();
    const before = this.#connection;
    before?.sever();
    await before?.quiet();
    await this.#auth?.quiet();
    await this.#keeper.release();
    this.#lease = undefined;
  }

  async #acquire(): Promise<LeasedAccount | undefined> {
    try {
      const taken = await this.#keeper.acquire();
      if (taken) return taken;
      this.#report('down', 'another process has the number');
    } catch (error) {
      this.#report('down', 'the database is away', error);
    }
    this.#later('lease', ASK_AGAIN, () => void this.start());
    return undefined;
  }

  #open(lease: Lease, credentials: string | null): Auth {
    const { store } = this.deps.ports;
    const failed = (error: unknown): void => {
      if (error instanceof LeaseLostError) {
        this.#lose();
        return;
      }
      this.#broken = true;
      this.#report('down', 'keys cannot be stored', error);
      this.#connection?.sever();
    };
    return openAuth(lease, credentials, { store, sealer: this.deps.sealer, failed });
  }

  /** New credentials for a new pairing; the ones before are kept apart. */
  async #startAfresh(): Promise<void> {
    const { ports } = this.deps;
    this.#callOff();
    const before = this.#connection;
    this.#connection = undefined;
    before?.sever();
    await before?.quiet();
    await this.#auth?.quiet();
    if (!this.#lease) return;
    this.#lease = await ports.store.beginPairing(this.#lease, ports.clock.now());
    this.#keeper.keep(this.#lease);
    this.#auth = this.#open(this.#lease, null);
    this.#unlinked = false;
    this.#failures = this.#replaced = 0;
    this.#phone = undefined;
  }

  #connect(): void {
    const auth = this.#auth;
    if (!auth || this.#stopped) return;
    const mine = (act: () => void) => (): void => {
      if (this.#connection === connection) act();
    };
    const connection: Connection = openConnection(this.deps.ports, auth, {
      ...this.deps.events,
      qr: (code) => {
        mine(() => void this.#show(connection, code))();
      },
      paired: mine(() => {
        this.#report('starting');
      }),
      open: mine(() => {
        this.#opened();
      }),
      ended: (code) => {
        if (this.#connection !== connection) return;
        this.#connection = undefined;
        this.#callOff();
        void this.#afterEnd(connection, auth, code);
      },
    });
    this.#connection = connection;
    this.#later('watchdog', GIVE_UP_AFTER, () => {
      connection.sever(TIMED_OUT);
    });
  }

  #opened(): void {
    this.#callOff();
    this.#later('stable', STABLE_AFTER, () => {
      this.#failures = this.#replaced = 0;
    });
    this.#showPaired();
    this.#report('up');
  }

  #showPaired(): void {
    const phone = /^\d+/.exec(this.self.id ?? '')?.[0];
    this.deps.board.write(phone === undefined ? { phase: 'paired' } : { phase: 'paired', phone });
  }

  /** A QR stands for a minute, the later ones for twenty seconds; a code is asked for once. */
  async #show(connection: Connection, qr: string): Promise<void> {
    this.#waits.get('watchdog')?.();
    const { board, ports } = this.deps;
    const before = board.read();
    const waiting =
      before.phase === 'waiting' ? before : { phase: 'waiting' as const, since: ports.clock.now() };
    board.write({ ...waiting, qr });
    const phone = this.#phone;
    if (phone === undefined || waiting.code !== undefined) return;
    this.#phone = undefined;
    try {
      const code = await connection.socket.requestPairingCode(phone);
      const now = board.read();
      if (now.phase === 'waiting') board.write({ ...now, code });
    } catch (error) {
      ports.log.warn({ err: error, channel: 'whatsapp' }, 'no pairing code');
    }
  }

  async #afterEnd(connection: Connection, auth: Auth, code: number | undefined): Promise<void> {
    // What is on its way into the database belongs to the next connection.
    await connection.quiet();
    await auth.quiet();
    if (this.#stopped || auth !== this.#auth) return;
    if (!auth.paired) {
      this.#waitForOperator('the code was not used in time');
      return;
    }
    this.#failures += 1;
    if (code === 440) this.#replaced += 1;
    const { random, log } = this.deps.ports;
    const next = nextAfter({ code, failures: this.#failures, replaced: this.#replaced, random });
    const facts = { channel: 'whatsapp', code: String(code), attempt: this.#failures };
    if (next.do === 'stop') {
      log.error(facts, 'WhatsApp has ended the connection for good');
      this.#unlinked = next.unpaired;
      if (next.unpaired) this.deps.board.write({ phase: 'unpaired', reason: next.reason });
      this.#report('down', next.reason);
      return;
    }
    log[next.alert ? 'error' : 'warn'](facts, 'connection to WhatsApp ended');
    if (code === 515) this.#report('starting');
    else if (!this.#broken) this.#report('down', next.reason);
    this.#later('reconnect', next.after, () => {
      if (this.#broken) void this.start();
      else this.#connect();
    });
  }

  #waitForOperator(reason?: string): void {
    this.deps.board.write(reason === undefined ? { phase: 'unpaired' } : { phase: 'unpaired', reason });
    this.#report('down', 'not paired');
  }

  #lose(): void {
    if (!this.#lease || this.#stopped) return;
    const before = this.#connection;
    this.#connection = undefined;
    this.#lease = undefined;
    this.#auth = undefined;
    this.#callOff();
    before?.sever();
    this.#report('down', 'another process has the number');
    this.#later('lease', ASK_AGAIN, () => void this.start());
  }

  #report(state: ChannelHealth['state'], reason?: string, error?: unknown): void {
    if (error !== undefined) this.deps.ports.log.error({ err: error, channel: 'whatsapp' }, reason ?? state);
    this.deps.report(reason === undefined ? { state } : { state, reason });
  }

  #later(name: string, milliseconds: number, act: () => void): void {
    this.#waits.get(name)?.();
    if (this.#stopped) return;
    const callOff = this.deps.ports.timers.after(milliseconds, () => {
      this.#waits.delete(name);
      act();
    });
    this.#waits.set(name, callOff);
  }

  #callOff(): void {
    for (const callOff of this.#waits.values()) callOff();
    this.#waits.clear();
  }
}
