import { Curve, generateMessageIDV2, hmacSign, proto } from '@whiskeysockets/baileys';
import type { Device } from './device.js';
import type { WhatsAppServer } from './server.js';
import { SignalParty } from './signal-party.js';
import { node, seconds, SERVER } from './stanza.js';

/** What a QR code or a pairing code says about the device, signed by the phone. */
export interface SignedCompanion {
  ref: string;
  noise: Buffer;
  identity: Buffer;
  /** ADVSignedDeviceIdentityHMAC. */
  blob: Buffer;
  keyIndex: number;
}

/** The phone of the office's number: links devices, types, shares its history. */
export class SimPhone extends SignalParty {
  #keyIndex = 0;

  constructor(
    private readonly server: WhatsAppServer,
    readonly pn: string,
  ) {
    super();
  }

  /** Signs the device in `qr` as WhatsApp's "link a device" does. */
  signCompanion(qr: string): SignedCompanion {
    const [ref = '', noise = '', identity = '', secret = ''] = qr.replace(/^.*#/, '').split(',');
    const identityKey = Buffer.from(identity, 'base64');
    this.#keyIndex += 1;
    const details = proto.ADVDeviceIdentity.encode({
      ...{ rawId: 1, keyIndex: this.#keyIndex },
      timestamp: Number(seconds(this.server.clock.now())),
    }).finish();
    const accountSignature = Curve.sign(
      this.identity.private,
      Buffer.concat([Buffer.from([6, 0]), details, identityKey]),
    );
    const signed = proto.ADVSignedDeviceIdentity.encode({
      ...{ details, accountSignature },
      accountSignatureKey: this.identity.public,
    }).finish();
    const hmac = hmacSign(signed, Buffer.from(secret, 'base64'));
    const blob = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish();
    return {
      ...{ ref, noise: Buffer.from(noise, 'base64'), identity: identityKey },
      ...{ blob: Buffer.from(blob), keyIndex: this.#keyIndex },
    };
  }

  /** Somebody types to `to` on the phone; the linked device gets a copy. */
  async type(device: Device, to: string, conversation: string, at?: Date): Promise<string> {
    const copy = { deviceSentMessage: { destinationJid: to, message: { conversation } } };
    return this.#push(device, copy, { recipient: to }, at);
  }

  /** The history that a phone sends to a newly linked device. */
  async shareHistory(device: Device, history: proto.IHistorySync): Promise<string> {
    const { deflateSync } = await import('node:zlib');
    const payload = deflateSync(proto.HistorySync.encode(history).finish());
    const type = proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION;
    const historySyncNotification = {
      syncType: proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP,
      initialHistBootstrapInlinePayload: payload,
    };
    return this.#push(device, { protocolMessage: { type, historySyncNotification } }, { category: 'peer' });
  }

  async #push(
    device: Device,
    message: proto.IMessage,
    more: Record<string, string>,
    at = this.server.clock.now(),
  ): Promise<string> {
    const id = generateMessageIDV2();
    const { type, ciphertext } = await this.encrypt(device, message);
    const attrs = { from: `${this.pn}@${SERVER}`, id, t: seconds(at), type: 'text', ...more };
    this.server.deliver(device, {
      node: node('message', attrs, [node('enc', { v: '2', type }, ciphertext)]),
    });
    return id;
  }
}
