import type { Readable } from 'node:stream';
import type { InboundContent } from '../../conversation/channel.js';
import type { Clock } from '../../shared/clock.js';
import type { Texts } from '../../shared/i18n.js';
import type { Logger } from '../../shared/logger.js';

/** A stored file as a message shows it. */
export type FileReference = Omit<Extract<InboundContent, { kind: 'file' }>, 'kind' | 'caption'>;

/** The app registration (Entra ID, single tenant) that the bot is. */
export interface TeamsAccount {
  appId: string;
  /** Never logged, never part of an error or of anything stored. */
  password: string;
  tenantId: string;
}

/** Where Microsoft's side answers; other addresses only in other clouds and in tests. */
export interface TeamsEndpoints {
  /** Gives access tokens; without trailing slash. */
  login: string;
  /** Describes the keys that the Bot Connector signs with. */
  openId: string;
  /** Service URLs that may be stored and written to; what lies below one is allowed as well. */
  serviceUrls: readonly string[];
}

/** A chat or channel that may be written to, as it is stored. */
export interface Place {
  /** Microsoft's conversation id; of a channel the channel's own. */
  id: string;
  serviceUrl: string;
  tenantId: string;
  kind: 'person' | 'channel';
  userId: string | null;
  aadObjectId: string | null;
  name: string | null;
  email: string | null;
  /** Since when the directory has been asked about this person; null before. */
  askedAt: Date | null;
  teamId: string | null;
  teamName: string | null;
  channelName: string | null;
  goneAt: Date | null;
}

/** The stored places. Writing one again changes only what is given. */
export interface PlaceStore {
  find(id: string): Promise<Place | undefined>;
  ofPerson(aadObjectId: string): Promise<Place | undefined>;
  /** Channels the bot is in now. */
  channels(): Promise<Place[]>;
  save(
    place: Pick<Place, 'id' | 'serviceUrl' | 'tenantId' | 'kind'> & Partial<Place>,
    now: Date,
  ): Promise<void>;
  /** The bot is out of a whole team. */
  leaveTeam(teamId: string, now: Date): Promise<void>;
  /** Whether this activity's effect is stored already. */
  wasHandled(id: string, activityId: string): Promise<boolean>;
  noteHandled(id: string, activityId: string): Promise<void>;
}

/** What Teams needs; the application hands it in. */
export interface TeamsPorts {
  clock: Clock;
  texts: Texts;
  log: Logger;
  account: TeamsAccount;
  endpoints: TeamsEndpoints;
  places: PlaceStore;
  /** The office's own limit for one file. */
  maxFileBytes: number;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Is aborted after so many milliseconds. */
  deadline: (milliseconds: number) => AbortSignal;
  /**
   * Stores a file of a user or of a unit's member.
   * @throws DomainError `file-too-large`, `file-type-refused`, `file-empty`, `file-name-mismatch`
   */
  storeFile(upload: { stream: Readable; name: string; address: string; now: Date }): Promise<FileReference>;
  /** A file that a message to this user carries; undefined for any other. */
  openFile(
    address: string,
    fileId: string,
  ): Promise<{ file: FileReference; read: () => Readable } | undefined>;
  /** Whether this choice may be picked in this user's conversation now. */
  isOffered(address: string, choice: string): Promise<boolean>;
  /** The user has blocked or removed the bot, or has let it in again. */
  noteReachable: (address: string, reachable: boolean) => Promise<void>;
}
