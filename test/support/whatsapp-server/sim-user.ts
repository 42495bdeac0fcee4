import { generateMessageIDV2, proto, unpadRandomMax16, type BinaryNode } from '@whiskeysockets/baileys';
import type { Device } from './device.js';
import type { WhatsAppServer } from './server.js';
import { SignalParty } from './signal-party.js';
import { node, seconds } from './stanza.js';

export interface Received {
  id: string;
  type: string | undefined;
  text: string;
  message: proto.IMessage;
}

export interface SendOptions {
  id?: string;
  /** Which of the two addresses the message comes from. */
  via?: 'pn' | 'lid';
  at?: Date;
  /** Opens a new Signal session, as after a request to send again. */
  fresh?: boolean;
  /** Leaves the other address out of the stanza. */
  secretive?: boolean;
  corrupt?: boolean;
  /** What is encrypted ends in no valid padding. */
  unpadded?: boolean;
}

/** A person with a phone: sends, receives, reads; by their number or by their LID. */
export class SimUser extends SignalParty {
  readonly received: Received[] = [];
  /** Receipts that came from the device under test. */
  readonly receipts: { id: string; type: string | undefined }[] = [];
  /** Every copy of a message that came, the same id again included. */
  readonly copies: { id: string; again: boolean }[] = [];
  autoRead = false;
  /** Their phone, and what is linked to it. */
  devices = [0];
  /** So many of the next messages cannot be decrypted. */
  failDecrypt = 0;
  #sending: Promise<unknown> = Promise.resolve();
  #retries = new Map<string, number>();

  constructor(
    private readonly server: WhatsAppServer,
    readonly pn: string,
    readonly lid: string,
    readonly name: string,
  ) {
    super();
  }

  get pnJid(): string {
    return `${this.pn}@s.whatsapp.net`;
  }

  get lidJid(): string {
    return `${this.lid}@lid`;
  }

  /** Distinct messages, in the order in which they first came. */
  get texts(): string[] {
    const first = new Map(this.received.map((one) => [one.id, one.text] as const).reverse());
    return [...new Set(this.received.map(({ id }) => id))].map((id) => first.get(id) ?? '');
  }

  text(to: string, conversation: string, options: SendOptions = {}): Promise<string> {
    return this.send(to, { conversation }, options);
  }

  /** Encrypts for each device of the number `to` and hands it to the server; one after the other, as a phone does. */
  send(to: string, message: proto.IMessage, options: SendOptions = {}): Promise<string> {
    const sent = this.#sending.then(() => this.#sendNow(to, message, options));
    this.#sending = sent.catch(() => undefined);
    return sent;
  }

  async #sendNow(to: string, message: proto.IMessage, options: SendOptions): Promise<string> {
    const { id = generateMessageIDV2(), via = 'pn', at = this.server.clock.now() } = options;
    for (const device of this.server.accountOf(to).devices.values()) {
      const plain = options.unpadded ? Buffer.from([0xff]) : message;
      const { type, ciphertext } = await this.encrypt(device, plain, options.fresh);
      if (options.corrupt) ciphertext[ciphertext.length - 1] = ~(ciphertext.at(-1) ?? 0) & 0xff;
      const other = via === 'lid' ? { sender_pn: this.pnJid } : { sender_lid: this.lidJid };
      const attrs = {
        ...{ from: via === 'lid' ? this.lidJid : this.pnJid, id, t: seconds(at), notify: this.name },
        type: message.conversation || message.extendedTextMessage ? 'text' : 'media',
        ...(options.secretive ? {} : other),
      };
      const stanza = node('message', attrs, [node('enc', { v: '2', type }, ciphertext)]);
      this.server.deliver(device, { node: stanza, again: { user: this, message, id, via, at } });
    }
    return id;
  }

  /** Opens what the device sent to this person. */
  async open(device: Device, stanza: BinaryNode, enc: BinaryNode): Promise<void> {
    const id = stanza.attrs.id ?? '';
    this.copies.push({ id, again: device.seen.has(id) });
    if (this.failDecrypt > 0) {
      this.failDecrypt -= 1;
      this.#askAgain(device, id);
      return;
    }
    let plain: Buffer;
    try {
      plain = await this.decrypt(device, enc.attrs.type, enc.content as Uint8Array);
    } catch {
      this.#askAgain(device, id);
      return;
    }
    const message = proto.Message.decode(unpadRandomMax16(plain));
    const text = message.conversation ?? message.extendedTextMessage?.text ?? '';
    this.received.push({ id, type: enc.attrs.type, text, message });
    this.server.receipt(device, this, id);
    if (this.autoRead) this.server.receipt(device, this, id, 'read');
  }

  /** The person looks at the chat. */
  read(to: string, id: string): void {
    for (const device of this.server.accountOf(to).devices.values())
      this.server.receipt(device, this, id, 'read');
  }

  #askAgain(device: Device, id: string): void {
    const count = (this.#retries.get(id) ?? 0) + 1;
    this.#retries.set(id, count);
    this.server.retryReceipt(device, this, id, count);
  }
}
