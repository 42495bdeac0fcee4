import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelName } from '../shared/channel-name.js';
import type { Language } from '../shared/i18n.js';
import type { Author, Choice, Content } from './message.js';

/** Who a service user is, as far as it is known (R-A1). */
export interface Profile {
  name?: string;
  position?: string;
  agency?: string;
  /** Kemendagri code of the province, regency or city. */
  regionCode?: string;
  regionName?: string;
  email?: string;
  /** E.164. */
  phone?: string;
}

/** What a platform vouches for: its user's own telephone number (E.164) or e-mail address. */
export type Vouched = Pick<Profile, 'phone' | 'email'>;

/** One open dialog: its name and its state, plain data. */
export interface DialogFrame {
  dialog: string;
  state: unknown;
}

/** What the user may pick from; `numbered` is false where a number would be part of what they write. */
export interface Offered {
  choices: Choice[];
  numbered: boolean;
}

/** A message the turn has decided on and `deliver` has not yet put into the message log. */
export interface OutboxEntry {
  _id: string;
  author: Author;
  content: Content;
  at: Date;
  /** Nobody is woken by it: outside office hours it waits, unless something else goes out as well. */
  withinHours?: true;
  /** R-A8: the complaint or suggestion it belongs to. */
  matter?: string;
}

/** A conversation that was given back by hand and whose user has not been told yet. */
export interface HandedBack {
  /** Names this hand-back and no other. */
  key: string;
  ticketId: string;
  staffId: string;
  staffName: string;
  at: Date;
}

/** One service user on one channel: the dialog's state, who holds it, and what is waiting to go out. */
export interface Conversation {
  _id: string;
  channel: ChannelName;
  /** Which of our accounts on that channel. */
  account: string;
  /** The user's address on the channel. */
  address: string;
  contactId: string | null;
  /** What the platform says about who writes here. */
  vouched?: Vouched;
  /** Copy of the contact, so that a turn needs one read. */
  profile: Profile;
  language: Language;
  consentAt: Date | null;
  /** 'bot', or the staff member who took over: while a person holds it the bot is silent on every channel. */
  holder: 'bot' | 'staff';
  holderId: string | null;
  holderName: string | null;
  /** Set with the hand-back itself until it is told, recorded and audited: swept by a job, so that a crash loses nothing. */
  handedBack: HandedBack | null;
  stack: DialogFrame[];
  /** Version of the shape of `stack`; older state is restarted politely, never misread. */
  stackVersion: number;
  /** Choices of the last question, so that "2" and the words of a button mean the same as pressing it. */
  offered: Offered | null;
  /** Consecutive messages the bot did not understand. */
  misses: number;
  /** Guards every write of a turn. */
  version: number;
  leaseOwner: string | null;
  leaseUntil: Date | null;
  outbox: OutboxEntry[];
  /** The latest messages whose effect is in `stack`: what another process hands over again is recognised here. */
  handled: string[];
  /** When the dialog wants to be woken without a message (pause while a question is typed). */
  wakeAt: Date | null;
  openTicketId: string | null;
  /** Latest message of the user that an agent has seen. */
  readByStaff: string | null;
  /** Since when the user does not let us in, e.g. has blocked the bot. */
  unreachableAt: Date | null;
  createdAt: Date;
  lastInboundAt: Date | null;
}

export function defineConversations(connection: Connection): Model<Conversation> {
  const schema = new Schema<Conversation>(
    {
      _id: { type: String, required: true },
      channel: { type: String, required: true },
      account: { type: String, required: true },
      address: { type: String, required: true },
      contactId: { type: String, default: null },
      vouched: { type: Schema.Types.Mixed },
      profile: { type: Schema.Types.Mixed, default: {} },
      language: { type: String, default: 'id' },
      consentAt: { type: Date, default: null },
      holder: { type: String, default: 'bot' },
      holderId: { type: String, default: null },
      holderName: { type: String, default: null },
      handedBack: { type: Schema.Types.Mixed, default: null },
      stack: { type: Schema.Types.Mixed, default: () => [] },
      stackVersion: { type: Number, default: 1 },
      offered: { type: Schema.Types.Mixed, default: null },
      misses: { type: Number, default: 0 },
      version: { type: Number, default: 0 },
      leaseOwner: { type: String, default: null },
      leaseUntil: { type: Date, default: null },
      outbox: { type: Schema.Types.Mixed, default: () => [] },
      handled: { type: [String], default: [] },
      wakeAt: { type: Date, default: null },
      openTicketId: { type: String, default: null },
      readByStaff: { type: String, default: null },
      unreachableAt: { type: Date, default: null },
      createdAt: { type: Date, required: true },
      lastInboundAt: { type: Date, default: null },
    },
    { collection: 'conversations', versionKey: false, minimize: false },
  );
  schema.index({ channel: 1, account: 1, address: 1 }, { unique: true });
  schema.index({ contactId: 1 });
  // A query uses a partial index only when it repeats the $type of its filter.
  schema.index({ channel: 1, wakeAt: 1 }, { partialFilterExpression: { wakeAt: { $type: 'date' } } });
  schema.index({ 'outbox.at': 1 }, { sparse: true });
  schema.index({ 'handedBack.at': 1 }, { partialFilterExpression: { 'handedBack.at': { $type: 'date' } } });
  return connection.model<Conversation>('Conversation', schema);
}
