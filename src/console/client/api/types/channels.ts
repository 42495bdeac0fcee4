export type ChannelName = 'web-chat' | 'terminal' | 'whatsapp' | 'telegram' | 'teams' | 'email';

export interface ChannelReport {
  name: ChannelName;
  state: 'up' | 'down' | 'starting' | 'off';
  /** English. */
  reason?: string;
  lastInboundAt: string | null;
  lastConfirmedOutboundAt: string | null;
  queued: number;
  waitingSince: string | null;
}

export interface ChannelView extends ChannelReport {
  account: string | null;
  variables: string[];
  /** Null where nothing has to be linked. */
  pairing: Pairing['phase'] | null;
}

/** QR and code are secrets: they stay in this page's memory, and only while they are shown. */
export interface Pairing {
  phase: 'unpaired' | 'waiting' | 'paired';
  /** English. */
  reason?: string;
  qr?: string;
  code?: string;
  since?: string;
  phone?: string;
}
