import type { Clock } from '../../shared/clock.js';
import { Refusal } from './refusal.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What may be uploaded within a day, counted from the first upload. */
export interface DailyShare {
  files: number;
  bytes: number;
}

/** Fits a consultation with all its annexes; a visitor who needs more may continue by e-mail. */
const VISITOR_SHARE: DailyShare = { files: 50, bytes: 200_000_000 };
/** A whole office may share one address on the internet. */
const IP_SHARE: DailyShare = { files: 500, bytes: 2_000_000_000 };

export interface UploadQuota {
  /**
   * Counts one file now, and by the function returned its bytes as they come in, so that parallel uploads share what
   * is left. Refused files count too: they were received.
   * @throws Refusal `too-many-files`, as does the function
   */
  begin(address: string, ip: string): (bytes: number) => void;
}

interface Used extends DailyShare {
  since: number;
}

export function createUploadQuota(clock: Clock, visitor = VISITOR_SHARE, perIp = IP_SHARE): UploadQuota {
  const counters = [
    { share: visitor, used: new Map<string, Used>() },
    { share: perIp, used: new Map<string, Used>() },
  ] as const;

  return {
    begin(address, ip) {
      const now = clock.now().getTime();
      const accounts = counters.map(({ share, used }, index) => ({
        share,
        used: accountOf(used, index === 0 ? address : ip, now),
      }));
      const add = (added: DailyShare): void => {
        for (const { share, used } of accounts) {
          if (used.files + added.files > share.files || used.bytes + added.bytes > share.bytes)
            throw refusal(used.since + DAY_MS - now);
        }
        for (const { used } of accounts) {
          used.files += added.files;
          used.bytes += added.bytes;
        }
      };
      add({ files: 1, bytes: 0 });
      return (bytes) => add({ files: 0, bytes });
    },
  };
}

function refusal(milliseconds: number): Refusal {
  const hours = Math.ceil(milliseconds / 3_600_000);
  return new Refusal('too-many-files', { hours }, Math.ceil(milliseconds / 1000));
}

/** The day that runs; those that are over are forgotten. */
function accountOf(all: Map<string, Used>, key: string, now: number): Used {
  // Insertion order is the order of beginnings.
  for (const [other, { since }] of all) {
    if (since > now - DAY_MS) break;
    all.delete(other);
  }
  const used = all.get(key) ?? { files: 0, bytes: 0, since: now };
  all.set(key, used);
  return used;
}
