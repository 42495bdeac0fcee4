import type { KeyName, KeyWrite, Lease, LeasedAccount, WhatsAppStore } from '../channels/index.js';
import { LeaseLostError } from '../channels/index.js';
import { isDuplicateKey } from '../models/duplicate-key.js';
import type { Models } from '../models/index.js';
import type { WhatsAppAccount } from '../models/whatsapp-account.js';

type AccountStore = Pick<
  WhatsAppStore,
  'acquire' | 'renew' | 'release' | 'saveCredentials' | 'beginPairing' | 'readKeys' | 'writeKeys'
>;

type StagedKey = NonNullable<WhatsAppAccount['staged']>[number];

/**
 * Lease, credentials and keys of one number. Several keys are written all or none without a transaction: first as one
 * document of the account, which whoever takes the number over finishes, then each in its place.
 */
export function createAccountStore(
  { whatsappAccounts: accounts, whatsappKeys: keys }: Models,
  account: string,
): AccountStore {
  const held = ({ owner, fence }: Lease): object => ({ _id: account, leaseOwner: owner, fence });

  const update = async (lease: Lease, $set: Partial<WhatsAppAccount>): Promise<void> => {
    const { matchedCount } = await accounts.updateOne(held(lease), { $set });
    if (matchedCount === 0) throw new LeaseLostError();
  };

  const place = async ({ fence }: Lease, writes: readonly StagedKey[]): Promise<void> => {
    const filterOf = (_id: string): object => ({ _id, fence: { $lte: fence } });
    const operations = writes.map(({ _id, value }) =>
      value === null
        ? { deleteOne: { filter: filterOf(_id) } }
        : { updateOne: { filter: filterOf(_id), update: { $set: { value, fence } }, upsert: true } },
    );
    try {
      await keys.bulkWrite(operations);
    } catch (error) {
      // The key is there, with the fence of a later holder.
      if (isDuplicateKey(error)) throw new LeaseLostError('', { cause: error });
      throw error;
    }
  };

  const finishStaged = async (lease: Lease, staged: StagedKey[] | null): Promise<void> => {
    if (staged === null) return;
    await place(lease, staged);
    await update(lease, { staged: null });
  };

  return {
    async acquire(owner, now, until): Promise<LeasedAccount | undefined> {
      const taken = await takeLease(accounts, account, { owner, now, until });
      if (!taken) return undefined;
      const { fence, generation, credentials, staged } = taken;
      const lease = { account, owner, fence, generation };
      await finishStaged(lease, staged);
      return { lease, credentials };
    },

    renew: (lease, until) => update(lease, { leaseUntil: until }),

    async release(lease) {
      await accounts.updateOne(held(lease), { $set: { leaseOwner: null, leaseUntil: null } });
    },

    saveCredentials: (lease, credentials) => update(lease, { credentials }),

    async beginPairing(lease, now) {
      const { generation } = lease;
      const before = await accounts.findById(account, { credentials: 1 }).lean();
      const credentials = before?.credentials ?? null;
      const former = credentials === null ? {} : { former: { generation, credentials, at: now } };
      await update(lease, { ...former, credentials: null, staged: null, generation: generation + 1 });
      await keys.deleteMany({ _id: { $gte: `${account}\n`, $lt: prefix(account, generation) } });
      return { ...lease, generation: generation + 1 };
    },

    async readKeys(lease, names): Promise<KeyWrite[]> {
      const byId = new Map(names.map((name) => [keyId(lease, name), name]));
      const found = await keys.find({ _id: { $in: [...byId.keys()] } }, { value: 1 }).lean();
      return found.flatMap(({ _id, value }) => {
        const name = byId.get(_id);
        return name ? [{ ...name, value }] : [];
      });
    },

    async writeKeys(lease, writes) {
      const staged = writes.map(({ value, ...name }) => ({ _id: keyId(lease, name), value }));
      if (staged.length < 2) {
        await place(lease, staged);
        return;
      }
      await update(lease, { staged });
      await finishStaged(lease, staged);
    },
  };
}

async function takeLease(
  accounts: Models['whatsappAccounts'],
  account: string,
  { owner, now, until }: { owner: string; now: Date; until: Date },
): Promise<WhatsAppAccount | null> {
  const free = [{ leaseOwner: null }, { leaseOwner: owner }, { leaseUntil: { $lt: now } }];
  try {
    return await accounts
      .findOneAndUpdate(
        { _id: account, $or: free },
        { $set: { leaseOwner: owner, leaseUntil: until }, $inc: { fence: 1 } },
        { upsert: true, returnDocument: 'after', setDefaultsOnInsert: false },
      )
      .lean()
      .then((taken) => ({ ...EMPTY, ...taken }));
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

const EMPTY = { generation: 0, credentials: null, staged: null, former: null };

function keyId({ account, generation }: Lease, { type, id }: KeyName): string {
  return `${prefix(account, generation)}${type}\n${id}`;
}

/** Sorts like the generation, up to the millionth pairing. */
function prefix(account: string, generation: number): string {
  return `${account}\n${String(generation).padStart(6, '0')}\n`;
}
