import { Schema, type Connection, type Model } from 'mongoose';

/** A value that an administrator may change while the product runs, e.g. `office-hours`. */
export interface Setting {
  _id: string;
  value: unknown;
  updatedAt: Date;
}

export function defineSettings(connection: Connection): Model<Setting> {
  const schema = new Schema<Setting>(
    {
      _id: { type: String, required: true },
      value: { type: Schema.Types.Mixed, required: true },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'settings', versionKey: false },
  );
  return connection.model<Setting>('Setting', schema);
}
