import { randomBytes } from 'node:crypto';
import { decodeBinaryNode, encodeBinaryNode, type BinaryNode, type proto } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import type { Device } from './device.js';
import { answerQuery } from './answer-query.js';
import { ServerNoise } from './noise.js';
import type { WhatsAppServer } from './server.js';
import { bytesOf, child, children, node, numberIn, seconds, SERVER } from './stanza.js';

/** One client on one web socket. */
export class Connection {
  readonly noise: ServerNoise;
  device: Device | undefined;
  /** What the client said of itself when it asked to be paired. */
  registration: proto.ClientPayload.IDevicePairingRegistrationData | undefined;
  /** The device that comes to be when the client has signed. */
  pairing: Device | undefined;
  /** Gets messages as they come. */
  live = false;
  #work: Promise<void> = Promise.resolve();

  constructor(
    readonly server: WhatsAppServer,
    private readonly socket: WebSocket,
  ) {
    this.noise = new ServerNoise(server.authority);
    server.connections.add(this);
    socket.on('message', (data) => {
      this.#work = this.#work
        .then(() => this.#take(data as Buffer))
        .catch(() => {
          this.drop();
        });
    });
    socket.on('close', () => {
      server.connections.delete(this);
      this.live = false;
      if (this.device?.connection === this) this.device.connection = undefined;
      server.changes.touch();
    });
    socket.on('error', () => {
      this.drop();
    });
  }

  send(stanza: BinaryNode): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.server.note('server', stanza);
    this.socket.send(this.noise.seal(encodeBinaryNode(stanza)));
  }

  reply(query: BinaryNode, content?: BinaryNode[]): void {
    this.send(node('iq', { from: SERVER, type: 'result', id: query.attrs.id ?? '' }, content));
  }

  drop(): void {
    this.live = false;
    this.socket.terminate();
  }

  /** Ends the line after what was sent has left. */
  hangUp(): void {
    this.live = false;
    this.socket.close();
  }

