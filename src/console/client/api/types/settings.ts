export interface Topic {
  code: string;
  name: { id: string; en: string };
  keywords: string[];
  unitCode: string;
  position: number;
  active: boolean;
  /** A new consultation goes to the unit without an agent. */
  escalatesByItself?: boolean;
  /** What was approved goes out without an agent. */
  sendsApprovedAnswer?: boolean;
}

export interface Unit {
  code: string;
  name: string;
  active: boolean;
  /** Last day (yyyy-MM-dd) on which the deputy decides for the head. */
  headAwayUntil?: string | null;
  deputyId?: string | null;
  /** Channel in Teams where its cards are posted. */
  teamsChannelId?: string | null;
}

/** A channel in Teams that the bot has been let into. */
export interface UnitChannel {
  channelId: string;
  teamName: string | null;
  channelName: string | null;
}

export type HolidayKind = 'national-holiday' | 'collective-leave' | 'office-closing';

export interface Holiday {
  /** yyyy-MM-dd. */
  date: string;
  name: string;
  kind: HolidayKind;
  decree: string | null;
}

export interface OpeningPeriod {
  from: string;
  to: string;
}

export interface OfficeHours {
  zone: string;
  /** ISO weekday "1" (Monday) … "7". */
  periods: Record<string, OpeningPeriod[]>;
}

export interface Region {
  code: string;
  name: string;
  level: string;
  province: string | null;
}
