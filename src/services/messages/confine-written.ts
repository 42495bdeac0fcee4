import type { ServiceContext } from '../service-context.js';
import { confineFiles, confineMessages } from './confine-messages.js';

/** No complaint is written in more messages. */
const MOST = 300;

/** Finds what the user wrote and sent of a complaint or suggestion by its words and files, and keeps it apart (R-A8). */
export async function confineWritten(
  context: ServiceContext,
  input: {
    conversationId: string;
    upTo: string;
    matter: string;
    texts: readonly string[];
    fileIds: readonly string[];
  },
): Promise<void> {
  const { conversationId, upTo, matter } = input;
  const texts = new Set(input.texts.map((text) => text.trim()).filter((text) => text !== ''));
  const latest = await context.models.messages
    .find({ conversationId, _id: { $lte: upTo }, direction: 'in' }, { content: 1 })
    .sort({ _id: -1 })
    .limit(MOST)
    .lean();
  const own = latest.filter(({ content }) =>
    content.kind === 'file'
      ? input.fileIds.includes(content.fileId)
      : content.kind === 'text' && texts.has(content.text.trim()),
  );
  await confineMessages(context, { messageIds: own.map(({ _id }) => _id), matter });
  await confineFiles(context, input.fileIds, matter);
}
