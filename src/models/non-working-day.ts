import { Schema, type Connection, type Model } from 'mongoose';

/** A holiday, collective leave or closing of the office (R-T2). */
export interface NonWorkingDayRecord {
  /** yyyy-MM-dd. */
  _id: string;
  name: string;
  kind: 'national-holiday' | 'collective-leave' | 'office-closing';
  decree: string | null;
}

export function defineNonWorkingDays(connection: Connection): Model<NonWorkingDayRecord> {
  const schema = new Schema<NonWorkingDayRecord>(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true },
      kind: { type: String, required: true },
      decree: { type: String, default: null },
    },
    { collection: 'nonWorkingDays', versionKey: false },
  );
  return connection.model<NonWorkingDayRecord>('NonWorkingDay', schema);
}
