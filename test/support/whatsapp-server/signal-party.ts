import { randomBytes } from 'node:crypto';
import {
  Curve,
  encodeWAMessage,
  generateSignalPubKey,
  signedKeyPair,
  type KeyPair,
  type proto,
} from '@whiskeysockets/baileys';
import * as libsignal from 'libsignal';

/** What a sender needs to open a Signal session with somebody. */
export interface KeyBundle {
  registrationId: number;
  identityKey: Uint8Array;
  signedPreKey: { keyId: number; publicKey: Uint8Array; signature: Uint8Array };
  preKey: { keyId: number; publicKey: Uint8Array };
}

export interface PublicPreKey {
  id: number;
  key: Uint8Array;
}

/** Where a client's messages come from, to a Signal party: a name and a device. */
export interface SignalPeer {
  readonly name: string;
  readonly device: number;
  bundle(): KeyBundle;
}

/** Somebody with a Signal identity of their own: keys and sessions in memory, real cryptography. */
export class SignalParty {
  readonly registrationId = randomBytes(2).readUInt16BE() & 16_383;
  readonly identity = Curve.generateKeyPair();
  readonly signedPreKey = signedKeyPair(this.identity, 1);
  readonly #preKeys = new Map<number, KeyPair>();
  readonly #sessions = new Map<string, Uint8Array>();
  #nextPreKey = 1;

  takePreKey(): PublicPreKey {
    const id = this.#nextPreKey++;
    const pair = Curve.generateKeyPair();
    this.#preKeys.set(id, pair);
    return { id, key: pair.public };
  }

  async encrypt(
    peer: SignalPeer,
    message: proto.IMessage | Uint8Array,
    fresh = false,
  ): Promise<{ type: 'pkmsg' | 'msg'; ciphertext: Buffer }> {
    const address = addressOf(peer);
    if (fresh) this.#sessions.delete(address.toString());
    const open = (await this.#store.loadSession(address.toString()))?.haveOpenSession();
    if (!open) await new libsignal.SessionBuilder(this.#store, address).initOutgoing(peer.bundle());
    const plain = message instanceof Uint8Array ? message : encodeWAMessage(message);
    const sealed = await new libsignal.SessionCipher(this.#store, address).encrypt(Buffer.from(plain));
    return { type: sealed.type === 3 ? 'pkmsg' : 'msg', ciphertext: Buffer.from(sealed.body, 'binary') };
  }

  decrypt(peer: SignalPeer, type: string | undefined, ciphertext: Uint8Array): Promise<Buffer> {
    const cipher = new libsignal.SessionCipher(this.#store, addressOf(peer));
    return type === 'pkmsg'
      ? cipher.decryptPreKeyWhisperMessage(ciphertext)
      : cipher.decryptWhisperMessage(ciphertext);
  }

  readonly #store: libsignal.SignalStorage = {
    loadSession: (id) => {
      const stored = this.#sessions.get(id);
      return Promise.resolve(stored && libsignal.SessionRecord.deserialize(stored));
    },
    storeSession: (id, record) => {
      this.#sessions.set(id, record.serialize());
      return Promise.resolve();
    },
    isTrustedIdentity: () => true,
    loadPreKey: (id) => {
      const pair = this.#preKeys.get(Number(id));
      return Promise.resolve(pair && signalKeys(pair));
    },
    removePreKey: (id) => void this.#preKeys.delete(id),
    loadSignedPreKey: () => signalKeys(this.signedPreKey.keyPair),
    getOurRegistrationId: () => this.registrationId,
    getOurIdentity: () => signalKeys(this.identity),
  };
}

function addressOf({ name, device }: SignalPeer): libsignal.ProtocolAddress {
  return new libsignal.ProtocolAddress(name, device);
}

function signalKeys(pair: KeyPair): { privKey: Buffer; pubKey: Buffer } {
  return { privKey: Buffer.from(pair.private), pubKey: Buffer.from(generateSignalPubKey(pair.public)) };
}
