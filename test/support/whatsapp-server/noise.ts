import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  NOISE_MODE,
  proto,
  sha256,
  WA_CERT_DETAILS,
  type KeyPair,
} from '@whiskeysockets/baileys';

/** Who the stand-in says it is: a chain of three keys like WhatsApp's, all made here. */
export interface Authority {
  readonly root: KeyPair;
  readonly static: KeyPair;
  readonly chain: Buffer;
}

const NOTHING = Buffer.alloc(0);

export function makeAuthority(): Authority {
  const [root, intermediate, leaf] = [
    Curve.generateKeyPair(),
    Curve.generateKeyPair(),
    Curve.generateKeyPair(),
  ];
  const details = (serial: number, issuerSerial: number, key: Uint8Array): Uint8Array =>
    proto.CertChain.NoiseCertificate.Details.encode({ serial, issuerSerial, key }).finish();
  const signed = (by: KeyPair, body: Uint8Array): { details: Uint8Array; signature: Uint8Array } => ({
    details: body,
    signature: Curve.sign(by.private, body),
  });
  const chain = proto.CertChain.encode({
    leaf: signed(intermediate, details(2, 1, leaf.public)),
    intermediate: signed(root, details(1, 0, intermediate.public)),
  }).finish();
  return { root, static: leaf, chain: Buffer.from(chain) };
}

/** Makes the client in this process believe the stand-in's chain, as it believes WhatsApp's. */
export function trustAuthority(rootPublic: Uint8Array): void {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootPublic);
}

/** The server's side of Noise_XX_25519_AESGCM_SHA256 as WhatsApp Web speaks it. */
export class ServerNoise {
  state: 'hello' | 'finish' | 'open' = 'hello';
  clientStatic: Buffer = NOTHING;
  #hash: Buffer = Buffer.from(NOISE_MODE);
  #chaining: Buffer = this.#hash;
  #key: Buffer = this.#hash;
  #counter = 0;
  #ephemeral = Curve.generateKeyPair();
  #buffered: Buffer = NOTHING;
  #introduced = false;
  #transport: { in: Buffer; out: Buffer; received: number; sent: number } = {
    in: NOTHING,
    out: NOTHING,
    received: 0,
    sent: 0,
  };

  constructor(private readonly authority: Authority) {}

  /** Takes raw bytes; yields whole frames without their length. */
  *frames(data: Buffer): Generator<Buffer> {
    this.#buffered = Buffer.concat([this.#buffered, data]);
    if (!this.#introduced && !this.#readIntroduction()) return;
    while (this.#buffered.length >= 3) {
      const length = this.#buffered.readUIntBE(0, 3);
      if (this.#buffered.length < 3 + length) return;
      const frame = this.#buffered.subarray(3, 3 + length);
      this.#buffered = this.#buffered.subarray(3 + length);
      yield frame;
    }
  }

  /** @returns the frame that answers the client's hello. */
  hello(frame: Buffer): Buffer {
    const { clientHello } = proto.HandshakeMessage.decode(frame);
    const theirs = Buffer.from(clientHello?.ephemeral ?? NOTHING);
    this.#mixHash(theirs);
    this.#mixHash(this.#ephemeral.public);
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, theirs));
    const sealedStatic = this.#encrypt(this.authority.static.public);
    this.#mixKey(Curve.sharedKey(this.authority.static.private, theirs));
    const payload = this.#encrypt(this.authority.chain);
    this.state = 'finish';
    const serverHello = { ephemeral: this.#ephemeral.public, static: sealedStatic, payload };
    return framed(proto.HandshakeMessage.encode({ serverHello }).finish());
  }

  finish(frame: Buffer): proto.ClientPayload {
    const { clientFinish } = proto.HandshakeMessage.decode(frame);
    this.clientStatic = this.#decrypt(Buffer.from(clientFinish?.static ?? NOTHING));
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, this.clientStatic));
    const payload = proto.ClientPayload.decode(this.#decrypt(Buffer.from(clientFinish?.payload ?? NOTHING)));
    const keys = Buffer.from(hkdf(NOTHING, 64, { salt: this.#chaining, info: '' }));
    this.#transport = { in: keys.subarray(0, 32), out: keys.subarray(32), received: 0, sent: 0 };
    this.state = 'open';
    return payload;
  }

  open(frame: Buffer): Buffer {
    return aesDecryptGCM(frame, this.#transport.in, ivOf(this.#transport.received++), NOTHING);
  }

  seal(plain: Buffer): Buffer {
    return framed(aesEncryptGCM(plain, this.#transport.out, ivOf(this.#transport.sent++), NOTHING));
  }

  /** 'ED' and routing hints may come first, then 'WA', the protocol's and the dictionary's version. */
  #readIntroduction(): boolean {
    if (this.#buffered.length < 4) return false;
    if (this.#buffered.subarray(0, 2).equals(Buffer.from('ED'))) {
      if (this.#buffered.length < 7) return false;
      const length = this.#buffered.readUIntBE(4, 3);
      if (this.#buffered.length < 7 + length + 4) return false;
      this.#buffered = this.#buffered.subarray(7 + length);
    }
    if (!this.#buffered.subarray(0, 2).equals(Buffer.from('WA'))) throw new Error('not a WhatsApp client');
    this.#mixHash(this.#buffered.subarray(0, 4));
    this.#buffered = this.#buffered.subarray(4);
    this.#introduced = true;
    return true;
  }

  #mixHash(data: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, data]));
  }

  #mixKey(shared: Uint8Array): void {
    const keys = Buffer.from(hkdf(shared, 64, { salt: this.#chaining, info: '' }));
    this.#chaining = keys.subarray(0, 32);
    this.#key = keys.subarray(32);
    this.#counter = 0;
  }

  #encrypt(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(plain, this.#key, ivOf(this.#counter++), this.#hash);
    this.#mixHash(sealed);
    return sealed;
  }

  #decrypt(sealed: Buffer): Buffer {
    const plain = aesDecryptGCM(sealed, this.#key, ivOf(this.#counter++), this.#hash);
    this.#mixHash(sealed);
    return plain;
  }
}

function ivOf(counter: number): Buffer {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(counter, 8);
  return iv;
}

function framed(data: Uint8Array): Buffer {
  const length = Buffer.alloc(3);
  length.writeUIntBE(data.length, 0, 3);
  return Buffer.concat([length, data]);
}
