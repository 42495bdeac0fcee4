import type { Inbox, InboundContent } from '../../conversation/channel.js';
import { readBounce } from './bounce.js';
import { classify } from './classify.js';
import { cutQuote, type CutLetter } from './cut-quote.js';
import { takeEnclosures } from './enclosures.js';
import { plainSubject, ticketIn } from './message-id.js';
import { noteOf } from './note.js';
import { parseLetter, UnreadableLetterError, type Letter } from './parse.js';
import type { EmailPorts, EmailSettings } from './types.js';
import { addressOf, readVerdict } from './verify.js';

/** A letter as it was fetched. */
export interface FetchedLetter {
  bytes: Uint8Array;
  /** False when it is so large that only its beginning was fetched. */
  complete: boolean;
  /** When the office's mail server received it. */
  arrivedAt: Date;
}

export interface TakingContext {
  ports: EmailPorts;
  settings: EmailSettings;
  inbox: Inbox;
}

/**
 * Takes one letter in: a person's goes to the inbox, a returned one marks its address, what programs wrote is not answered.
 * Taking the same letter in twice changes nothing.
 * @returns `set-aside` for a letter that cannot be read; what failed for another reason throws and is tried again
 */
export async function takeLetter(
  fetched: FetchedLetter,
  context: TakingContext,
): Promise<'taken' | 'ignored' | 'set-aside'> {
  const letter = await readLetter(fetched.bytes);
  if (!letter) return setAside(fetched, context);
  const kind = classify(letter, context.settings.address);
  if (kind === 'bounce') await takeBounce(letter, context);
  if (kind === 'automatic') await noteAutomatic(letter, context);
  if (kind !== 'person') return 'ignored';
  if (!letter.from) return 'set-aside';
  await deliver(letter, fetched, context, await contentsOf(letter, fetched, context));
  return 'taken';
}

async function readLetter(bytes: Uint8Array): Promise<Letter | undefined> {
  try {
    return await parseLetter(bytes);
  } catch (error) {
    if (error instanceof UnreadableLetterError) return undefined;
    throw error;
  }
}

/** Its sender is told that it could not be read, if at least its head can, and a person looks at it in the mailbox. */
export async function setAside(fetched: FetchedLetter, context: TakingContext): Promise<'set-aside'> {
  const letter = await readLetter(headOf(fetched.bytes));
  if (letter?.from && classify(letter, context.settings.address) === 'person') {
    const contents: InboundContent[] = [{ kind: 'unsupported', what: 'other' }];
    await deliver(letter, fetched, context, { contents, cut: NOTHING, logos: 0, surplus: 0 });
  }
  return 'set-aside';
}

const NOTHING: CutLetter = { body: '', signature: '', quoted: '' };

/** The lines that say who wrote and when, without those that say how to read the rest. */
function headOf(bytes: Uint8Array): Uint8Array {
  const head =
    Buffer.from(bytes.subarray(0, 100_000))
      .toString('latin1')
      .split(/\r?\n\r?\n/)[0] ?? '';
  const kept = head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) =>
      /^(?:from|date|subject|message-id|references|in-reply-to|auto-submitted|precedence|list-id|return-path|authentication-results):/i.test(
        line,
      ),
    );
  return Buffer.from(`${kept.join('\r\n')}\r\n\r\n`, 'latin1');
}

interface Contents {
  contents: InboundContent[];
  cut: CutLetter;
  logos: number;
  surplus: number;
}

async function contentsOf(
  letter: Letter,
  fetched: FetchedLetter,
  { ports }: TakingContext,
): Promise<Contents> {
  const cut = cutQuote(letter.text);
  const { contents: files, ...left } = await takeEnclosures(letter, fetched.complete, ports);
  const words = letter.encrypted ? '' : wordsOf(letter, cut);
  // The words first: the files then belong to what they say.
  const contents: InboundContent[] = [
    ...(words === '' ? [] : [{ kind: 'text' as const, text: words }]),
    ...files,
  ];
  if (contents.length === 0) contents.push({ kind: 'unsupported', what: 'other' });
  return { contents, cut, ...left };
}

/** "Re: …": the subject is the one of our own letter. */
const ANSWER = /^\s*(?:re|aw|sv|bls|balas|balasan)\s*(?:\[\d+\])?\s*:/i;

const FORWARDED = /^\s*(?:fwd?|wg|trs|terusan|diteruskan)\s*:/i;

