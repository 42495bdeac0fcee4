import { readFileSync } from 'node:fs';
import type { Models } from '../../models/index.js';
import type { Topic } from '../../models/topic.js';
import { defaultNonWorkingDays } from '../../shared/holidays-default.js';
import { DEFAULT_OFFICE_HOURS } from '../../shared/working-time.js';
import { OFFICE_HOURS, SEEDED_HOLIDAYS } from './setting-names.js';

interface DefaultUnit {
  code: string;
  name: string;
}

interface DefaultTopic extends Pick<Topic, 'name' | 'keywords' | 'unitCode'> {
  code: string;
}

/**
 * Fills what an administrator edits later: units, topics, days off, office hours. May run at every start: it adds
 * what was never there and changes nothing that is, nor does it bring back a day that was removed.
 */
export async function seedDefaults(models: Models, now: Date): Promise<void> {
  await seedUnits(models);
  await seedTopics(models);
  await seedHolidays(models, now);
  await models.settings.updateOne(
    { _id: OFFICE_HOURS },
    { $setOnInsert: { value: DEFAULT_OFFICE_HOURS, updatedAt: now } },
    { upsert: true },
  );
}

async function seedUnits(models: Models): Promise<void> {
  const units = readDefaults('units.json') as readonly DefaultUnit[];
  await models.units.bulkWrite(units.map(({ code, name }) => addUnlessThere(code, { name, active: true })));
}

async function seedTopics(models: Models): Promise<void> {
  const topics = readDefaults('topics.json') as readonly DefaultTopic[];
  await models.topics.bulkWrite(
    topics.map(({ code, ...topic }, index) =>
      addUnlessThere(code, { ...topic, position: index + 1, active: true }),
    ),
  );
}

/** Days can be removed, so the dates that were once given are remembered. */
async function seedHolidays(models: Models, now: Date): Promise<void> {
  const seeded = await models.settings.findById(SEEDED_HOLIDAYS).lean();
  const given = new Set(Array.isArray(seeded?.value) ? (seeded.value as unknown[]) : []);
  const missing = defaultNonWorkingDays().filter(({ date }) => !given.has(date));
  if (missing.length === 0) return;
  await models.nonWorkingDays.bulkWrite(
    missing.map(({ date, name, kind, decree }) =>
      addUnlessThere(date, { name, kind, decree: decree ?? null }),
    ),
  );
  const dates = [...given, ...new Set(missing.map(({ date }) => date))];
  await models.settings.updateOne(
    { _id: SEEDED_HOLIDAYS },
    { $set: { value: dates, updatedAt: now } },
    { upsert: true },
  );
}

function addUnlessThere<Fields extends object>(
  _id: string,
  fields: Fields,
): { updateOne: { filter: { _id: string }; update: { $setOnInsert: Fields }; upsert: true } } {
  return { updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true } };
}

/** The shape of the files is checked by the test of this function. */
function readDefaults(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../locales/data/${name}`, import.meta.url), 'utf8'));
}
