/** Shapes of the console's REST API (`/api/v1/openapi.json`). Times are ISO 8601 in UTC. */

export type Role = 'agent' | 'supervisor' | 'unit-member' | 'head-of-unit' | 'receptionist' | 'administrator';
export const ROLES: readonly Role[] = [
  'agent',
  'supervisor',
  'unit-member',
  'head-of-unit',
  'receptionist',
  'administrator',
];

export type Language = 'id' | 'en';
export type ChannelName = 'web-chat' | 'terminal' | 'whatsapp' | 'telegram' | 'teams' | 'email';
export type TicketStatus =
  'open' | 'in-progress' | 'waiting-user' | 'waiting-unit' | 'resolved' | 'closed';
export type TicketView = 'unassigned' | 'mine' | 'open' | 'overdue' | 'resolved' | 'closed' | 'all';
export type TicketAction =
  'claim' | 'take-over' | 'hand-back' | 'reply' | 'note' | 'resolve' | 'close' | 'assign' | 'edit';

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface Me {
  id: string;
  username: string;
  name: string;
  position: string | null;
  roles: Role[];
  language: Language;
  unitCode: string | null;
}

export interface SetupInvitation {
  valid: boolean;
  needsUsername: boolean;
  username?: string | null;
  name?: string | null;
}

export interface SessionInfo {
  id: string;
  userAgent: string | null;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

export interface FileRef {
  fileId: string;
  name: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

export interface TicketSummary {
  number: string;
  kind: 'consultation' | 'assistance';
  status: TicketStatus;
  channel: ChannelName;
  name: string | null;
  agency: string | null;
  regionName: string | null;
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
}

export type Content =
  | { kind: 'text'; text: string; choices?: { id: string; title: string }[]; replaces?: string }
  | { kind: 'choice'; choice: string; text: string }
  | ({ kind: 'file'; caption?: string } & FileRef)
  | { kind: 'refused-file'; name: string; reason: string }
  | { kind: 'unsupported'; what: string };

export interface Message {
  /** ULID: the order of the conversation. */
  id: string;
  direction: 'in' | 'out' | 'note';
  channel: ChannelName;
  author: { kind: 'user' | 'bot' | 'staff' | 'system'; name?: string | null };
  content: Content;
  sentAt: string;
  receivedAt: string;
  delivery: { state: 'queued' | 'sent' | 'delivered' | 'read' | 'failed'; reason: string | null } | null;
}

export type Facts = Record<string, string | number | boolean | null>;

/** Who a ticket is about, beyond the ticket. */
export interface Person {
  addresses: { conversationId: string; channel: ChannelName; lastInboundAt: string | null }[];
  tickets: { number: string; status: TicketStatus; receivedAt: string; question: string }[];
  similar: {
    id: string;
    name: string | null;
    agency: string | null;
    channels: ChannelName[];
    same: ('email' | 'phone')[];
  }[];
  merges: { id: string; name: string | null; reason: 'verified' | 'staff'; by: string | null; at: string }[];
}

export interface HistoryEntry {
  id: string;
  at: string;
  name: string;
  who: string | null;
  facts: Facts;
}

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

export interface StaffMember {
  id: string;
  username: string;
  name: string;
  position: string | null;
  email: string | null;
  roles: Role[];
  unitCode: string | null;
  active: boolean;
  hasPassword: boolean;
}

export interface Assignee {
  id: string;
  name: string;
}

export interface Topic {
  code: string;
  name: { id: string; en: string };
  keywords: string[];
  unitCode: string;
  position: number;
  active: boolean;
}

export interface Unit {
  code: string;
  name: string;
  active: boolean;
}

export type HolidayKind = 'national-holiday' | 'collective-leave' | 'office-closing';

export interface Holiday {
  /** yyyy-MM-dd. */
  date: string;
  name: string;
  kind: HolidayKind;
  decree: string | null;
}

export interface OpeningPeriod {
  from: string;
  to: string;
}

export interface OfficeHours {
  zone: string;
  /** ISO weekday "1" (Monday) … "7". */
  periods: Record<string, OpeningPeriod[]>;
}

export interface Region {
  code: string;
  name: string;
  level: string;
  province: string | null;
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
  channels: {
    name: string;
    state: 'up' | 'down' | 'starting';
    reason?: string | null;
    lastInboundAt: string | null;
    lastOutboundAt: string | null;
    queued: number;
  }[];
  mail: { mode: 'smtp' | 'folder'; queued: number; failed: number };
  pendingMessages: number;
  store: 'embedded' | 'mongodb';
  version: string;
}

/** One line of the live stream: identifiers only, the page fetches what it shows. */
export interface Change {
  topic: 'ticket' | 'message' | 'mail' | 'staff' | 'settings';
  id: string;
  conversationId?: string;
  number?: string;
}
