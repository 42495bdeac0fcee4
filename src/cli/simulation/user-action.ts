import type { InboundContent, InboundMessage } from '../../conversation/channel.js';
import type { Engine } from '../../conversation/engine.js';
import { receiveMessage } from '../../conversation/receive-message.js';
import { refusedFileReason } from '../../conversation/refused-file-reason.js';
import { storeFile } from '../../services/files/store-file.js';
import { DomainError } from '../../shared/errors.js';
import { attachmentContent } from './sample-bytes.js';
import type { ScriptAttachment, UserLine } from './script-line.js';

/** Delivers what a user of a script sends, as a channel would: text or choice first, then each file. */
export async function actAsUser(
  engine: Engine,
  line: UserLine,
  lineNumber: number,
  now: Date,
): Promise<void> {
  const id = line.id ?? `line-${lineNumber}`;
  const contents: InboundContent[] = [];
  if (line.choice !== undefined)
    contents.push({ kind: 'choice', choice: line.choice, text: line.text ?? line.choice });
  else if (line.text !== undefined) contents.push({ kind: 'text', text: line.text });
  for (const attachment of line.attachments ?? []) contents.push(await received(engine, attachment, now));
  for (const [part, content] of contents.entries()) {
    await receiveMessage(engine, inbound(line, content, part === 0 ? id : `${id}/${part}`, now));
  }
}

function inbound(
  { channel, from, sentAt }: UserLine,
  content: InboundContent,
  providerId: string,
  now: Date,
): InboundMessage {
  const message = {
    channel,
    account: channel,
    address: from,
    providerId,
    sentAt: sentAt === undefined ? now : new Date(sentAt),
    content,
  };
  if (channel === 'email') return { ...message, known: { email: from } };
  return channel === 'whatsapp'
    ? { ...message, known: { phone: from.startsWith('+') ? from : `+${from}` } }
    : message;
}

async function received(
  { services }: Engine,
  attachment: ScriptAttachment,
  now: Date,
): Promise<InboundContent> {
  const { name } = attachment;
  try {
    const file = await storeFile(services, {
      content: attachmentContent(attachment),
      name,
      conversationId: null,
      now,
    });
    return { kind: 'file', ...file };
  } catch (error) {
    const reason = error instanceof DomainError ? refusedFileReason(error.code) : undefined;
    if (!reason) throw error;
    return { kind: 'refused-file', name, reason };
  }
}
