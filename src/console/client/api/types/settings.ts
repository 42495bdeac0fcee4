export interface Topic {
  code: string;
  name: { id: string; en: string };
  keywords: string[];
  unitCode: string;
  position: number;
  active: boolean;
}

export interface Unit {
  code: string;
  name: string;
  active: boolean;
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
