import { createHash } from 'node:crypto';
import PostalMime, { addressParser, type Attachment, type Email } from 'postal-mime';
import { cleanText } from '../clean-text.js';
import { htmlToText } from './html-to-text.js';

/** Deeper or longer than this no mail program writes: such a letter is set aside. */
const LIMITS = { maxNestingDepth: 50, maxHeadersSize: 500_000, maxRfc822NestingDepth: 3 };

/** Ids of a thread that are looked at: its first and its latest. */
const MAX_REFERENCES = 50;

const MAX_SUBJECT = 250;

/** Longest text that is taken over, in UTF-16 units; what is longer belongs in a file. */
const MAX_TEXT = 100_000;

/** A letter that cannot be read at all; it is set aside for a person. */
export class UnreadableLetterError extends Error {
  override readonly name = 'UnreadableLetterError';
}

/** A part of a letter that is a file. */
export interface Enclosure {
  name: string;
  mimeType: string;
  bytes: Uint8Array;
  /** Shown inside the text: a picture, or the logo of a signature. */
  inline: boolean;
}

/** An e-mail as it is understood here: words without markup, files as bytes. */
export interface Letter {
  /** The same for the same letter, however often and under whatever UID it is fetched. */
  id: string;
  /** With its brackets; undefined where the sender gave none. */
  messageId: string | undefined;
  /** Message-IDs of the letters it answers, oldest first. */
  references: readonly string[];
  from: { address: string; name: string } | undefined;
  subject: string;
  contentType: string;
  text: string;
  enclosures: readonly Enclosure[];
  /** It, or all that matters of it, is encrypted. */
  encrypted: boolean;
  /** Outlook's own format, which carries the files where no other program finds them. */
  hasWinmail: boolean;
  deliveryStatus: string | undefined;
  /** Message-IDs in a letter that is sent back with this one. */
  returnedIds: readonly string[];
  headers: readonly { key: string; value: string }[];
  header(name: string): string | undefined;
}

/**
 * Reads a letter's bytes (RFC 5322, MIME).
 * @throws UnreadableLetterError
 */
export async function parseLetter(source: Uint8Array): Promise<Letter> {
  try {
    return toLetter(source, await PostalMime.parse(source, LIMITS));
  } catch (error) {
    throw new UnreadableLetterError('this letter cannot be read', { cause: error });
  }
}

function toLetter(source: Uint8Array, email: Email): Letter {
  const header = (name: string): string | undefined => email.headers.find(({ key }) => key === name)?.value;
  const contentType = (header('content-type') ?? 'text/plain').toLowerCase();
  const [messageId] = idsIn(header('message-id') ?? '');
  const from = senderOf(email);
  const text = cleanWords(email.text?.trim() ? email.text : htmlToText(email.html ?? ''));
  const reports = email.attachments.filter(({ mimeType }) => REPORT_PARTS.has(mimeType));
  return {
    id: idOf(source, messageId, from?.address, email),
    messageId,
    references: referencesOf(header('references') ?? '', header('in-reply-to') ?? ''),
    from,
    subject: oneLine(email.subject ?? ''),
    contentType,
    text,
    enclosures: email.attachments.filter(isEnclosure).map(toEnclosure),
    encrypted:
      ENCRYPTED.test(contentType) || email.attachments.some(({ mimeType }) => ENCRYPTED.test(mimeType)),
    hasWinmail: email.attachments.some(isWinmail),
    deliveryStatus: textOf(reports.find(({ mimeType }) => mimeType.endsWith('delivery-status'))),
    returnedIds: reports.flatMap((part) => returnedIds(textOf(part) ?? '')),
    headers: email.headers,
    header,
  };
}

const ENCRYPTED = /^(?:multipart\/encrypted|application\/(?:x-)?pkcs7-mime|application\/pgp-encrypted)\b/;

/** Parts that belong to the letter's form, not to what it brings. */
const FORM_PARTS =
  /^(?:application\/(?:(?:x-)?pkcs7-(?:signature|mime)|pgp-(?:signature|encrypted|keys)|ms-tnef)|message\/(?:delivery-status|global-delivery-status|disposition-notification|feedback-report)|text\/rfc822-headers)$/;

const REPORT_PARTS = new Set([
  ...['message/delivery-status', 'message/global-delivery-status'],
  ...['message/rfc822', 'message/global', 'text/rfc822-headers', 'message/global-headers'],
]);

