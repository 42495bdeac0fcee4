import { Schema, type Connection, type Model } from 'mongoose';

/** A day, or part of one, on which the office takes no bookings although it works (R-C3: the room must be free). */
export interface ClosedSession {
  _id: string;
  /** yyyy-MM-dd */
  date: string;
  /** Code of the room; null closes every room. */
  room: string | null;
  startsAt: Date;
  endsAt: Date;
  reason: string;
  byName: string;
  createdAt: Date;
}

export function defineClosedSessions(connection: Connection): Model<ClosedSession> {
  const schema = new Schema<ClosedSession>(
    {
      _id: { type: String, required: true },
      date: { type: String, required: true },
      room: { type: String, default: null },
      startsAt: { type: Date, required: true },
      endsAt: { type: Date, required: true },
      reason: { type: String, required: true },
      byName: { type: String, required: true },
      createdAt: { type: Date, required: true },
    },
    { collection: 'closedSessions', versionKey: false },
  );
  schema.index({ date: 1, _id: 1 });
  return connection.model<ClosedSession>('ClosedSession', schema);
}
