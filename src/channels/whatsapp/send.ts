import { proto } from '@whiskeysockets/baileys';
import { ChannelError, type OutboundMessage } from '../../conversation/channel.js';
import type { Connection } from './connection.js';
import { ConnectionEnded } from './deliveries.js';
import { uploadMedia } from './media.js';
import { render, type Bubble } from './render.js';
import type { Sealer } from './seal.js';
import type { SendLine } from './send-line.js';
import type { OutboxRow, WhatsAppPorts } from './types.js';

export interface SendDeps {
  ports: WhatsAppPorts;
  sealer: Sealer;
  line: SendLine;
  connection: () => Connection | undefined;
}

/** Who waits longer is asked to come again: a turn must not hold its conversation for ever. */
const LONGEST_QUEUE = 15_000;

/** The platform answers within this time, or the message counts as unconfirmed. */
const PATIENCE = 15_000;

const TRY_AGAIN = 5_000;

/**
 * Sends a message bubble by bubble, each under an id that is the same at every attempt; done when the platform has
 * confirmed the last one. Only people who have written are written to.
 * @throws ChannelError
 */
export async function send(message: OutboundMessage, deps: SendDeps): Promise<'sent'> {
  const { store } = deps.ports;
  const contact = await store.findContact(message.address);
  if (!contact?.replyTo) throw new ChannelError('recipient-unknown', true);
  for (const [part, bubble] of render(message.content).entries()) {
    const id = platformId(deps, `${message.id} ${part}`);
    const row = (await store.findOutbound(id)) ?? (await queue(id, bubble, message, deps));
    if (row.state === 'refused') throw refusal(row.code ?? '');
    if (row.state === 'queued') await transmit(row, contact.replyTo, deps);
  }
  return 'sent';
}

/** A message that was sent, for a phone that could not read it. */
export async function findSent(
  id: string,
  deps: Pick<SendDeps, 'ports' | 'sealer'>,
): Promise<proto.IMessage | undefined> {
  const row = await deps.ports.store.findOutbound(id);
  return row && proto.Message.decode(deps.sealer.unseal(`outbound ${row.id}`, row.payload));
}

/** As long as the library's own ids and of the same letters. */
function platformId({ ports, sealer }: SendDeps, words: string): string {
  return `3EB0${sealer.derive(`${ports.account} ${words}`).slice(0, 18).toUpperCase()}`;
}

async function queue(
  id: string,
  bubble: Bubble,
  message: OutboundMessage,
  deps: SendDeps,
): Promise<OutboxRow> {
  const { ports, sealer } = deps;
  const built = await build(bubble, deps);
  const payload = sealer.seal(`outbound ${id}`, proto.Message.encode(built).finish());
  const row = { id, address: message.address, messageId: message.id, payload };
  await ports.store.queueOutbound(row, ports.clock.now());
  // Another attempt may have been quicker; what it has kept is what is sent.
  return (await ports.store.findOutbound(id)) ?? { ...row, state: 'queued', code: null };
}

async function build(bubble: Bubble, deps: SendDeps): Promise<proto.Message> {
  if (bubble.kind === 'text') return proto.Message.fromObject({ extendedTextMessage: { text: bubble.text } });
  const { socket } = connected(deps);
  const opened = await deps.ports.openFile(bubble.fileId);
  return proto.Message.fromObject(await uploadMedia(socket, opened, bubble.caption));
}

async function transmit(row: OutboxRow, jid: string, deps: SendDeps): Promise<void> {
  const { ports, sealer, line } = deps;
  const expected = line.expectedWait();
  if (expected > LONGEST_QUEUE) throw new ChannelError('busy', false, expected, { attempted: false });
  connected(deps);
  await line.turn();
  const connection = connected(deps);
  showTyping(connection, jid);
  const message = proto.Message.decode(sealer.unseal(`outbound ${row.id}`, row.payload));
  const code = await answerOf(connection.deliver(jid, message, row.id), ports);
  if (code === undefined) {
    await ports.store.noteOutbound(row.id, 'confirmed');
    return;
  }
  if (code === UNREACHABLE) await ports.store.noteOutbound(row.id, 'refused', code);
  if (code === TOO_FAST) line.pause(AFTER_TOO_FAST);
  if (code === STALE_DEVICES) await forgetDevices(connection, jid);
  throw refusal(code);
}

/** @throws ChannelError while there is no connection */
function connected({ connection }: SendDeps): Connection {
  const current = connection();
  if (!current?.isOpen) throw notConnected();
  return current;
}

function notConnected(cause?: unknown): ChannelError {
  return new ChannelError('not-connected', false, TRY_AGAIN, { attempted: false, cause });
}

async function answerOf(
  delivered: Promise<string | undefined>,
  { timers }: WhatsAppPorts,
): Promise<string | undefined> {
  let stopClock = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    stopClock = timers.after(PATIENCE, () => {
      reject(new ChannelError('not-confirmed', false, TRY_AGAIN));
    });
  });
  try {
    return await Promise.race([delivered, late]);
  } catch (error) {
    if (error instanceof ChannelError) throw error;
    // A line that breaks often enough would else use up the attempts of whatever waits behind it.
    if (error instanceof ConnectionEnded && !error.tried) throw notConnected(error);
    const reason = error instanceof ConnectionEnded ? 'not-confirmed' : 'not-sent';
    throw new ChannelError(reason, false, TRY_AGAIN, { cause: error });
  } finally {
    stopClock();
    delivered.catch(alreadyTold);
  }
}

/** The account may not write to this person; trying again makes it worse. */
const UNREACHABLE = '463';
const TOO_FAST = '429';
const AFTER_TOO_FAST = 60_000;
const STALE_DEVICES = '479';

function refusal(code: string): ChannelError {
  if (code === UNREACHABLE) return new ChannelError('recipient-refused', true);
  if (code === TOO_FAST) return new ChannelError('too-fast', false, AFTER_TOO_FAST);
  return new ChannelError(`refused-${code}`, false, TRY_AGAIN);
}

async function forgetDevices({ socket }: Connection, jid: string): Promise<void> {
  await socket.getUSyncDevices([jid], false, false).catch(alreadyTold);
}

function showTyping({ socket }: Connection, jid: string): void {
  socket.sendPresenceUpdate('composing', jid).catch(alreadyTold);
}

function alreadyTold(): void {
  // A courtesy, or an answer nobody waits for any more.
}
