import { DateTime } from 'luxon';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import { isWorkingDay, type WorkingCalendar } from '../../shared/working-time.js';
import { STORIES, type Story } from './stories.js';
import type { ScriptLine, StaffLine, UserLine } from '../simulation/script-line.js';

const SECONDS_BETWEEN = 20;
const MINUTES_BETWEEN_ACTS = 9;

/** The demo's events in time order, none later than `now`. */
export function demoScript(calendar: WorkingCalendar, now: Date): ScriptLine[] {
  const lines = STORIES.flatMap((story) => tell(story, startOf(story, calendar, now)));
  return lines.filter((line) => line.at <= now).sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Today's stories must be over by now: before nine in the morning they happened the working day before. */
export function startOf(
  { daysAgo, time }: Pick<Story, 'daysAgo' | 'time'>,
  calendar: WorkingCalendar,
  now: Date,
): DateTime {
  const [hour = 9, minute = 0] = time.split(':').map(Number);
  let day = DateTime.fromJSDate(now, { zone: SERVICE_ZONE });
  if (day.hour < 10) day = day.minus({ days: 1 });
  for (let left = daysAgo; ; day = day.minus({ days: 1 })) {
    if (isWorkingDay(calendar, day.toISODate() ?? '')) left -= 1;
    if (left < 0) return day.set({ hour, minute, second: 0, millisecond: 0 });
  }
}

function tell({ from, says, file, then = [] }: Story, start: DateTime): ScriptLine[] {
  let at = start;
  const user = (text: string, attachment?: string): ScriptLine => {
    const attachments = attachment
      ? [{ name: attachment, mimeType: 'application/pdf', size: 48_000 }]
      : undefined;
    const line: UserLine = {
      at: at.toISO() ?? '',
      channel: 'web-chat',
      from,
      text,
      ...(attachments ? { attachments } : {}),
    };
    return { kind: 'user', at: at.toJSDate(), line };
  };
  const lines: ScriptLine[] = [];
  for (const [index, text] of says.entries()) {
    lines.push(user(text, file && index === says.length - 3 ? file : undefined));
    at = at.plus({ seconds: SECONDS_BETWEEN });
  }
  for (const act of then) {
    at = at.plus({ minutes: MINUTES_BETWEEN_ACTS });
    if ('says' in act) lines.push(user(act.says));
    else
      lines.push({
        kind: 'staff',
        at: at.toJSDate(),
        line: { ...act, at: at.toISO() ?? '', ticket: 'last' } as StaffLine,
      });
  }
  return lines;
}
