import { Schema, type Connection, type Model } from 'mongoose';

/** A Unit Eselon III of a technical directorate. */
export interface Unit {
  /** Stable code, e.g. `dana-transfer-khusus`. */
  _id: string;
  name: string;
  active: boolean;
}

export function defineUnits(connection: Connection): Model<Unit> {
  const schema = new Schema<Unit>(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true },
      active: { type: Boolean, default: true },
    },
    { collection: 'units', versionKey: false },
  );
  return connection.model<Unit>('Unit', schema);
}