  async #take(data: Buffer): Promise<void> {
    if (this.server.faults.mute) return;
    for (const frame of this.noise.frames(data)) {
      if (this.noise.state === 'hello') this.socket.send(this.noise.hello(frame));
      else if (this.noise.state === 'finish') this.#login(this.noise.finish(frame));
      else {
        const stanza = await decodeBinaryNode(this.noise.open(frame));
        if (this.socket.readyState !== this.socket.OPEN) return;
        this.server.note('client', stanza);
        await this.#answer(stanza);
        this.server.changes.touch();
      }
    }
  }

  #login(payload: proto.ClientPayload): void {
    const { server } = this;
    server.logins += 1;
    if (payload.devicePairingData) {
      this.registration = payload.devicePairingData;
      this.#offerPairing();
      return;
    }
    if (server.faults.failLogin) {
      this.#refuse(server.faults.failLogin);
      return;
    }
    const account = server.findAccount(String(payload.username));
    const device = account?.devices.get(payload.device ?? -1);
    if (!account || !device?.keys.noise.equals(this.noise.clientStatic)) {
      this.#refuse('401');
      return;
    }
    if (device.connection) server.streamError(device, undefined, [node('conflict', { type: 'replaced' })]);
    this.device = device;
    device.connection = this;
    const lid = `${account.lid}:${device.id}@lid`;
    const t = seconds(server.clock.now());
    this.send(node('success', { t, props: '1', companion_enc_static: '', lid, creation: t }));
  }

  #refuse(reason: string): void {
    this.send(node('failure', { reason, location: 'frc' }));
    this.hangUp();
  }

  #offerPairing(): void {
    const refs = Array.from({ length: 6 }, () => `2@${randomBytes(24).toString('base64url')}`);
    for (const ref of refs) this.server.pairing.set(ref, this);
    const offered = refs.map((ref) => node('ref', {}, Buffer.from(ref)));
    const attrs = { from: SERVER, type: 'set', id: this.server.nextId(), xmlns: 'md' };
    this.send(node('iq', attrs, [node('pair-device', {}, offered)]));
  }

  /** The client is ready: what was kept for it, then the mark that this was all. */
  goLive(): void {
    const { device, server } = this;
    if (this.live || !device) return;
    this.live = true;
    const kept = [...device.queue];
    const count = String(kept.length);
    const preview = { count, message: count, receipt: '0', notification: '0', call: '0' };
    this.send(node('ib', { from: SERVER }, [node('offline_preview', preview)]));
    for (const [index, { node: stanza }] of kept.entries())
      this.send({ ...stanza, attrs: { ...stanza.attrs, offline: String(index) } });
    const mark = (): void => this.send(node('ib', { from: SERVER }, [node('offline', { count })]));
    if (server.faults.holdOfflineMarker) server.releaseMarker = mark;
    else mark();
  }

  async #answer(stanza: BinaryNode): Promise<void> {
    switch (stanza.tag) {
      case 'iq':
        if (stanza.attrs.type === 'get' || stanza.attrs.type === 'set') answerQuery(this, stanza);
        else this.#finishPairing(stanza);
        return;
      case 'message':
        await this.#takeMessage(stanza);
        return;
      case 'receipt':
        await this.#takeReceipt(stanza);
        return;
      case 'ack':
        this.#settle(stanza);
    }
  }

  #finishPairing(stanza: BinaryNode): void {
    if (!child(stanza, 'pair-device-sign') || !this.pairing) return;
    this.server.accounts.get(this.pairing.pn)?.devices.set(this.pairing.id, this.pairing);
    this.send(node('stream:error', { code: '515' }));
    this.hangUp();
  }

  async #takeReceipt(stanza: BinaryNode): Promise<void> {
    const { faults } = this.server;
    if (faults.dropBeforeReceipt > 0 && stanza.attrs.type !== 'retry') {
      faults.dropBeforeReceipt -= 1;
      this.drop();
      return;
    }
    const { id = '', to = '', type } = stanza.attrs;
    this.#settle(stanza);
    const user = this.server.findUser(to);
    const ids = [id, ...children(child(stanza, 'list'), 'item').map((item) => item.attrs.id ?? '')];
    user?.receipts.push(...ids.map((one) => ({ id: one, type })));
    if (type === 'retry') await this.#sendAgain(stanza);
    this.send(node('ack', { class: 'receipt', id, from: to, ...(type ? { type } : {}) }));
  }

  /** A receipt settles a message; an ack settles receipts, and messages the client refuses. */
  #settle(stanza: BinaryNode): void {
    const queue = this.device?.queue ?? [];
    const { id, type, error } = stanza.attrs;
    if (stanza.tag === 'receipt' && (type === 'read' || type === 'retry')) return;
    const settles = stanza.tag === 'receipt' ? 'message' : stanza.attrs.class;
    const index = queue.findIndex(
      ({ node: { tag, attrs } }) =>
        attrs.id === id && tag === settles && (tag !== 'receipt' || attrs.type === type),
    );
    const found = queue[index];
    if (!found) return;
    if (error === '500' && found.skipRefusal) {
      found.skipRefusal = false;
      return;
    }
    queue.splice(index, 1);
  }

  async #sendAgain(stanza: BinaryNode): Promise<void> {
    const { device } = this;
    const asked = device?.queue.find((one) => one.node.attrs.id === stanza.attrs.id);
    if (!device || !asked?.again) return;
    device.queue.splice(device.queue.indexOf(asked), 1);
    const key = child(child(stanza, 'keys'), 'key');
    if (key) device.addPreKey({ id: numberIn(child(key, 'id')), key: bytesOf(child(key, 'value')) });
    const { user, message, id, via, at } = asked.again;
    await user.send(device.pn, message, { id, via, at, fresh: true });
    const fresh = device.queue.find((one) => one.node.attrs.id === id);
    if (fresh) fresh.skipRefusal = true;
  }

  async #takeMessage(stanza: BinaryNode): Promise<void> {
    const { server, device } = this;
    const { faults } = server;
    if (!device) return;
    if (faults.dropBeforeAck > 0) {
      faults.dropBeforeAck -= 1;
      this.drop();
      return;
    }
    await faults.ackGate;
    const { id = '', to = '' } = stanza.attrs;
    const error = faults.nack?.(stanza);
    const t = seconds(server.clock.now());
    this.send(node('ack', { class: 'message', id, from: to, t, ...(error ? { error } : {}) }));
    if (error) return;
    for (const [jid, enc] of recipientsOf(stanza)) {
      const user = server.findUser(jid);
      if (user && enc) await user.open(device, stanza, enc);
    }
    device.seen.add(id);
  }
}

function recipientsOf(stanza: BinaryNode): [string | undefined, BinaryNode | undefined][] {
  const participants = child(stanza, 'participants');
  if (!participants) return [[stanza.attrs.to, child(stanza, 'enc')]];
  return children(participants, 'to').map((one) => [one.attrs.jid, child(one, 'enc')]);
}
