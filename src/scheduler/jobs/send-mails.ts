import { nextMail } from '../../services/mail/next-mail.js';
import { sendQueuedMails } from '../../services/mail/send-queued-mails.js';
import type { Job } from '../job.js';

/** Hands queued e-mails to the mail server. */
export const sendMailsJob: Job = {
  name: 'send-mails',
  every: 10,
  run: async ({ engine, mailTransport }) => {
    await sendQueuedMails(engine.services, mailTransport, engine.clock);
  },
  nextDue: ({ engine }) => nextMail(engine.services),
};
