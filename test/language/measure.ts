import { readFileSync } from 'node:fs';
import {
  findCorrection,
  findIdentity,
  findRegions,
  recogniseCommand,
  suggestTopic,
  understand,
  type Identity,
  type TopicWords,
} from '../../src/language/index.js';

/** `dev` was looked at while the rules were written, `heldout` was not. */
export type Part = 'dev' | 'heldout';
export const KINDS = [
  'dates',
  'regions',
  'identity',
  'intents',
  'corrections',
  'commands',
  'topics',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Measured {
  kind: Kind;
  part: Part;
  right: number;
  total: number;
  /** Wrong and said with confidence; the others are asked about or left open. */
  wronglyAsserted: number;
  misses: string[];
}

/** The Monday all labels count from. */
export const NOW = new Date('2026-03-02T09:00:00+07:00');
const ASSERTED = 0.5;

interface DateLabel {
  date?: string;
  time?: string;
  endTime?: string;
  zone?: string;
  /** A day is spoken of and must be asked about, not asserted. */
  asked?: true;
  /** A day that is named only roughly. */
  vague?: string;
}

export type IdentityLabel = Partial<
  Record<'name' | 'position' | 'agency' | 'region' | 'email' | 'phone', string>
>;

interface CorrectionLabel {
  slot?: string;
  value?: string;
  region?: string;
}

export function labelled<Label>(kind: Kind, part: Part): [text: string, label: Label][] {
  const file = new URL(`data/${kind}.${part}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as [string, Label][];
}

export function measure(kind: Kind, part: Part): Measured {
  return {
    dates: measureDates,
    regions: measureRegions,
    identity: measureIdentity,
    intents: measureIntents,
    corrections: measureCorrections,
    commands: measureCommands,
    topics: measureTopics,
  }[kind](part);
}

function measureDates(part: Part): Measured {
  const result = empty('dates', part);
  for (const [text, label] of labelled<DateLabel>('dates', part)) {
    const { entities, questions } = understand(text, { now: NOW });
    const { date, time, endTime, zone } = entities;
    const sure = <T>(found: { value: T; confidence: number } | undefined): T | undefined =>
      found !== undefined && found.confidence >= ASSERTED ? found.value : undefined;
    const isTimeRight =
      sure(time) === label.time &&
      sure(zone) === label.zone &&
      (label.endTime === undefined || sure(endTime) === label.endTime);
    const isRight =
      label.asked === true
        ? date !== undefined && (sure(date) === undefined || questions.includes('ambiguousWeek'))
        : label.vague === undefined
          ? sure(date) === label.date && isTimeRight
          : date?.value === label.vague;
    const isWrong = !isRight && sure(date) !== undefined && sure(date) !== (label.date ?? label.vague);
    count(result, isRight, isWrong, `${text} → ${sure(date) ?? '-'} ${sure(time) ?? '-'}`);
  }
  return result;
}

function measureRegions(part: Part): Measured {
  const result = empty('regions', part);
  for (const [text, codes] of labelled<string[]>('regions', part)) {
    const found = findRegions(text).regions.map(({ code }) => code);
    const isRight = [...found].sort().join() === [...codes].sort().join();
    count(
      result,
      isRight,
      !isRight && found.length === 1,
      `${text} → ${found.join() || '-'}, not ${codes.join()}`,
    );
  }
  return result;
}

/** Counted by slot: each that should be filled, and each that should not have been. */
function measureIdentity(part: Part): Measured {
  const result = empty('identity', part);
  for (const [text, label] of labelled<IdentityLabel>('identity', part)) {
    const found = slotsOf(findIdentity(text));
    for (const slot of new Set([...Object.keys(label), ...Object.keys(found)]) as Set<keyof IdentityLabel>) {
      if (slot === 'agency' && label.agency === undefined) continue;
      const isRight = found[slot] === label[slot];
      count(
        result,
        isRight,
        !isRight && found[slot] !== undefined,
        `${slot} ${found[slot] ?? '-'} ← ${text}`,
      );
    }
  }
  return result;
}

function slotsOf(identity: Identity): IdentityLabel {
  const { region, ...rest } = identity;
  const slots = Object.entries(rest)
    .filter(([slot]) => slot !== 'regions')
    .map(([slot, found]) => [slot, found.value]);
  return {
    ...(Object.fromEntries(slots) as IdentityLabel),
    ...(region === undefined ? {} : { region: region.value.code }),
  };
}

function measureIntents(part: Part): Measured {
  const result = empty('intents', part);
  for (const [text, label] of labelled<string>('intents', part)) {
    const { intent, intentConfidence } = understand(text, { now: NOW });
    const isWrong = intent !== label && intent !== 'unknown' && intentConfidence >= 0.8;
    count(result, intent === label, isWrong, `${text} → ${intent} ${intentConfidence}, not ${label}`);
  }
  return result;
}

function measureCorrections(part: Part): Measured {
  const result = empty('corrections', part);
  for (const [text, label] of labelled<CorrectionLabel>('corrections', part)) {
    const found = findCorrection(text, { now: NOW });
    const isRight =
      found?.slot === label.slot &&
      (label.value === undefined || found?.value === label.value) &&
      (label.region === undefined || found?.regions?.map(({ code }) => code).join() === label.region);
    count(result, isRight, !isRight && found !== undefined, `${text} → ${JSON.stringify(found)}`);
  }
  return result;
}

/** A label of null: no command, whatever words it holds. */
function measureCommands(part: Part): Measured {
  const result = empty('commands', part);
  for (const [text, label] of labelled<string | null>('commands', part)) {
    const found = recogniseCommand(text) ?? null;
    count(
      result,
      found === label,
      found !== label && found !== null,
      `${text} → ${found ?? '-'}, not ${label}`,
    );
  }
  return result;
}

/** A label of null: nothing to suggest. */
function measureTopics(part: Part): Measured {
  const topics = JSON.parse(
    readFileSync(new URL('../../locales/data/topics.json', import.meta.url), 'utf8'),
  ) as TopicWords[];
  const result = empty('topics', part);
  for (const [text, label] of labelled<string | null>('topics', part)) {
    const found = suggestTopic(text, topics);
    const isWrong = found !== undefined && found.code !== label && found.confidence >= ASSERTED;
    count(result, (found?.code ?? null) === label, isWrong, `${text} → ${found?.code ?? '-'}, not ${label}`);
  }
  return result;
}

/** Rows are the labels, columns what was understood; the diagonal is left out. */
export function intentTable(part: Part): { accuracy: string[]; confusions: string[] } {
  const rows = new Map<string, Map<string, number>>();
  for (const [text, label] of labelled<string>('intents', part)) {
    const { intent } = understand(text, { now: NOW });
    const row = rows.get(label) ?? new Map<string, number>();
    rows.set(label, row.set(intent, (row.get(intent) ?? 0) + 1));
  }
  const accuracy: string[] = [];
  const confusions: string[] = [];
  for (const [label, row] of [...rows].sort(([a], [b]) => a.localeCompare(b))) {
    const total = [...row.values()].reduce((sum, value) => sum + value, 0);
    accuracy.push(`${label.padEnd(20)} ${String(row.get(label) ?? 0).padStart(3)}/${total}`);
    for (const [intent, times] of row)
      if (intent !== label) confusions.push(`${label} taken for ${intent}: ${times}`);
  }
  return { accuracy, confusions };
}

function empty(kind: Kind, part: Part): Measured {
  return { kind, part, right: 0, total: 0, wronglyAsserted: 0, misses: [] };
}

function count(result: Measured, isRight: boolean, isWrong: boolean, miss: string): void {
  result.total++;
  if (isRight) result.right++;
  else result.misses.push(miss);
  if (isWrong) result.wronglyAsserted++;
}
