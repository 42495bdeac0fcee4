import type { ChannelHealth } from '../../conversation/channel.js';
import { PairingError } from '../../conversation/pairing.js';
import { openAuth, type Auth } from './auth-state.js';
import type { Connection, ConnectionEvents } from './connection.js';
import { createLeaseKeeper, type LeaseKeeper } from './lease-keeper.js';
import { Lifeline } from './lifeline.js';
import type { PairingBoard } from './pairing-board.js';
import type { Next } from './reconnect.js';
import { UnsealError, type Sealer } from './seal.js';
import { showCode } from './show-code.js';
import { LeaseLostError, type Lease, type LeasedAccount, type WhatsAppPorts } from './types.js';
import type { Self } from './verify.js';
import { createWaits } from './waits.js';

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

/** Holds the number and its credentials, and keeps a connection whenever there can be one. */
export class Connector {
  readonly #keeper: LeaseKeeper;
  readonly #lifeline: Lifeline;
  readonly #waits;
  #lease: Lease | undefined;
  #auth: Auth | undefined;
  /** Something was not read or written: memory is not to be believed until it has been read again. */
  #broken = false;
  #unlinked = false;
  #phone: string | undefined;
  #stopped = false;
  /** What operators ask for, one after the other. */
  #operations: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: ConnectorDeps) {
    const { ports, events } = deps;
    this.#waits = createWaits(ports.timers);
    this.#keeper = createLeaseKeeper(ports, () => {
      this.#lose();
    });
    this.#lifeline = new Lifeline({
      ...{ ports, events },
      qr: (connection, qr) => {
        const phone = this.#phone;
        this.#phone = undefined;
        void showCode(connection, { qr, phone }, () => connection === this.connection, deps);
      },
      paired: () => {
        this.#report('starting');
      },
      open: () => {
        this.#showPaired();
        this.#report('up');
      },
      unused: () => {
        this.#waitForOperator('the code was not used in time');
      },
      ended: (next, facts) => {
        this.#ended(next, facts);
      },
      again: () => {
        if (this.#broken) void this.start();
        else if (this.#auth) this.#lifeline.connect(this.#auth);
      },
    });
  }

  get connection(): Connection | undefined {
    return this.#lifeline.connection;
  }

  get self(): Self {
    return this.#auth?.state.creds.me ?? {};
  }

  /** Takes the number and, when it is paired, begins to connect; what fails is reported and tried again. */
  async start(): Promise<void> {
    try {
      await this.#begin();
    } catch (error) {
      this.#report('down', 'the database is away', error);
      this.#askAgain();
    }
  }

  /** @throws PairingError */
  pair(phone?: string): Promise<void> {
    return this.#inTurn(async () => {
      if (phone !== undefined && !/^[1-9]\d{7,14}$/.test(phone)) throw new PairingError('bad-phone');
      if (!this.#lease) throw new PairingError('not-available');
      if (this.#auth?.paired && !this.#unlinked) throw new PairingError('already-paired');
      const auth = await this.#startAfresh(this.#lease);
      this.#phone = phone;
      this.deps.board.write({ phase: 'waiting', since: this.deps.ports.clock.now() });
      this.#lifeline.connect(auth);
    });
  }

  /** @throws PairingError */
  unpair(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#lease) throw new PairingError('not-available');
      // WhatsApp may not answer; here the link is given up all the same.
      await this.connection?.unlink().catch((error: unknown) => {
        const facts = { err: error, channel: 'whatsapp' };
        this.deps.ports.log.warn(facts, 'WhatsApp was not told of the end of the link');
      });
      await this.#startAfresh(this.#lease);
      this.#waitForOperator();
    });
  }

  /** Ends the connection without telling WhatsApp that anything has arrived. */
  sever(): void {
    this.connection?.sever();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waits.callOffAll();
    await this.#lifeline.end();
    this.#lease = undefined;
    await this.#keeper.release();
  }

  async #begin(): Promise<void> {
    const taken = await this.#acquire();
    if (!taken) return;
    const { lease, credentials } = taken;
    this.#keeper.keep(lease);
    if (this.#stopped) {
      await this.#keeper.release();
      return;
    }
    this.#broken = false;
    this.#lease = lease;
    let auth: Auth;
    try {
      auth = this.#auth = this.#open(lease, credentials);
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      this.#lease = undefined;
      this.#report('down', 'WHATSAPP_KEY does not fit the stored credentials', error);
      await this.#keeper.release();
      return;
    }
    this.deps.acquired();
    if (auth.paired) {
      this.#showPaired();
      this.#lifeline.connect(auth);
    } else this.#waitForOperator();
  }

  async #acquire(): Promise<LeasedAccount | undefined> {
    const taken = await this.#keeper.acquire();
    if (taken) return taken;
    this.#report('down', 'another process has the number');
    this.#askAgain();
    return undefined;
  }

  #open(lease: Lease, credentials: string | null): Auth {
    const { ports, sealer } = this.deps;
    const failed = (error: unknown): void => {
      if (auth !== this.#auth) return;
      if (error instanceof LeaseLostError) {
        this.#lose();
        return;
      }
      this.#broken = true;
      this.#report('down', 'keys cannot be read or stored', error);
      this.sever();
    };
    const auth = openAuth(lease, credentials, { store: ports.store, sealer, failed });
    return auth;
  }

  /** New credentials for a new pairing; the ones before are kept apart. */
  async #startAfresh(before: Lease): Promise<Auth> {
    const { ports } = this.deps;
    await this.#lifeline.end();
    let lease: Lease;
    try {
      lease = await ports.store.beginPairing(before, ports.clock.now());
    } catch (error) {
      // Nothing is connected now; what is stored says how it goes on.
      this.#report('down', 'the database is away', error);
      this.#askAgain();
      throw error;
    }
    if (this.#stopped || this.#lease !== before) throw new PairingError('not-available');
    this.#lease = lease;
    this.#keeper.keep(lease);
    this.#unlinked = false;
    this.#lifeline.forgive();
    this.#phone = undefined;
    return (this.#auth = this.#open(lease, null));
  }

  #ended(next: Next, facts: { code: string; attempt: number }): void {
    const { log } = this.deps.ports;
    const details = { channel: 'whatsapp', ...facts };
    if (next.do === 'stop') {
      log.error(details, 'WhatsApp has ended the connection for good');
      this.#unlinked = next.unpaired;
      if (next.unpaired) this.deps.board.write({ phase: 'unpaired', reason: next.reason });
      this.#report('down', next.reason);
      return;
    }
    log[next.alert ? 'error' : 'warn'](details, 'connection to WhatsApp ended');
    if (facts.code === '515') this.#report('starting');
    else if (!this.#broken) this.#report('down', next.reason);
  }

  #showPaired(): void {
    const phone = /^\d+/.exec(this.self.id ?? '')?.[0];
    this.deps.board.write(phone === undefined ? { phase: 'paired' } : { phase: 'paired', phone });
  }

  #waitForOperator(reason?: string): void {
    this.deps.board.write(reason === undefined ? { phase: 'unpaired' } : { phase: 'unpaired', reason });
    this.#report('down', 'not paired');
  }

  #lose(): void {
    if (!this.#lease || this.#stopped) return;
    this.#lease = undefined;
    this.#auth = undefined;
    this.#lifeline.drop();
    this.#report('down', 'another process has the number');
    this.#askAgain();
  }

  #askAgain(): void {
    if (!this.#stopped) this.#waits.later('lease', ASK_AGAIN, () => void this.start());
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#operations.then(act);
    this.#operations = done.catch(ignore);
    return done;
  }

  #report(state: ChannelHealth['state'], reason?: string, error?: unknown): void {
    if (error !== undefined) this.deps.ports.log.error({ err: error, channel: 'whatsapp' }, reason ?? state);
    this.deps.report(reason === undefined ? { state } : { state, reason });
  }
}

function ignore(): void {
  // The operator hears of it.
}
