import { Schema, type Connection, type Model } from 'mongoose';

/** An e-mail address whose mail server has sent mail back for good. Forgotten as soon as somebody writes from it. */
export interface UndeliverableAddress {
  /** In lower case. */
  _id: string;
  /** What the mail server said: an enhanced status code, e.g. 5.1.1. */
  reason: string;
  since: Date;
}

export function defineUndeliverableAddresses(connection: Connection): Model<UndeliverableAddress> {
  const schema = new Schema<UndeliverableAddress>(
    {
      _id: { type: String, required: true },
      reason: { type: String, required: true },
      since: { type: Date, required: true },
    },
    { collection: 'undeliverable-addresses', versionKey: false },
  );
  return connection.model<UndeliverableAddress>('UndeliverableAddress', schema);
}
