import {
  BufferJSON,
  initAuthCreds,
  proto,
  type AuthenticationCreds,
  type AuthenticationState,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
} from '@whiskeysockets/baileys';
import type { Sealer } from './seal.js';
import type { KeyWrite, Lease, WhatsAppStore } from './types.js';

/** The proof that we are a linked device, and the keys of every conversation. */
export interface Auth {
  readonly state: AuthenticationState;
  /** A phone has accepted us. */
  readonly paired: boolean;
  /** Keeps the credentials as they are now. */
  save(): void;
  /** Resolves when everything has been written, or has failed. */
  quiet(): Promise<void>;
}

interface AuthDeps {
  store: WhatsAppStore;
  sealer: Sealer;
  /**
   * Something was not written, so the memory may be ahead of the database, or not read, which the library takes for a
   * key that never was: the connection must not go on.
   */
  failed: (error: unknown) => void;
}

/** Keys held in memory; after so many the oldest half is read again when needed. */
const CACHED = 20_000;

/** @throws UnsealError when the key does not fit what is stored */
export function openAuth(lease: Lease, credentials: string | null, deps: AuthDeps): Auth {
  const { store, sealer } = deps;
  const name = `credentials ${lease.account} ${lease.generation}`;
  const creds = credentials === null ? initAuthCreds() : revive(sealer.unseal(name, credentials));
  const writes = createWriteLine(deps.failed);
  let dirty = false;
  return {
    state: { creds, keys: createKeys(lease, deps, writes) },
    get paired() {
      return creds.account !== undefined;
    },
    save() {
      if (dirty) return;
      dirty = true;
      const written = writes.run(async () => {
        dirty = false;
        await store.saveCredentials(lease, sealer.seal(name, JSON.stringify(creds, BufferJSON.replacer)));
      });
      written.catch(alreadyTold);
    },
    quiet: () => writes.idle(),
  };
}

function createKeys(lease: Lease, deps: AuthDeps, writes: WriteLine): SignalKeyStore {
  const { store, sealer } = deps;
  const cache = new Map<string, string>();
  const nameOf = (type: string, id: string): string =>
    `key ${lease.account} ${lease.generation} ${type} ${id}`;
  const remember = (type: string, id: string, json: string): void => {
    if (cache.size >= CACHED) for (const key of [...cache.keys()].slice(0, CACHED / 2)) cache.delete(key);
    cache.set(nameOf(type, id), json);
  };
  return {
    async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const missing = ids.filter((id) => !cache.has(nameOf(type, id)));
      if (missing.length > 0) {
        const names = missing.map((id) => ({ type, id }));
        const found = await store.readKeys(lease, names).catch((error: unknown) => {
          deps.failed(error);
          throw error;
        });
        for (const { id, value } of found)
          if (value !== null) remember(type, id, sealer.unseal(nameOf(type, id), value).toString());
      }
      const values: Record<string, SignalDataTypeMap[T]> = {};
      for (const id of ids) {
        const json = cache.get(nameOf(type, id));
        if (json !== undefined) values[id] = reviveKey(type, json);
      }
      return values;
    },
    set(data) {
      const changes = changesIn(data);
      return writes.run(async () => {
        const sealed = changes.map(({ type, id, value }): KeyWrite => ({
          ...{ type, id },
          value: value === null ? null : sealer.seal(nameOf(type, id), value),
        }));
        await store.writeKeys(lease, sealed);
        // Only what is in the database may be believed.
        for (const { type, id, value } of changes) {
          if (value === null) cache.delete(nameOf(type, id));
          else remember(type, id, value);
        }
      });
    },
  };
}

function changesIn(data: SignalDataSet): KeyWrite[] {
  return Object.entries(data).flatMap(([type, values]) =>
    Object.entries(values).map(([id, value]: [string, unknown]) => ({
      ...{ type, id },
      value: value === null || value === undefined ? null : JSON.stringify(value, BufferJSON.replacer),
    })),
  );
}

function reviveKey<T extends keyof SignalDataTypeMap>(type: T, json: string): SignalDataTypeMap[T] {
  const value = JSON.parse(json, BufferJSON.reviver) as object;
  const revived = type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value) : value;
  return revived as SignalDataTypeMap[T];
}

function revive(json: Buffer): AuthenticationCreds {
  return JSON.parse(json.toString(), BufferJSON.reviver) as AuthenticationCreds;
}

/** Writes one after the other; after one that failed nothing more is written. */
interface WriteLine {
  run(write: () => Promise<void>): Promise<void>;
  idle(): Promise<void>;
}

function createWriteLine(failed: (error: unknown) => void): WriteLine {
  let last: Promise<void> = Promise.resolve();
  let broken: { error: unknown } | undefined;
  return {
    run(write) {
      const written = last.then(async () => {
        if (broken) throw broken.error;
        try {
          await write();
        } catch (error) {
          broken = { error };
          failed(error);
          throw error;
        }
      });
      last = written.catch(alreadyTold);
      return written;
    },
    async idle() {
      for (let seen; seen !== last;) {
        seen = last;
        await seen;
      }
    },
  };
}

function alreadyTold(): void {
  // `failed` has heard of it.
}
