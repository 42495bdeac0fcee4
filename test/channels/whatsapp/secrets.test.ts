import { afterEach, expect, it } from 'vitest';
import { createSealer, UnsealError } from '../../../src/channels/whatsapp/seal.js';
import { NUMBER, startNumber, type Number } from './number.js';

let number: Number;
afterEach(async () => {
  await number.close();
});

/** Everything in the database, as text. */
async function everythingStored(): Promise<string> {
  const { db } = number.models.connection;
  const collections = await db!.collections();
  const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
  return JSON.stringify(documents);
}

it('keys and messages on their way lie sealed in the database, and what is handled is gone from there', async () => {
  number = await startNumber();
  await number.up();
  await number.user.text(NUMBER, 'Rahasia masuk');
  await number.received(1);
  await number.channel.send(number.message('Rahasia keluar'));
  const stored = await everythingStored();
  expect(stored).toContain(number.user.lid);
  for (const secret of ['noiseKey', 'signedIdentityKey', 'privKey', 'private', 'advSecretKey', 'Rahasia'])
    expect(stored).not.toContain(secret);
  const [row] = await number.models.whatsappInbound.find().lean();
  expect(row).toMatchObject({ pending: false, payload: null });
});

it('a key that does not fit is named, and nothing is overwritten', async () => {
  number = await startNumber();
  await number.up();
  await number.restart({ key: Buffer.alloc(32, 9) });
  expect(number.channel.health()).toEqual({
    state: 'down',
    reason: 'WHATSAPP_KEY does not fit the stored credentials',
  });
  await number.restart();
  await number.up();
});

it('what is sealed opens only with its key and under its name', async () => {
  number = await startNumber({ paired: false });
  const sealer = createSealer(Buffer.alloc(32, 1));
  const sealed = sealer.seal('key a', 'rahasia');
  expect(sealer.unseal('key a', sealed).toString()).toBe('rahasia');
  expect(sealer.seal('key a', 'rahasia')).not.toBe(sealed);
  expect(() => sealer.unseal('key b', sealed)).toThrow(UnsealError);
  expect(() => createSealer(Buffer.alloc(32, 2)).unseal('key a', sealed)).toThrow(UnsealError);
});
