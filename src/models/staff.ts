import { Schema, type Connection, type Model } from 'mongoose';
import type { Language } from '../shared/i18n.js';
import type { Post } from './official-letter.js';

export const ROLES = [
  'agent',
  'supervisor',
  'unit-member',
  'head-of-unit',
  'receptionist',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** Someone who works here. */
export interface Staff {
  _id: string;
  /** Lower case, unique. */
  username: string;
  name: string;
  position: string | null;
  /** Lower case. */
  email: string | null;
  /** Object id in the office's directory (Entra ID), learned when they first act in Teams. */
  directoryId?: string | null;
  roles: Role[];
  unitCode: string | null;
  /** Post in the secretariat that letters pass (R-B4, R-B5). */
  post?: Post | null;
  language: Language;
  /** argon2id. */
  passwordHash: string | null;
  active: boolean;
  /** SHA-256 of the one-time link's token with which the first password is set. */
  setupTokenHash: string | null;
  setupTokenUntil: Date | null;
  createdAt: Date;
}

export function defineStaff(connection: Connection): Model<Staff> {
  const schema = new Schema<Staff>(
    {
      _id: { type: String, required: true },
      username: { type: String, required: true },
      name: { type: String, required: true },
      position: { type: String, default: null },
      email: { type: String, default: null },
      directoryId: { type: String, default: null },
      roles: { type: [String], required: true },
      unitCode: { type: String, default: null },
      post: { type: String, default: null },
      language: { type: String, default: 'id' },
      passwordHash: { type: String, default: null },
      active: { type: Boolean, default: true },
      setupTokenHash: { type: String, default: null },
      setupTokenUntil: { type: Date, default: null },
      createdAt: { type: Date, required: true },
    },
    { collection: 'staff', versionKey: false },
  );
  schema.index({ username: 1 }, { unique: true });
  schema.index({ email: 1 });
  schema.index({ unitCode: 1, roles: 1, _id: 1 });
  schema.index({ post: 1, _id: 1 }, { partialFilterExpression: { post: { $type: 'string' } } });
  schema.index(
    { directoryId: 1 },
    { unique: true, partialFilterExpression: { directoryId: { $type: 'string' } } },
  );
  schema.index(
    { setupTokenHash: 1 },
    { unique: true, partialFilterExpression: { setupTokenHash: { $type: 'string' } } },
  );
  return connection.model<Staff>('Staff', schema);
}