/** Two routes to the same mailbox bring one letter; a forged copy of a Message-ID with other words does not hide it. */
function idOf(
  source: Uint8Array,
  messageId: string | undefined,
  from: string | undefined,
  email: Email,
): string {
  const hash = createHash('sha256');
  if (messageId === undefined) return hash.update(source).digest('hex').slice(0, 40);
  hash.update(JSON.stringify([messageId, from, email.subject, email.date, email.text, email.html]));
  for (const { filename, content } of email.attachments) hash.update(filename ?? '').update(bytesOf(content));
  return hash.digest('hex').slice(0, 40);
}

function senderOf({ headers }: Email): Letter['from'] {
  const said = headers.filter(({ key }) => key === 'from');
  // Several senders, or several From lines, are a way to show one and be checked as another.
  if (said.length !== 1) return undefined;
  const mailboxes = addressParser(said[0]?.value.slice(0, 2_000) ?? '', { flatten: true });
  const [first, ...others] = mailboxes;
  const address = first?.address?.trim().toLowerCase() ?? '';
  if (!standsAlone(said[0]?.value ?? '', address)) return undefined;
  if (others.length > 0 || !ADDRESS.test(address) || address.length > 254) return undefined;
  return { address, name: oneLine(first?.name ?? '').slice(0, 120) };
}

/** In its brackets at the end, or by itself: an address that was found in a name is not the sender's. */
function standsAlone(value: string, address: string): boolean {
  const said = value.trim().toLowerCase();
  const bare = said.includes('<')
    ? /<\s*([^<>\s]+)\s*>$/.exec(said)?.[1]
    : said.replace(/\s*\([^()]*\)$/, '');
  return bare === address;
}

const ADDRESS =
  /^[^\s<>()[\]\\,;:"@]+@[a-z0-9\u0080-\uffff](?:[a-z0-9.\u0080-\uffff-]*[a-z0-9\u0080-\uffff])?$/;

function referencesOf(references: string, inReplyTo: string): string[] {
  const ids = [...new Set([...idsIn(references), ...idsIn(inReplyTo)])];
  return ids.length <= MAX_REFERENCES ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MAX_REFERENCES)];
}

function idsIn(header: string): string[] {
  return [...header.slice(0, 20_000).matchAll(/<[^<>\s]{3,250}>/g)].map(([id]) => id);
}

function returnedIds(part: string): string[] {
  return [...part.slice(0, 100_000).matchAll(/^message-id:\s*(<[^<>\s]{3,250}>)/gim)].map(
    ([, id = '']) => id,
  );
}

function isWinmail({ mimeType, filename }: Attachment): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(mimeType) || filename?.toLowerCase() === 'winmail.dat';
}

function isEnclosure(attachment: Attachment): boolean {
  return !FORM_PARTS.test(attachment.mimeType) && !isWinmail(attachment);
}

function toEnclosure({
  filename,
  mimeType,
  disposition,
  related,
  contentId,
  content,
}: Attachment): Enclosure {
  const picture = mimeType.startsWith('image/');
  return {
    name: filename?.trim() ? oneLine(filename).slice(0, 255) : (NAMES[mimeType] ?? 'lampiran'),
    mimeType,
    bytes: bytesOf(content),
    inline: picture && (related === true || (disposition !== 'attachment' && contentId !== undefined)),
  };
}

/** A part without a name gets the one its type suggests; what it really is its bytes decide. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ 'application/pdf': 'lampiran.pdf', 'image/jpeg': 'gambar.jpg', 'image/png': 'gambar.png' },
  ...{ 'text/calendar': 'undangan.ics', 'message/rfc822': 'surat.eml' },
};

function textOf(part: Attachment | undefined): string | undefined {
  return part && Buffer.from(bytesOf(part.content)).toString('utf8');
}

function bytesOf(content: Attachment['content']): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

/** Where Latin-1 has control characters; many programs name the one and write the other, and so do some decoders. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Besides: nothing that turns the reading direction or hides. */
function cleanWords(text: string): string {
  return cleanText(
    text
      .slice(0, MAX_TEXT)
      .replace(/[\u0080-\u009F]/g, (char) => WINDOWS_1252.charAt(char.charCodeAt(0) - 0x80))
      .replace(/[\u200B\u202A-\u202E\u2060-\u2069\uFEFF]/g, ''),
  );
}

function oneLine(text: string): string {
  return cleanWords(text).replace(/\s+/g, ' ').slice(0, MAX_SUBJECT).trim();
}