/** What was written this time. The subject of a new letter says what it is about, in an answer it is our own. */
function wordsOf(letter: Letter, cut: CutLetter): string {
  const subject = plainSubject(letter.subject);
  const forwarded = FORWARDED.test(letter.subject);
  const words = forwarded ? letter.text : cut.body;
  const isNew =
    letter.references.length === 0 && (forwarded || plainSubject(letter.subject) === letter.subject);
  // A ticket that is named in a subject of the user's own is what the letter is about.
  const named = ticketIn(letter.subject);
  if (named !== null && !forwarded && !ANSWER.test(letter.subject))
    return `${letter.subject}\n\n${words}`.trim();
  if (words === '') return isNew ? subject : '';
  return isNew && subject !== '' ? `${subject}\n\n${words}` : words;
}

async function deliver(
  letter: Letter,
  { arrivedAt }: FetchedLetter,
  { ports, settings, inbox }: TakingContext,
  { contents, cut, ...left }: Contents,
): Promise<void> {
  const mailbox = letter.from?.address ?? '';
  const verdict = readVerdict(
    letter.headers,
    settings.authservId,
    mailbox.slice(mailbox.lastIndexOf('@') + 1),
  );
  const answered = await ports.letters.withMessageIds(letter.references, mailbox);
  // Whoever answers a letter of ours has read it, unless their own domain says that they are somebody else.
  const ours = verdict.sender === 'fail' ? undefined : answered.find(({ direction }) => direction === 'out');
  const root = letter.references[0] ?? letter.messageId ?? letter.id;
  const address = ours?.address ?? addressOf(mailbox, verdict.sender, root);
  const now = ports.clock.now();
  await ports.letters.save({
    ...{ id: letter.id, direction: 'in', messageId: letter.messageId ?? '', address, mailbox },
    ...{ subject: letter.subject, references: letter.references, automatic: false, messageIds: [], at: now },
    ticket: await ownTicket(ticketIn(letter.subject), address, ports),
  });
  const sentAt = arrivedAt > now ? now : arrivedAt;
  let conversationId = '';
  for (const [index, content] of contents.entries()) {
    const stored = await inbox.receive({
      ...{ channel: 'email', account: settings.address, address, sentAt, content },
      providerId: index === 0 ? letter.id : `${letter.id}:${index}`,
      ...(verdict.sender === 'pass' ? { known: { email: mailbox } } : { claimedEmail: mailbox }),
    });
    conversationId = stored.conversationId;
  }
  if (verdict.sender !== 'fail') await ports.undeliverable.clear(mailbox);
  const text = noteOf(ports.texts.for('id'), { letter, verdict, cut, ...left });
  await ports.addNote({ conversationId, key: letter.id, text });
}

/** A number in a subject counts only where this conversation has had a letter about it: a number alone is no key. */
async function ownTicket(
  number: string | null,
  address: string,
  { letters }: EmailPorts,
): Promise<string | null> {
  if (number === null) return null;
  const own = await letters.latest(address, 200);
  return own.some(({ direction, ticket }) => direction === 'out' && ticket === number) ? number : null;
}

/** Believed only where it names a letter that we have sent: its Message-ID cannot be guessed. */
async function takeBounce(letter: Letter, { ports }: TakingContext): Promise<void> {
  const bounce = readBounce(letter);
  if (!bounce.failed) return;
  const reason = `returned-${bounce.status}`;
  const returned = await ports.letters.withMessageIds(bounce.messageIds);
  for (const sent of returned.filter(({ direction }) => direction === 'out')) {
    await ports.noteUndelivered(sent.messageIds, reason);
    if (bounce.unreachable) await ports.undeliverable.mark(sent.mailbox, bounce.status, ports.clock.now());
    const conversationId = await ports.letters.conversationOf(sent.address);
    if (conversationId === undefined) continue;
    const key = bounce.unreachable ? 'email:note.unreachable' : 'email:note.returned';
    const text = ports.texts.for('id')(key, { address: sent.mailbox, status: bounce.status });
    await ports.addNote({ conversationId, key: `returned:${sent.id}`, text });
  }
  if (returned.length > 0) return;
  for (const messageId of bounce.messageIds) {
    const known = await ports.noteReturnedMail(messageId, reason);
    if (known && bounce.unreachable && bounce.recipient !== undefined)
      await ports.undeliverable.mark(bounce.recipient, bounce.status, ports.clock.now());
  }
}

/** An absence notice says something to people: it is noted, and nobody answers it. */
async function noteAutomatic(letter: Letter, { ports }: TakingContext): Promise<void> {
  const [sent] = await ports.letters.withMessageIds(letter.references, letter.from?.address);
  const conversationId = sent && (await ports.letters.conversationOf(sent.address));
  if (conversationId === undefined) return;
  const words = cutQuote(letter.text).body.slice(0, 1_000);
  const text = ports.texts.for('id')('email:note.automatic', { subject: letter.subject, words });
  await ports.addNote({ conversationId, key: letter.id, text: text.trim() });
}
