import type { Models } from '../models/index.js';
import type { ChangeFeed } from '../shared/change-feed.js';
import type { Config } from '../shared/config.js';
import type { Texts } from '../shared/i18n.js';
import type { NewId } from '../shared/ids.js';
import type { Logger } from '../shared/logger.js';
import type { WorkingCalendar } from '../shared/working-time.js';
import type { Topic } from '../models/topic.js';
import type { Room } from './appointments/rooms.js';
import type { Clocks } from './deadlines/clocks.js';
import type { BlobStore } from './files/blob-store.js';

/** What every service may use. Built once in `app.ts`; `now` comes with each call instead. */
export interface ServiceContext {
  readonly models: Models;
  readonly newId: NewId;
  readonly changes: ChangeFeed;
  readonly texts: Texts;
  readonly log: Logger;
  readonly blobs: BlobStore;
  readonly config: Config;
  /** Address for links, without trailing slash. */
  readonly publicUrl: string;
  /** Key for signing links, 32 bytes. */
  readonly signingKey: Buffer;
  /** Data that every turn reads and administrators rarely change; kept in memory, reloaded when changed. */
  readonly reference: ReferenceData;
}

export interface ReferenceData {
  /** Working calendar from the stored holidays and office hours (R-T2, R-T3). */
  readonly calendar: WorkingCalendar;
  /** Working days per kind of work. */
  readonly clocks: Clocks;
  /** Fingerprint of calendar and clocks: a deadline counted under another one is counted again. */
  readonly deadlineRules: string;
  /** Active topics in their order. */
  readonly topics: readonly Topic[];
  /** Where bookings take place, inactive ones too. */
  readonly rooms: readonly Room[];
  /** Reads everything again from the database. */
  reload(): Promise<void>;
}

/** Who acts. Every staff action is authorised against this and written to the audit log. */
export interface Actor {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly string[];
}
