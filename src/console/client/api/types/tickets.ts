import type { ChannelName } from './channels.js';
import type { FileRef } from './messages.js';
import type { Facts } from './records.js';

export type TicketStatus =
  'open' | 'in-progress' | 'waiting-user' | 'waiting-unit' | 'scheduled' | 'resolved' | 'closed';

export type TicketView =
  | 'unassigned'
  | 'mine'
  | 'open'
  | 'overdue'
  | 'complaints'
  | 'suggestions'
  | 'waiting-unit'
  | 'resolved'
  | 'closed'
  | 'all';

export type TicketAction =
  | 'mark-concerned'
  | 'claim'
  | 'take-over'
  | 'hand-back'
  | 'reply'
  | 'note'
  | 'resolve'
  | 'close'
  | 'assign'
  | 'edit'
  | 'escalate';

export interface TicketSummary {
  number: string;
  kind:
    | ('consultation' | 'assistance' | 'complaint' | 'suggestion')
    | ('visit' | 'video-application' | 'video-network');
  status: TicketStatus;
  channel: ChannelName;
  name: string | null;
  agency: string | null;
  regionName: string | null;
  anonymous: boolean;
  topic: { code: string; name: string };
  question: string;
  receivedAt: string;
  dueAt: string;
  overdue: boolean;
  assignee: { id: string; name: string } | null;
  holder: 'bot' | 'staff';
  unread: number;
  updatedAt: string;
}

export interface Profile {
  name: string | null;
  position: string | null;
  agency: string | null;
  regionCode: string | null;
  regionName: string | null;
  email: string | null;
  phone: string | null;
}

export interface Ticket extends TicketSummary {
  conversationId: string;
  /** Every conversation of the person. */
  conversationIds: string[];
  /** What a complaint or suggestion is about. */
  about: string | null;
  /** Whom of the staff a complaint is about. */
  concerns: { id: string; name: string } | null;
  profile: Profile;
  unit: { code: string; name: string };
  attachments: FileRef[];
  countedFrom: string;
  firstResponseAt: string | null;
  answer: string | null;
  legalBasis: string[];
  resolvedAt: string | null;
  closedAt: string | null;
  closeReason: string | null;
  rating: { score: number; comment: string | null; at: string } | null;
  minutes: {
    number: string;
    revision: number;
    fileId: string;
    verificationUrl: string;
    issuedAt: string;
  } | null;
  deadlineExplanation: string;
  holderName: string | null;
  unreachableAt: string | null;
  allowed: TicketAction[];
}

export interface TicketCounts {
  unassigned: number;
  mine: number;
  open: number;
  overdue: number;
  complaints: number;
  suggestions: number;
}

export interface HistoryEntry {
  id: string;
  at: string;
  name: string;
  who: string | null;
  facts: Facts;
}
