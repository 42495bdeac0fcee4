import type { ChannelName } from './channels.js';
import type { TicketSummary } from './tickets.js';

/** Who a ticket is about, beyond the ticket. */
export interface Person {
  addresses: PersonAddress[];
  tickets: Pick<TicketSummary, 'number' | 'status' | 'receivedAt' | 'question'>[];
  similar: SimilarPerson[];
  merges: PersonMerge[];
}

interface PersonAddress {
  conversationId: string;
  channel: ChannelName;
  lastInboundAt: string | null;
}

/** A contact with the same e-mail address or telephone number. */
export interface SimilarPerson {
  id: string;
  name: string | null;
  agency: string | null;
  channels: ChannelName[];
  same: ('email' | 'phone')[];
}

interface PersonMerge {
  id: string;
  name: string | null;
  reason: 'verified' | 'staff';
  by: string | null;
  at: string;
}
