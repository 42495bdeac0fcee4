import { normalizeMessageContent, proto, type MediaType } from '@whiskeysockets/baileys';
import { DateTime } from 'luxon';
import type { InboundContent } from '../../conversation/channel.js';

type UnsupportedKind = Extract<InboundContent, { kind: 'unsupported' }>['what'];

/** Where an encrypted file lies and how it is opened. */
export interface MediaPlace {
  type: MediaType;
  directPath: string;
  mediaKey: Uint8Array;
  /** Of the plain file. */
  sha256: Uint8Array;
  /** Bytes, as the sender says. */
  size: number;
}

/** What a message of the protocol says. */
export type Parsed =
  | { kind: 'text'; text: string }
  | { kind: 'media'; name: string; caption?: string; place: MediaPlace | undefined }
  | { kind: 'unsupported'; what: UnsupportedKind }
  /** Nothing that anybody said: a reaction, a key, a deletion. */
  | { kind: 'nothing' };

/** @param bytes one message of the protocol; one that cannot be read is `unsupported` */
export function parse(bytes: Uint8Array, sentAt: Date): Parsed {
  let message: proto.IMessage;
  try {
    message = proto.Message.decode(bytes);
  } catch {
    return { kind: 'unsupported', what: 'other' };
  }
  return parseMessage(message.deviceSentMessage?.message ?? message, sentAt);
}

function parseMessage(message: proto.IMessage, sentAt: Date): Parsed {
  const content = normalizeMessageContent(message);
  if (!content) return { kind: 'nothing' };
  const text = textOf(content);
  if (text) return { kind: 'text', text };
  const edited = content.protocolMessage?.editedMessage;
  if (edited) return parseMessage(edited, sentAt);
  return mediaOf(content, sentAt) ?? otherKind(content);
}

function textOf(content: proto.IMessage): string | undefined {
  const { buttonsResponseMessage, listResponseMessage, templateButtonReplyMessage } = content;
  return (
    content.conversation ??
    content.extendedTextMessage?.text ??
    buttonsResponseMessage?.selectedDisplayText ??
    listResponseMessage?.title ??
    templateButtonReplyMessage?.selectedDisplayText ??
    undefined
  );
}

type Media = proto.Message.IImageMessage & { fileName?: string | null; title?: string | null };

function mediaOf(content: proto.IMessage, sentAt: Date): Parsed | undefined {
  const kinds: [MediaType, string, Media | null | undefined][] = [
    ['document', 'DOC', content.documentMessage],
    ['image', 'IMG', content.imageMessage],
    ['video', 'VID', content.videoMessage ?? content.ptvMessage],
    ['audio', 'AUD', content.audioMessage],
  ];
  for (const [type, prefix, media] of kinds) {
    if (!media) continue;
    const caption = media.caption?.trim();
    const name = media.fileName ?? media.title ?? `${prefix}-${dayOf(sentAt)}.${extensionOf(media.mimetype)}`;
    return { kind: 'media', name, ...(caption ? { caption } : {}), place: placeOf(type, media) };
  }
  return undefined;
}

/** A path that is none would lead the download to a host of the sender's choice. */
function placeOf(type: MediaType, media: Media): MediaPlace | undefined {
  const { directPath, mediaKey, fileSha256, fileLength } = media;
  if (!directPath?.startsWith('/') || !mediaKey?.length || !fileSha256?.length) return undefined;
  return { type, directPath, mediaKey, sha256: fileSha256, size: Number(fileLength ?? 0) };
}

function otherKind(content: proto.IMessage): Parsed {
  const { pollCreationMessage, pollCreationMessageV2, pollCreationMessageV3 } = content;
  if (content.stickerMessage) return { kind: 'unsupported', what: 'sticker' };
  if (content.locationMessage || content.liveLocationMessage)
    return { kind: 'unsupported', what: 'location' };
  if (content.contactMessage || content.contactsArrayMessage) return { kind: 'unsupported', what: 'contact' };
  if (pollCreationMessage || pollCreationMessageV2 || pollCreationMessageV3)
    return { kind: 'unsupported', what: 'poll' };
  const said = Object.entries(content).some(([field, value]) => value !== null && !UNSPOKEN.has(field));
  return said ? { kind: 'unsupported', what: 'other' } : { kind: 'nothing' };
}

/** Parts of a message that nobody expects an answer to. */
const UNSPOKEN: ReadonlySet<string> = new Set([
  ...['conversation', 'messageContextInfo', 'protocolMessage', 'senderKeyDistributionMessage'],
  ...['reactionMessage', 'encReactionMessage', 'pollUpdateMessage', 'keepInChatMessage', 'pinInChatMessage'],
]);

/** As WhatsApp names pictures, in the zone of the service. */
function dayOf(at: Date): string {
  return DateTime.fromJSDate(at, { zone: 'Asia/Jakarta' }).toFormat('yyyyMMdd');
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
};

function extensionOf(mimeType: string | null | undefined): string {
  const [type = ''] = (mimeType ?? '').split(';');
  return EXTENSIONS[type] ?? /^[a-z]+\/([a-z0-9]{2,5})$/.exec(type)?.[1] ?? 'bin';
}
