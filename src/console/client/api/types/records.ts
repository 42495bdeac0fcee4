import type { ChannelReport } from './channels.js';

export type Facts = Record<string, string | number | boolean | null>;

export interface MailSummary {
  id: string;
  to: string;
  subject: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  reason: string | null;
  createdAt: string;
  sentAt: string | null;
  ticketNumber: string | null;
}

export interface MailDetail extends MailSummary {
  text: string;
  attachments: { fileId: string; name: string }[];
}

export interface MinutesEntry {
  number: string;
  revision: number;
  ticketNumber: string;
  issuedAt: string;
  officerName: string;
  fileId: string;
  verificationUrl: string;
}

export interface AuditItem {
  id: string;
  at: string;
  actorName: string;
  action: string;
  subject: string;
  details: Facts;
}

export interface Overview {
  channels: ChannelReport[];
  mail: { mode: 'smtp' | 'folder'; queued: number; failed: number };
  pendingMessages: number;
  store: 'embedded' | 'mongodb';
  version: string;
}
