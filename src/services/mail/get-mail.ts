import type { Readable } from 'node:stream';
import type { Mail } from '../../models/mail.js';
import { DomainError } from '../../shared/errors.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { composeMail } from './compose-mail.js';
import { recordsVisibleTo } from '../tickets/records-visible-to.js';
import { summariseMails, type MailSummary } from './mail-view.js';
import { outgoingMail } from './outgoing-mail.js';

export interface MailDetails extends MailSummary {
  text: string;
  attachments: Mail['attachments'];
}

/** @throws DomainError not-allowed, not-found */
export async function getMail(
  context: ServiceContext,
  { id, actor }: { id: string; actor: Actor },
): Promise<MailDetails> {
  const mail = await findMail(context, id, actor);
  const [summary] = await summariseMails(context, [mail]);
  if (!summary) throw new DomainError('not-found');
  return { ...summary, text: mail.text, attachments: mail.attachments };
}

/**
 * The mail as it is sent, RFC 5322, for download.
 * @throws DomainError not-allowed, not-found
 */
export async function mailSource(
  context: ServiceContext,
  { id, actor }: { id: string; actor: Actor },
): Promise<Readable> {
  return composeMail(await outgoingMail(context, await findMail(context, id, actor)));
}

async function findMail(context: ServiceContext, id: string, actor: Actor): Promise<Mail> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const visible = await recordsVisibleTo(context, actor);
  const mail = await context.models.mails.findOne({ _id: id, $and: [visible] }).lean();
  if (!mail) throw new DomainError('not-found');
  return mail;
}
