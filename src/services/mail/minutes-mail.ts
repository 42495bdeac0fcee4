import type { FileReference } from '../../models/message.js';
import type { Minutes } from '../../models/minutes.js';
import { isVoice, type Ticket } from '../../models/ticket.js';
import { recordingOf } from '../appointments/recording-of.js';
import { verificationUrl } from '../minutes/verification-code.js';
import type { ServiceContext } from '../service-context.js';
import { ticketStartLink } from '../tickets/ticket-start-link.js';
import { isMailAddress, queueMail } from './queue-mail.js';

/** Keys of these mails begin with this. */
export const MINUTES_MAIL = 'minutes:';

interface MinutesMailInput {
  ticket: Ticket;
  minutes: Minutes;
  file: FileReference;
  now: Date;
}

/**
 * R-A6: queues the e-mail that brings the BAK, once per BAK, in the language of the ticket.
 * @returns false when the user has given no usable address: the BAK then goes by chat alone.
 */
export async function queueMinutesMail(
  context: ServiceContext,
  { ticket, minutes, file, now }: MinutesMailInput,
): Promise<boolean> {
  const { email, name } = ticket.profile;
  if (email === undefined || !isMailAddress(email)) return false;
  const t = context.texts.for(ticket.language);
  const { phone, whatsapp, email: contact } = context.config.contact;
  const { kind } = ticket;
  const what = isVoice(kind) ? kind : 'minutes';
  const link = await ticketStartLink(context, ticket);
  const recording = await recordingOf(context, ticket);
  const words = {
    ...{ minutes: minutes.number, ticket: ticket.number, name: name ?? t('mail:unnamed') },
    ...{ question: ticket.question, answer: ticket.answer ?? '' },
    url: verificationUrl(context, minutes.verificationCode),
    ...{ phone, whatsapp, email: contact },
    recording: recording === null ? '' : t('mail:minutes.recording', { link: recording }),
    chat: link === undefined ? '' : t('mail:minutes.chat', { link }),
  };
  await queueMail(context, {
    key: `${MINUTES_MAIL}${minutes._id}`,
    to: email,
    subject: t(`mail:${what}.subject`, words),
    text: t(`mail:${what}.text`, words),
    attachments: [{ fileId: file.fileId, name: file.name }],
    ticket,
    now,
  });
  return true;
}
