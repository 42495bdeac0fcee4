import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  binaryNodeToString,
  encodeBigEndian,
  jidDecode,
  KEY_BUNDLE_TYPE,
  type BinaryNode,
} from '@whiskeysockets/baileys';
import { WebSocketServer } from 'ws';
import { systemClock, type Clock } from '../../../src/shared/clock.js';
import { Changes } from './changes.js';
import { Connection } from './connection.js';
import type { Device, Waiting } from './device.js';
import { MediaHost } from './media.js';
import { makeAuthority } from './noise.js';
import { SimPhone } from './sim-phone.js';
import { SimUser } from './sim-user.js';
import { node, seconds } from './stanza.js';

/** A number of the office, with its phone and the devices linked to it. */
export interface Account {
  readonly pn: string;
  readonly lid: string;
  readonly phone: SimPhone;
  readonly devices: Map<number, Device>;
  lastDevice: number;
}

/** What goes wrong next; counts run down. */
export interface Faults {
  /** The line breaks when the next so many messages come, before they are confirmed. */
  dropBeforeAck: number;
  /** The line breaks after the device's next so many receipts left it, before the server has noted them. */
  dropBeforeReceipt: number;
  /** The mark "that was all you missed" is kept back until `releaseMarker`. */
  holdOfflineMarker: boolean;
  /** Reason of refusal at every login. */
  failLogin: string | undefined;
  /** Error that a message is answered with. */
  nack: ((message: BinaryNode) => string | undefined) | undefined;
  /** Queries stay unanswered, pings too. */
  silent: boolean;
  /** Connections are accepted and never answered. */
  mute: boolean;
  /** The upgrade to a web socket is answered by 503. */
  refuse: boolean;
  /** Confirmations wait until this resolves. */
  ackGate: Promise<void> | undefined;
}

/** A stand-in for WhatsApp's chat and media servers on the loopback: real Noise, real Signal, store and forward. */
export class WhatsAppServer {
  readonly authority = makeAuthority();
  readonly changes = new Changes();
  readonly media = new MediaHost(this.changes.touch);
  readonly accounts = new Map<string, Account>();
  readonly users = new Map<string, SimUser>();
  readonly connections = new Set<Connection>();
  /** Connections waiting to be paired, by reference. */
  readonly pairing = new Map<string, Connection>();
  readonly trace: { from: 'client' | 'server'; node: BinaryNode }[] = [];
  logins = 0;
  attempts = 0;
  faults: Faults = {
    ...{ dropBeforeAck: 0, dropBeforeReceipt: 0, holdOfflineMarker: false, failLogin: undefined },
    ...{ nack: undefined, silent: false, mute: false, refuse: false, ackGate: undefined },
  };
  releaseMarker: () => void = () => undefined;
  #sockets: WebSocketServer | undefined;
  #number = 0;

  constructor(readonly clock: Clock = systemClock) {}

  /** @param port of a server that was there before */
  async listen(port = 0): Promise<this> {
    await this.media.listen();
    const sockets = new WebSocketServer({
      ...{ host: '127.0.0.1', port },
      verifyClient: (_info, answer) => {
        this.attempts += 1;
        this.changes.touch();
        answer(!this.faults.refuse, 503);
      },
    });
    await once(sockets, 'listening');
    sockets.on('connection', (socket) => new Connection(this, socket));
    this.#sockets = sockets;
    return this;
  }

  get url(): string {
    const { port } = this.#sockets?.address() as AddressInfo;
    return `ws://127.0.0.1:${port}/ws/chat`;
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.drop();
    await this.media.close();
    await new Promise((resolve) => this.#sockets?.close(resolve));
  }

  addAccount(pn = '6281100000001', lid = '900000000000001'): Account {
    const account = {
      pn,
      lid,
      phone: new SimPhone(this, pn),
      devices: new Map<number, Device>(),
      lastDevice: 0,
    };
    this.accounts.set(pn, account);
    return account;
  }

  addUser(pn: string, lid: string, name = 'Sari Contoh'): SimUser {
    const user = new SimUser(this, pn, lid, name);
    this.users.set(pn, user);
    return user;
  }

  accountOf(jid: string): Account {
    const account = this.findAccount(jid);
    if (!account) throw new Error('no such number');
    return account;
  }

  findAccount(jid: string | undefined): Account | undefined {
    const user = jidDecode(jid)?.user ?? jid;
    return [...this.accounts.values()].find(({ pn, lid }) => pn === user || lid === user);
  }

  findUser(jid: string | undefined): SimUser | undefined {
    const user = jidDecode(jid)?.user;
    return [...this.users.values()].find(({ pn, lid }) => pn === user || lid === user);
  }

  nextId(): string {
    this.#number += 1;
    return `srv-${this.#number}`;
  }

  /** Keeps it until the device has answered it, and sends it at once when the device is there. */
  deliver(device: Device, waiting: Waiting): void {
    device.queue.push(waiting);
    if (device.connection?.live) device.connection.send(waiting.node);
    this.changes.touch();
  }

  receipt(device: Device, user: SimUser, id: string, type?: 'read'): void {
    const attrs = { from: user.pnJid, id, t: seconds(this.clock.now()), ...(type ? { type } : {}) };
    this.deliver(device, { node: node('receipt', attrs) });
  }

  /** The person's phone could not read a message and asks for it once more. */
  retryReceipt(device: Device, user: SimUser, id: string, count: number): void {
    const t = seconds(this.clock.now());
    const preKey = user.takePreKey();
    const keys = node('keys', {}, [
      node('type', {}, KEY_BUNDLE_TYPE),
      node('identity', {}, user.identity.public),
      preKeyNode('key', preKey.id, preKey.key),
      preKeyNode('skey', 1, user.signedPreKey.keyPair.public, user.signedPreKey.signature),
    ]);
    const content = [
      node('retry', { count: String(count), id, t, v: '1' }),
      node('registration', {}, encodeBigEndian(user.registrationId)),
      ...(count > 1 ? [keys] : []),
    ];
    this.deliver(device, { node: node('receipt', { from: user.pnJid, id, t, type: 'retry' }, content) });
  }

  /** Breaks the line as a lost network does. */
  drop(device: Device): void {
    device.connection?.drop();
  }

  streamError(device: Device, code: string | undefined, inner?: BinaryNode[]): void {
    const { connection } = device;
    connection?.send(node('stream:error', code ? { code } : {}, inner));
    connection?.hangUp();
  }

  /** The owner removes the device on the phone. */
  unlink(device: Device): void {
    this.accounts.get(device.pn)?.devices.delete(device.id);
    this.streamError(device, '401', [node('conflict', { type: 'device_removed' })]);
  }

  note(from: 'client' | 'server', stanza: BinaryNode): void {
    this.trace.push({ from, node: stanza });
    if (process.env.WHATSAPP_TRACE)
      process.stderr.write(`${performance.now() | 0} ${from} ${binaryNodeToString(stanza).slice(0, 600)}\n`);
    this.changes.touch();
  }

  /** Stanzas the client sent. */
  sentByClient(tag: string): BinaryNode[] {
    return this.trace.flatMap((one) => (one.from === 'client' && one.node.tag === tag ? [one.node] : []));
  }
}

export function preKeyNode(tag: string, id: number, key: Uint8Array, signature?: Uint8Array): BinaryNode {
  return node(tag, {}, [
    node('id', {}, encodeBigEndian(id, 3)),
    node('value', {}, key),
    ...(signature ? [node('signature', {}, signature)] : []),
  ]);
}
