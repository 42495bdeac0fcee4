import { z } from 'zod';
import { channelReport } from './channels.js';
import { instant, pageQuery } from './common.js';

export const pageOnly = z.strictObject(pageQuery);

const mailFields = {
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  state: z.enum(['queued', 'sent', 'failed']),
  attempts: z.number().int(),
  reason: z.string().nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
  ticketNumber: z.string().nullable(),
};
export const mailSummary = z.object(mailFields).meta({ id: 'MailSummary' });
export const mail = z
  .object({
    ...mailFields,
    text: z.string(),
    attachments: z.array(z.object({ fileId: z.string(), name: z.string() })),
  })
  .meta({ id: 'Mail' });

export const minutesEntry = z
  .object({
    number: z.string(),
    revision: z.number().int(),
    ticketNumber: z.string(),
    issuedAt: instant,
    officerName: z.string(),
    fileId: z.string(),
    verificationUrl: z.string(),
  })
  .meta({ id: 'MinutesEntry', description: 'A BAK (Berita Acara Konsultasi) in its register' });

export const auditEntry = z
  .object({
    id: z.string(),
    at: instant,
    actorName: z.string(),
    action: z.string().describe('operationId of the operation'),
    subject: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditEntry' });

export const overview = z
  .object({
    channels: z.array(channelReport),
    mail: z.object({ mode: z.enum(['smtp', 'folder']), queued: z.number().int(), failed: z.number().int() }),
    pendingMessages: z.number().int(),
    store: z.enum(['embedded', 'mongodb']),
    version: z.string(),
  })
  .meta({ id: 'Overview' });
