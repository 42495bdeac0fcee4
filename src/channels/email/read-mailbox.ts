import type { ImapFlow } from 'imapflow';
import { setAside, takeLetter, type FetchedLetter, type TakingContext } from './take-letter.js';
import type { Position } from './types.js';

/** A letter that ended the process, or could not be taken in, this often is not read again. */
const MAX_TRIES = 4;

/** Of a letter over the limit this much is fetched: its head and mostly its words. */
const BEGINNING_BYTES = 256_000;

/** Files grow by a third in a letter; its words and signatures come on top. */
const sizeLimit = (maxFileBytes: number): number => Math.ceil(maxFileBytes * 1.4) + 1_000_000;

/** A rescan begins this much before the mailbox was first read: servers count days in their own zone. */
const RESCAN_MARGIN = 24 * 60 * 60_000;

/**
 * Takes in what arrived since the last time, oldest first. The place is written down after each letter: what a crash
 * interrupts is taken in again under the same id, nothing is skipped.
 * @returns how many letters were taken in
 * @throws what the inbox or the mail server said; the letter is then still to be taken in
 */
export async function readMailbox(client: ImapFlow, context: TakingContext): Promise<number> {
  const { ports, settings } = context;
  const box = `${settings.address} ${settings.mailbox}`;
  let position = await currentPosition(client, box, context);
  let taken = 0;
  for (const uid of await newUids(client, position.lastUid)) {
    const times = position.trying?.uid === uid ? position.trying.times + 1 : 1;
    position = { ...position, trying: { uid, times } };
    await ports.writePosition(box, position);
    try {
      const outcome = await takeUid(client, uid, times > MAX_TRIES, context);
      if (outcome) taken += 1;
    } catch (error) {
      // Where the server or the store is away the letter is not to blame: it is tried as often as it takes.
      if (error instanceof StoreError || !client.usable)
        await ports.writePosition(box, { ...position, trying: null });
      throw error;
    }
    position = { ...position, lastUid: uid, trying: null };
    await ports.writePosition(box, position);
  }
  return taken;
}

/** The inbox did not take a message; the letter is not to blame. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

async function takeUid(
  client: ImapFlow,
  uid: number,
  hopeless: boolean,
  context: TakingContext,
): Promise<boolean> {
  const { settings, inbox } = context;
  const fetched = await fetchLetter(client, uid, settings.maxFileBytes);
  if (!fetched) return false;
  const watched: TakingContext = {
    ...context,
    inbox: {
      receive: (message) =>
        inbox.receive(message).catch((error: unknown) => {
          throw new StoreError('messages cannot be stored', { cause: error });
        }),
    },
  };
  const outcome = hopeless ? await setAside(fetched, watched) : await takeLetter(fetched, watched);
  const folder = outcome === 'set-aside' ? settings.setAsideFolder : settings.doneFolder;
  await fileAway(client, uid, folder, context);
  return true;
}

/** The first time, letters that are there already are left alone; with another UIDVALIDITY all since then are looked at. */
async function currentPosition(client: ImapFlow, box: string, { ports }: TakingContext): Promise<Position> {
  const { mailbox } = client;
  if (!mailbox) throw new Error('no mailbox is open');
  const uidValidity = String(mailbox.uidValidity);
  const known = await ports.readPosition(box);
  if (known?.uidValidity === uidValidity) return known;
  const position: Position = known
    ? { uidValidity, lastUid: await lastUidBefore(client, known.since), since: known.since, trying: null }
    : { uidValidity, lastUid: mailbox.uidNext - 1, since: ports.clock.now(), trying: null };
  await ports.writePosition(box, position);
  return position;
}

async function lastUidBefore(client: ImapFlow, since: Date): Promise<number> {
  const older = await client.search({ before: new Date(since.getTime() - RESCAN_MARGIN) }, { uid: true });
  return Math.max(0, ...(older === false || older === undefined ? [] : older));
}

async function newUids(client: ImapFlow, lastUid: number): Promise<number[]> {
  const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
  if (!found) throw new Error('the mailbox cannot be searched');
  // "n:*" names the newest letter also where that one is older than n.
  return found.filter((uid) => uid > lastUid).sort((a, b) => a - b);
}

/**
 * @returns undefined when the letter is gone
 * @throws when the connection is: the client then finds nothing either, and says so in the same way
 */
async function fetchLetter(
  client: ImapFlow,
  uid: number,
  maxFileBytes: number,
): Promise<FetchedLetter | undefined> {
  const head = await client.fetchOne(String(uid), { size: true, internalDate: true }, { uid: true });
  if (!client.usable || head === undefined) throw new Error('the connection was lost');
  if (!head) return undefined;
  const complete = (head.size ?? 0) <= sizeLimit(maxFileBytes);
  const source = complete ? true : { start: 0, maxLength: BEGINNING_BYTES };
  const body = await client.fetchOne(String(uid), { source }, { uid: true });
  if (!body || !body.source) throw new Error('the letter was not fetched');
  return { bytes: body.source, complete, arrivedAt: new Date(head.internalDate ?? 0) };
}

/** Where it cannot be moved it is marked as read and stays: the place in the mailbox is what counts. */
async function fileAway(
  client: ImapFlow,
  uid: number,
  folder: string,
  { ports }: TakingContext,
): Promise<void> {
  try {
    const moved = await client.messageMove(String(uid), folder, { uid: true });
    if (!moved) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  } catch (error) {
    ports.log.warn({ err: error, channel: 'email' }, 'a letter could not be filed away');
  }
}
