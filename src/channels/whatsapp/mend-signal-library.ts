import { createRequire } from 'node:module';

/** The part of libsignal that is mended; its types do not show it. */
interface Cipher {
  decryptWithSessions: (this: Cipher, data: Buffer, sessions: readonly object[]) => Promise<object>;
}

let mended = false;

/**
 * libsignal tries a message on one session after the other, and each that does not fit is changed by the try: it takes
 * the message's key for its own next one. Stored with the one that fits, it can neither be read nor written with any
 * more. Here what did not fit is put back. Once in a process.
 */
export function mendSignalLibrary(): void {
  if (mended) return;
  mended = true;
  const library = createRequire(import.meta.url)('libsignal') as { SessionCipher: { prototype: Cipher } };
  const { prototype } = library.SessionCipher;
  const attempt = prototype.decryptWithSessions;
  prototype.decryptWithSessions = async function (data, sessions) {
    let unfit: { error: unknown } | undefined;
    for (const session of sessions) {
      const before = structuredClone({ ...session });
      try {
        return await attempt.call(this, data, [session]);
      } catch (error) {
        unfit = { error };
        Object.assign(session, revived(before));
      }
    }
    if (!unfit) return attempt.call(this, data, []);
    throw unfit.error;
  };
}

/** A clone has plain bytes where the library wants buffers. */
function revived(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, revived(one)]));
}
