import {
  Browsers,
  DEFAULT_CONNECTION_CONFIG,
  makeWASocket,
  type BinaryNode,
  type proto,
  type SignalKeyStore,
  type SocketConfig,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { Auth } from './auth-state.js';
import { createDeliveries, type Deliveries } from './deliveries.js';
import { createStanzaMemory, journalledRepository, type Keep } from './journal.js';
import { createRetryCounts } from './retry-counts.js';
import { silentLogger } from './silent-logger.js';
import { createTransactionLine } from './transaction-line.js';
import type { WhatsAppPorts } from './types.js';
import { isNotPerson } from './verify.js';

/** One connection to WhatsApp, from the first byte to its end; never used twice. */
export interface Connection {
  readonly isOpen: boolean;
  readonly socket: WASocket;
  readonly deliver: Deliveries<proto.IMessage>['deliver'];
  /** Tells WhatsApp that we are no linked device any more, and waits until it knows. */
  unlink(): Promise<void>;
  /** Resolves when nothing it has begun with the keys is under way; it cannot write any after that. */
  quiet(): Promise<void>;
  /** Ends it at once: nothing more is sent or acknowledged. */
  sever(code?: number): void;
}

export interface ConnectionEvents {
  qr(code: string): void;
  /** A phone has accepted us. */
  paired(): void;
  open(): void;
  /** Once, as the last event. */
  ended(code: number | undefined): void;
  keep: Keep;
  /** Also handed over by the library without a stanza to decrypt, now or after a reconnect. */
  handedOver(messages: readonly WAMessage[]): void;
  receipt(stanza: BinaryNode): void;
  findSent(id: string): Promise<proto.IMessage | undefined>;
}

/** Told as a line on which nothing moves any more. */
const STUCK = 408;

const UNLINK_PATIENCE = 10_000;

const retryCounts = createRetryCounts();

export function openConnection(ports: WhatsAppPorts, auth: Auth, events: ConnectionEvents): Connection {
  const memory = createStanzaMemory();
  const turns = new WeakMap<proto.IMessage, () => void>();
  let over = false;
  let state: 'connecting' | 'open' | 'ended' = 'connecting';
  const transactions = createTransactionLine(ports.timers, () => {
    sever(STUCK);
  });
  const socket = makeWASocket({
    ...settings(ports),
    auth: { ...auth.state, keys: untilOver(auth.state.keys, () => over) },
    makeSignalRepository: journalledRepository(memory, events.keep, transactions),
    patchMessageBeforeSending: (message) => {
      turns.get(message)?.();
      return message;
    },
    getMessage: ({ id }) => (id ? events.findSent(id) : Promise.resolve(undefined)),
  });
  const deliveries = createDeliveries<proto.IMessage>(
    (jid, message, messageId, begun) => {
      turns.set(message, begun);
      return socket.relayMessage(jid, message, { messageId });
    },
    () => !socket.ws.isOpen,
  );
  const end = (code: number | undefined): void => {
    if (state === 'ended') return;
    state = 'ended';
    transactions.close();
    deliveries.end();
    events.ended(code);
  };
  const sever = (code?: number): void => {
    terminate(socket);
    end(code);
  };
  // Before the library's own listener, which begins to decrypt.
  socket.ws.prependListener('CB:message', (stanza: BinaryNode) => {
    memory.note(stanza);
    // The library takes what it missed one by one, but what comes live past that; one line for both keeps the order.
    stanza.attrs = { offline: 'live', ...stanza.attrs };
  });
  socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
    deliveries.answered(attrs.id ?? '', attrs.error);
  });
  socket.ws.on('CB:receipt', (stanza: BinaryNode) => {
    if (state !== 'ended') events.receipt(stanza);
  });
  socket.ev.on('creds.update', () => auth.save());
  socket.ev.on('messages.upsert', ({ messages }) => {
    if (state !== 'ended') events.handedOver(messages);
  });
  socket.ev.on('connection.update', ({ qr, isNewLogin, connection, lastDisconnect }) => {
    if (state === 'ended') return;
    if (qr) events.qr(qr);
    if (isNewLogin) events.paired();
    if (connection === 'open') {
      state = 'open';
      events.open();
    }
    if (connection === 'close') end(codeOf(lastDisconnect?.error));
  });
  return {
    socket,
    get isOpen() {
      return state === 'open';
    },
    deliver: deliveries.deliver,
    async quiet() {
      await transactions.idle();
      over = true;
    },
    async unlink() {
      const jid = auth.state.creds.me?.id;
      if (state !== 'open' || !jid) return;
      const content = [{ tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }];
      const attrs = { to: 's.whatsapp.net', type: 'set', id: socket.generateMessageTag(), xmlns: 'md' };
      await socket.query({ tag: 'iq', attrs, content }, UNLINK_PATIENCE);
    },
    sever,
  };
}

function settings({ showOnline, version, server }: WhatsAppPorts): Partial<SocketConfig> {
  return {
    logger: silentLogger,
    browser: Browsers.macOS('Chrome'),
    countryCode: 'ID',
    // Signatures of the server are not checked by this version of the library; TLS is what vouches for it.
    waWebSocketUrl: server?.url ?? DEFAULT_CONNECTION_CONFIG.waWebSocketUrl,
    version: version ? [...version] : DEFAULT_CONNECTION_CONFIG.version,
    keepAliveIntervalMs: server?.keepAliveMs ?? DEFAULT_CONNECTION_CONFIG.keepAliveIntervalMs,
    ...(server?.qrMs === undefined ? {} : { qrTimeout: server.qrMs }),
    ...(server ? { retryRequestDelayMs: 1 } : {}),
    // An incoming message waits while an outgoing one looks up devices.
    defaultQueryTimeoutMs: 20_000,
    markOnlineOnConnect: showOnline,
    emitOwnEvents: false,
    syncFullHistory: false,
    shouldIgnoreJid: isNotPerson,
    msgRetryCounterCache: retryCounts,
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
  };
}

/** What a connection that nobody waits for any more would still write undoes what the next one does. */
function untilOver(keys: SignalKeyStore, over: () => boolean): SignalKeyStore {
  return {
    get: (type, ids) => keys.get(type, ids),
    set: async (data) => {
      if (over()) throw new Error('the connection has ended');
      await keys.set(data);
    },
  };
}

/** A farewell could take half a minute when the other side is silent, and would let more be acknowledged. */
function terminate({ ws }: WASocket): void {
  const { socket } = ws as object as { socket: { terminate(): void } | null };
  socket?.terminate();
}

function codeOf(error: unknown): number | undefined {
  const output = (error as { output?: { statusCode?: unknown } } | undefined)?.output;
  return typeof output?.statusCode === 'number' ? output.statusCode : undefined;
}
