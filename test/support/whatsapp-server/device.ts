import { generateSignalPubKey, type BinaryNode, type proto } from '@whiskeysockets/baileys';
import type { Connection } from './connection.js';
import type { KeyBundle, PublicPreKey, SignalPeer } from './signal-party.js';
import type { SimUser } from './sim-user.js';

/** Something the server keeps for a device until the device has answered it. */
export interface Waiting {
  node: BinaryNode;
  /** Of a message: how to send it again when the device asks. */
  again?: { user: SimUser; message: proto.IMessage; id: string; via: 'pn' | 'lid'; at: Date };
  /** The device refuses the copy it could not read after asking for another one under the same id. */
  skipRefusal?: boolean;
}

interface DeviceKeys {
  identity: Buffer;
  noise: Buffer;
  registrationId: number;
  signedPreKey: { id: number; key: Buffer; signature: Buffer };
}

/** A linked device (the client under test) as the server knows it: public keys and a queue. */
export class Device implements SignalPeer {
  readonly preKeys = new Map<number, Uint8Array>();
  /** Messages of the device that have come before, by id. */
  readonly seen = new Set<string>();
  queue: Waiting[] = [];
  connection: Connection | undefined;

  constructor(
    readonly pn: string,
    readonly id: number,
    readonly keyIndex: number,
    readonly keys: DeviceKeys,
  ) {}

  get name(): string {
    return `device-of-${this.pn}`;
  }

  get device(): number {
    return this.id;
  }

  addPreKey({ id, key }: PublicPreKey): void {
    this.preKeys.set(id, key);
  }

  /** What a sender gets; uses up one pre-key. */
  bundle(): KeyBundle {
    const { identity, registrationId, signedPreKey } = this.keys;
    const [first] = this.preKeys;
    if (!first) throw new Error('the device has no pre-keys left');
    this.preKeys.delete(first[0]);
    return {
      registrationId,
      identityKey: signalKey(identity),
      signedPreKey: {
        keyId: signedPreKey.id,
        publicKey: signalKey(signedPreKey.key),
        signature: signedPreKey.signature,
      },
      preKey: { keyId: first[0], publicKey: signalKey(first[1]) },
    };
  }
}

function signalKey(key: Uint8Array): Buffer {
  return Buffer.from(generateSignalPubKey(key));
}
