import { Schema, type Connection, type Model } from 'mongoose';

/** The last number given out of one series, e.g. `ticket-2026`. */
export interface Counter {
  _id: string;
  value: number;
}

export function defineCounters(connection: Connection): Model<Counter> {
  const schema = new Schema<Counter>(
    { _id: { type: String, required: true }, value: { type: Number, required: true } },
    { collection: 'counters', versionKey: false },
  );
  return connection.model<Counter>('Counter', schema);
}

/** The next number of a series, starting at 1. One conditional write: never the same number twice. */
export async function nextNumber(counters: Model<Counter>, series: string): Promise<number> {
  const counter = await counters
    .findOneAndUpdate({ _id: series }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' })
    .lean();
  return counter.value;
}
