import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Turns secrets into text that only the holder of the key can read, and only under the name they were sealed for. */
export interface Sealer {
  seal(name: string, secret: string | Uint8Array): string;
  /** @throws UnsealError */
  unseal(name: string, sealed: string): Buffer;
  /** The same for the same words, and not to be guessed. */
  derive(words: string): string;
}

/** The key does not fit, or somebody has changed or moved what was stored. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function createSealer(key: Buffer): Sealer {
  const keyFor = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `dering whatsapp ${use}`, 32));
  const sealing = keyFor('seal');
  const naming = keyFor('derive');
  return {
    seal(name, secret) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, sealing, iv).setAAD(Buffer.from(name));
      const body = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    unseal(name, sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
      try {
        const cipher = createDecipheriv(ALGORITHM, sealing, bytes.subarray(0, IV_BYTES));
        cipher.setAAD(Buffer.from(name)).setAuthTag(tag);
        return Buffer.concat([cipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), cipher.final()]);
      } catch (error) {
        throw new UnsealError('what is stored cannot be opened with this key', { cause: error });
      }
    },
    derive: (words) => createHmac('sha256', naming).update(words).digest('hex'),
  };
}
