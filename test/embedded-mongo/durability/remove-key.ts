import { prefix } from '../../../src/embedded-mongo/store/record-keys.js';
import type { Store } from '../../../src/embedded-mongo/store/store.js';

/** Damages an index: one key is moved to a record that does not exist. */
export function removeKeyForTest(store: Store): Promise<void> {
  const [collection] = store.collections.values();
  const index = collection?.indexes.find(({ unique }) => !unique);
  if (!index) throw new Error('there is no plain index');
  return store.write(() => {
    const [first] = [
      ...store.keys.getKeys({ start: prefix(index.id), end: prefix(index.id + 1), limit: 1 }),
    ].map((key) => Buffer.from(key));
    if (!first) throw new Error('the index is empty');
    store.keys.removeSync(first);
    const surplus = Buffer.from(first);
    surplus.writeUIntBE(999_999, surplus.length - 6, 6);
    store.keys.putSync(surplus, Buffer.alloc(0));
  });
}
