import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelName } from '../shared/channel-name.js';
import type { AppointmentStep } from './appointment.js';

export type ServiceEventName =
  | 'consent-given'
  | 'consent-refused'
  | 'ticket-opened'
  | 'ticket-claimed'
  | 'taken-over'
  | 'handed-back'
  | 'first-response'
  | 'user-wrote'
  | 'staff-replied'
  | 'note-added'
  | 'ticket-updated'
  | 'ticket-moved'
  | 'ticket-resolved'
  | 'ticket-closed'
  | 'minutes-issued'
  | 'minutes-mailed'
  | 'ticket-rated'
  | 'escalated'
  | 'escalation-claimed'
  | 'escalation-answered'
  | 'escalation-user-asked'
  | 'escalation-user-answered'
  | 'escalation-passed-on'
  | 'escalation-declined'
  | 'escalation-approved'
  | 'escalation-returned'
  | 'escalation-withdrawn'
  | 'unit-reminded'
  | 'unit-silent'
  | 'letter-signed'
  | 'due-soon'
  | 'overdue'
  /** R-C2. */
  | 'visitor-unscheduled'
  | `appointment-${AppointmentStep}`
  | 'staff-told';

/** A fact for reports, recorded when it happens (R-F1). Figures read only these. */
export interface ServiceEvent {
  _id: string;
  /** What happened to what: the same fact is recorded once. */
  key: string;
  name: ServiceEventName;
  at: Date;
  channel: ChannelName | null;
  ticketId: string | null;
  conversationId: string | null;
  /** Staff member, when a person did it. */
  staffId: string | null;
  staffName: string | null;
  /** Numbers and codes that a figure may need: topic, unit, region, score, working minutes. */
  facts: Record<string, string | number | boolean | null>;
}

export function defineServiceEvents(connection: Connection): Model<ServiceEvent> {
  const schema = new Schema<ServiceEvent>(
    {
      _id: { type: String, required: true },
      key: { type: String, required: true },
      name: { type: String, required: true },
      at: { type: Date, required: true },
      channel: { type: String, default: null },
      ticketId: { type: String, default: null },
      conversationId: { type: String, default: null },
      staffId: { type: String, default: null },
      staffName: { type: String, default: null },
      facts: { type: Schema.Types.Mixed, default: {} },
    },
    { collection: 'serviceEvents', versionKey: false, minimize: false },
  );
  schema.index({ key: 1 }, { unique: true });
  schema.index({ name: 1, at: 1 });
  schema.index({ ticketId: 1, _id: 1 });
  return connection.model<ServiceEvent>('ServiceEvent', schema);
}
