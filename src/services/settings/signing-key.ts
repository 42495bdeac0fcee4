import { randomBytes } from 'node:crypto';
import type { Models } from '../../models/index.js';

const SIGNING_KEY = 'signing-key';

/** The key that signs links to files, made at the first start; every process on the same database shares it. */
export async function readSigningKey(models: Models, now: Date): Promise<Buffer> {
  const fresh = { value: randomBytes(32).toString('hex'), updatedAt: now };
  const setting = await models.settings
    .findOneAndUpdate(
      { _id: SIGNING_KEY },
      { $setOnInsert: fresh },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  if (typeof setting.value !== 'string' || setting.value.length !== 64)
    throw new Error('the stored signing key is damaged');
  return Buffer.from(setting.value, 'hex');
}
