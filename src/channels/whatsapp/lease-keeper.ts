import { LeaseLostError, type Lease, type LeasedAccount, type WhatsAppPorts } from './types.js';

/** One process per number: two on the same credentials throw each other out for ever. */
export interface LeaseKeeper {
  /** @returns undefined while another process has the number */
  acquire(): Promise<LeasedAccount | undefined>;
  /** Keeps it until `release`, or until it is lost. */
  keep(lease: Lease): void;
  release(): Promise<void>;
}

/** A process that died holds a number for so long. */
const LEASE = 30_000;
const RENEWAL = 10_000;

export function createLeaseKeeper(
  { store, clock, timers, owner, log }: WhatsAppPorts,
  lost: () => void,
): LeaseKeeper {
  let held: { lease: Lease; until: number } | undefined;
  let callOff = (): void => undefined;
  const untilFromNow = (): Date => new Date(clock.now().getTime() + LEASE);

  const renew = async (lease: Lease): Promise<void> => {
    const until = untilFromNow();
    try {
      await store.renew(lease, until);
      if (held?.lease === lease) held.until = until.getTime();
    } catch (error) {
      log.warn({ err: error, channel: 'whatsapp' }, 'the lease of the number was not renewed');
      if (held?.lease !== lease) return;
      const over = error instanceof LeaseLostError || held.until <= clock.now().getTime() + RENEWAL;
      if (over) {
        held = undefined;
        lost();
      }
    }
    if (held?.lease === lease) schedule(lease);
  };

  const schedule = (lease: Lease): void => {
    callOff = timers.after(RENEWAL, () => void renew(lease));
  };

  return {
    acquire: () => store.acquire(owner, clock.now(), untilFromNow()),
    keep(lease) {
      callOff();
      held = { lease, until: untilFromNow().getTime() };
      schedule(lease);
    },
    async release() {
      callOff();
      const last = held?.lease;
      held = undefined;
      if (last) await store.release(last);
    },
  };
}
