export type Intent =
  | 'greet'
  | 'consult'
  | 'book_video'
  | 'book_visit'
  | 'complain'
  | 'suggest'
  | 'request_information'
  | 'object'
  | 'service_info'
  | 'ticket_status'
  | 'talk_to_agent'
  | 'cancel'
  | 'reschedule'
  | 'thanks'
  | 'switch_language'
  | 'menu'
  | 'unknown';

/** Offsets into the text as the user wrote it (UTF-16 units, `end` exclusive). */
export interface Span {
  start: number;
  end: number;
}

export interface Found<T> {
  value: T;
  span: Span;
  /** 0..1; below 0.5 the dialog should ask rather than take it. */
  confidence: number;
}

export type IanaZone = 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura';

export interface Region {
  /** Kemendagri code, dotted: `73`, `73.06`. */
  code: string;
  /** Official name: `Kabupaten Gowa`. */
  name: string;
  level: 'province' | 'regency' | 'city';
  /** Name of the province (its own name for a province). */
  province: string;
  zone: IanaZone;
}

export interface RegionSearch {
  /** `ambiguous`: ask which of `regions` is meant. */
  status: 'none' | 'one' | 'ambiguous';
  regions: Region[];
}

export type Command =
  'back' | 'cancel' | 'menu' | 'agent' | 'help' | 'done' | 'yes' | 'no' | 'skip' | 'repeat' | 'change';

export type ZoneName = 'WIB' | 'WITA' | 'WIT';

/** What is open in a date or a time and should be asked instead of assumed. */
export type Question =
  /** A day without an hour. */
  | 'noTime'
  /** "jam 2": office hours suggest 14.00, the text does not say. */
  | 'ambiguousHour'
  /** "minggu depan", or "Kamis depan" while this week's Thursday is still to come. */
  | 'ambiguousWeek'
  /** "Kamis, 3 Maret 2026": that day is a Tuesday. */
  | 'conflictWeekday'
  /** "12 atau 13 Maret". */
  | 'severalDates'
  | 'severalTimes'
  /** "akhir bulan", "awal minggu depan". */
  | 'vagueDate'
  /** "sebelum jam 12", "setelah jam 3". */
  | 'vagueTime'
  /** "12 Januari" said in March: the one behind us or the one to come. */
  | 'pastOrFuture'
  | 'ambiguousRegion';

export interface Entities {
  /** ISO date, `2026-03-05`, in the zone of the context. */
  date?: Found<string>;
  /** Last day of a range of days. */
  endDate?: Found<string>;
  /** `09:30`, the start where a range is given; as said, not converted between zones. */
  time?: Found<string>;
  endTime?: Found<string>;
  zone?: Found<ZoneName>;
  region?: Found<Region>;
  /** Present when the text fits several regions, or names several. */
  regions?: Found<Region[]>;
  email?: Found<string>;
  /** E.164. */
  phone?: Found<string>;
  /** `DJPK-2026-000123`. */
  ticket?: Found<string>;
  person?: Found<string>;
  position?: Found<string>;
  agency?: Found<string>;
}

export interface Understanding {
  text: string;
  intent: Intent;
  intentConfidence: number;
  /** Every thing asked for, in order; more than one only where the message asks for several. */
  intents: Found<Intent>[];
  language: 'id' | 'en' | undefined;
  entities: Entities;
  questions: Question[];
}

export interface LanguageContext {
  now: Date;
  /** IANA name; Asia/Jakarta unless given. */
  zone?: string;
}
