import type { FileReference } from '../../models/message.js';
import type { Minutes } from '../../models/minutes.js';
import { fileReferences } from '../files/file-references.js';
import type { ServiceContext } from '../service-context.js';
import { verificationUrl } from './verification-code.js';

/** The register entry behind a verification link. */
export async function findMinutesByCode(
  { models }: ServiceContext,
  code: string,
): Promise<Minutes | undefined> {
  return (await models.minutes.findOne({ verificationCode: code }).lean()) ?? undefined;
}

/** The latest BAK of a ticket with its file. */
export async function findTicketMinutes(
  context: ServiceContext,
  ticketId: string,
): Promise<{ number: string; verificationUrl: string; file: FileReference } | undefined> {
  const minutes = await context.models.minutes.findOne({ ticketId }).sort({ revision: -1 }).lean();
  if (!minutes) return undefined;
  const [file] = await fileReferences(context, [minutes.fileId]);
  const { number, verificationCode } = minutes;
  return file && { number, verificationUrl: verificationUrl(context, verificationCode), file };
}
