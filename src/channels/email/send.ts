import { ChannelError, type OutboundMessage } from '../../conversation/channel.js';
import { messageIdOf, plainSubject, ticketIn } from './message-id.js';
import { render } from './render.js';
import type { EmailPorts, EmailSettings, OutgoingLetter, StoredLetter } from './types.js';
import { mailboxOf } from './verify.js';

const HOUR = 60 * 60_000;

/** The last resort against two programs that answer each other: letters of the bot to one address. */
const MOST_PER_HOUR = 8;
const MOST_PER_DAY = 30;

/** Ids a letter names of the thread before it: its first and its latest. */
const MAX_REFERENCES = 20;

/**
 * Sends messages as one letter, in the thread they belong to.
 * @throws ChannelError `address-undeliverable`, `rate-stop`, or what the mail server said
 */
export async function sendTogether(
  messages: readonly OutboundMessage[],
  ports: EmailPorts,
  settings: EmailSettings,
): Promise<'sent'> {
  const [first] = messages;
  if (!first) return 'sent';
  const mailbox = mailboxOf(first.address);
  if (await ports.undeliverable.find(mailbox)) throw new ChannelError('address-undeliverable', true);
  const automatic = messages.every(({ author }) => author.kind !== 'staff');
  const { language, name } = await ports.addressee(first.conversationId);
  const t = ports.texts.for(language);
  const { texts, files } = render(messages, { t, name, contact: ports.contact });
  const thread = await threadOf(messages, ports);
  for (const [part, text] of texts.entries()) {
    const messageId = messageIdOf(first.id, part, settings.address, ports.sign);
    const sent = await ports.letters.find(messageId);
    if (automatic && !sent) await stopLoops(mailbox, ports);
    const letter: OutgoingLetter = {
      ...{ messageId, to: mailbox, text, automatic, date: ports.clock.now() },
      ...{ inReplyTo: thread.inReplyTo, references: thread.references },
      subject: subjectOf(thread, t('email:subject')),
      attachments: part === texts.length - 1 ? await attachmentsOf(files, ports) : [],
    };
    // Before it leaves: its answer, or its return, may come at once.
    await ports.letters.save({
      ...{ id: messageId, direction: 'out', messageId, address: first.address, mailbox, automatic },
      ...{ subject: letter.subject, ticket: thread.ticket, references: thread.references },
      ...{ messageIds: messages.map(({ id }) => id), at: letter.date },
    });
    await ports.sendMail(letter);
  }
  return 'sent';
}

interface Thread {
  ticket: string | null;
  subject: string;
  inReplyTo: string | undefined;
  references: readonly string[];
}

/** The latest letter about the ticket that is spoken of; otherwise the latest that the person wrote. */
async function threadOf(messages: readonly OutboundMessage[], { letters }: EmailPorts): Promise<Thread> {
  const spokenOf = messages
    .map(({ content }) => (content.kind === 'text' ? ticketIn(content.text) : null))
    .find((number) => number !== null);
  const latest = await letters.latest(messages[0]?.address ?? '', 100);
  const own = new Set(messages.map(({ id }) => id));
  const earlier = latest.filter(({ messageIds }) => !messageIds.some((id) => own.has(id)));
  const answered =
    earlier.find(({ ticket }) => spokenOf !== undefined && ticket === spokenOf) ??
    earlier.find(({ direction }) => direction === 'in');
  return { ...replyTo(answered), ticket: spokenOf ?? answered?.ticket ?? null };
}

function replyTo(answered: StoredLetter | undefined): Omit<Thread, 'ticket'> {
  if (!answered) return { subject: '', inReplyTo: undefined, references: [] };
  const { messageId, subject } = answered;
  const chain = [...answered.references, messageId].filter((id) => id !== '');
  const references =
    chain.length <= MAX_REFERENCES ? chain : [...chain.slice(0, 1), ...chain.slice(1 - MAX_REFERENCES)];
  return { subject: plainSubject(subject), inReplyTo: messageId === '' ? undefined : messageId, references };
}

function subjectOf({ ticket, subject, inReplyTo }: Thread, standard: string): string {
  const words = subject === '' ? standard : subject;
  const tagged = ticket === null ? words : `[${ticket}] ${words}`;
  return inReplyTo === undefined ? tagged : `Re: ${tagged}`;
}

async function stopLoops(mailbox: string, { letters, clock }: EmailPorts): Promise<void> {
  const since = (hours: number): Date => new Date(clock.now().getTime() - hours * HOUR);
  if ((await letters.countAutomatic(mailbox, since(24))) >= MOST_PER_DAY)
    throw new ChannelError('rate-stop', true);
  if ((await letters.countAutomatic(mailbox, since(1))) >= MOST_PER_HOUR)
    throw new ChannelError('rate-stop', false, HOUR);
}

async function attachmentsOf(
  files: readonly { fileId: string; name: string }[],
  { openFile }: EmailPorts,
): Promise<OutgoingLetter['attachments']> {
  const opened = await Promise.all(
    files.map(async ({ fileId, name }) => ({ name, file: await openFile(fileId) })),
  );
  return opened.map(({ name, file }) => ({
    filename: name,
    contentType: file.mimeType,
    content: file.read(),
  }));
}
