import type { ServiceContext } from '../service-context.js';

/**
 * Keeps messages, and the files they brought, to one complaint or suggestion (R-A8): on no other ticket of the person are they
 * shown. May run again.
 */
export async function confineMessages(
  { models }: ServiceContext,
  { messageIds, matter }: { messageIds: readonly string[]; matter: string },
): Promise<void> {
  if (messageIds.length === 0) return;
  const which = { _id: { $in: [...messageIds] } };
  await models.messages.updateMany(which, { $set: { matter } });
  const messages = await models.messages.find(which, { content: 1 }).lean();
  await confineFiles(
    { models },
    messages.flatMap(({ content }) => (content.kind === 'file' ? [content.fileId] : [])),
    matter,
  );
}

export async function confineFiles(
  { models }: Pick<ServiceContext, 'models'>,
  fileIds: readonly string[],
  matter: string,
): Promise<void> {
  if (fileIds.length > 0) await models.files.updateMany({ _id: { $in: [...fileIds] } }, { $set: { matter } });
}
