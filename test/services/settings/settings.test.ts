import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeOfficeHours } from '../../../src/services/settings/change-office-hours.js';
import { listHolidays, listTopics, listUnits } from '../../../src/services/settings/list-settings.js';
import { readOfficeHours } from '../../../src/services/settings/office-hours.js';
import { removeHoliday, saveHoliday } from '../../../src/services/settings/save-holiday.js';
import { saveTopic } from '../../../src/services/settings/save-topic.js';
import { saveUnit } from '../../../src/services/settings/save-unit.js';
import { seedDefaults } from '../../../src/services/settings/seed-defaults.js';
import type { Actor } from '../../../src/services/service-context.js';
import { DomainError } from '../../../src/shared/errors.js';
import {
  DEFAULT_OFFICE_HOURS,
  deadlineAfterWorkingDays,
  isOpen,
  isWorkingDay,
} from '../../../src/shared/working-time.js';
import { addStaff, createTestServices, type TestServices } from '../../support/services.js';

let test: TestServices;
let admin: Actor;
let agent: Actor;
const now = (): Date => test.clock.now();

beforeAll(async () => {
  test = await createTestServices();
  admin = await addStaff(test.services, 'pengelola', 'administrator');
  agent = await addStaff(test.services, 'sari', 'agent');
});
afterAll(() => test.close());

async function codeOf(refused: Promise<unknown>): Promise<string> {
  const error = await refused.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof DomainError ? error.code : String(error);
}

describe('the shipped settings', () => {
  it('hold every topic of the sample configuration, each with a unit that exists', async () => {
    const topics = await listTopics(test.services);
    expect(topics.map(({ _id }) => _id)).toEqual([
      ...['dau', 'dbh', 'dak-fisik', 'dak-nonfisik', 'dana-desa', 'insentif-fiskal', 'otsus-keistimewaan'],
      ...['pajak-retribusi', 'pinjaman-hibah', 'sikd-penyaluran', 'lainnya'],
    ]);
    const units = new Set((await listUnits(test.services)).map(({ _id }) => _id));
    for (const topic of topics) {
      expect(units, topic._id).toContain(topic.unitCode);
      expect(topic.name.id.length * topic.name.en.length).toBeGreaterThan(0);
      expect(topic.keywords.length).toBeGreaterThan(2);
      expect(topic.keywords).toEqual(topic.keywords.map((keyword) => keyword.toLowerCase().trim()));
    }
    expect(topics.find(({ _id }) => _id === 'lainnya')?.unitCode).toBe('sekretariat');
    expect(new Set(topics.map(({ unitCode }) => unitCode))).toEqual(units);
  });

  it('hold the collective leave of 2024 to 2027 (R-T2)', async () => {
    for (const year of [2024, 2025, 2026, 2027]) {
      const days = await listHolidays(test.services, { year });
      expect(days.length, String(year)).toBeGreaterThan(15);
      expect(days.some(({ kind }) => kind === 'collective-leave')).toBe(true);
    }
    expect(isWorkingDay(test.services.reference.calendar, '2026-03-20')).toBe(false);
  });

  it('come once, keep what an administrator changed, and bring nothing back that was removed', async () => {
    const { services } = test;
    const { models } = services;
    const topic = (await models.topics.findById('dbh').lean())!;
    await saveTopic(services, { actor: admin, topic: { ...topic, active: false }, now: now() });
    await saveUnit(services, {
      actor: admin,
      unit: { _id: 'sekretariat', name: 'Setditjen', active: true },
      now: now(),
    });
    await removeHoliday(services, { actor: admin, date: '2026-12-24', now: now() });
    const day = { _id: '2026-12-25', name: 'Natal', kind: 'office-closing' as const, decree: null };
    await saveHoliday(services, { actor: admin, day, now: now() });
    const hours = { ...DEFAULT_OFFICE_HOURS, periods: { ...DEFAULT_OFFICE_HOURS.periods, 5: [] } };
    await changeOfficeHours(services, { actor: admin, hours, now: now() });

    const before = await everything();
    await seedDefaults(models, now());
    await seedDefaults(models, now());
    expect(await everything()).toEqual(before);
    expect(await models.nonWorkingDays.findById('2026-12-24').lean()).toBeNull();

    await saveTopic(services, { actor: admin, topic, now: now() });
    await changeOfficeHours(services, { actor: admin, hours: DEFAULT_OFFICE_HOURS, now: now() });
  });

  async function everything(): Promise<unknown> {
    const { models } = test.services;
    return {
      topics: await models.topics.find().sort({ _id: 1 }).lean(),
      units: await models.units.find().sort({ _id: 1 }).lean(),
      days: await models.nonWorkingDays.find().sort({ _id: 1 }).lean(),
      hours: await readOfficeHours(models),
    };
  }
});

describe('an edit', () => {
  it('of a day off counts from the next deadline on (R-T2, R-T4)', async () => {
    const { services } = test;
    const due = (): string =>
      deadlineAfterWorkingDays(services.reference.calendar, new Date('2026-03-03T10:00:00+07:00'), 2)
        .dueAt.toISOString()
        .slice(0, 10);
    expect(due()).toBe('2026-03-05');
    const day = { _id: '2026-03-04', name: 'Kantor tutup', kind: 'office-closing' as const, decree: null };
    await saveHoliday(services, { actor: admin, day, now: now() });
    expect(due()).toBe('2026-03-06');
    await removeHoliday(services, { actor: admin, date: '2026-03-04', now: now() });
    expect(due()).toBe('2026-03-05');
  });

  it('of the hours counts at once (R-T3)', async () => {
    const { services } = test;
    const noon = new Date('2026-03-02T12:30:00+07:00');
    expect(isOpen(services.reference.calendar, noon)).toBe(false);
    const through = [{ from: '08:00', to: '17:00' }];
    const hours = { ...DEFAULT_OFFICE_HOURS, periods: { ...DEFAULT_OFFICE_HOURS.periods, 1: through } };
    await changeOfficeHours(services, { actor: admin, hours, now: now() });
    expect(isOpen(services.reference.calendar, noon)).toBe(true);
    await changeOfficeHours(services, { actor: admin, hours: DEFAULT_OFFICE_HOURS, now: now() });
  });

  it('of a topic is seen by the bot at once, in its order', async () => {
    const { services } = test;
    const topic = {
      ...{
        _id: 'uji-coba',
        name: { id: 'Uji coba', en: 'Trial' },
        keywords: ['uji'],
        unitCode: 'sekretariat',
      },
      ...{ position: 0, active: true },
    };
    await saveTopic(services, { actor: admin, topic, now: now() });
    expect(services.reference.topics[0]?._id).toBe('uji-coba');
    await saveTopic(services, { actor: admin, topic: { ...topic, active: false }, now: now() });
    expect(services.reference.topics.map(({ _id }) => _id)).not.toContain('uji-coba');
  });

  it('is written to the audit log and told to the screens', async () => {
    const { services } = test;
    const cursor = services.changes.cursor;
    await saveUnit(services, {
      actor: admin,
      unit: { _id: 'unit-baru', name: 'Unit Baru', active: true },
      now: now(),
    });
    const entry = await services.models.auditEntries.findOne({ subject: 'unit-baru' }).lean();
    expect(entry).toMatchObject({ action: 'unit.save', actorId: admin.staffId, at: now() });
    expect(services.changes.since(cursor)).toMatchObject([{ topic: 'settings' }]);
  });

  it.each([
    ['a unit that does not exist', 'invalid-input', () => ({ unitCode: 'tidak-ada' })],
    ['somebody who is no administrator', 'not-allowed', () => ({ actor: agent })],
  ])('is refused for %s', async (_case, code, change) => {
    const topic = {
      ...{ _id: 'x-topik', name: { id: 'X', en: 'X' }, keywords: [], unitCode: 'sekretariat' },
      ...{ position: 1, active: true },
    };
    const { actor = admin, ...fields } = change() as { actor?: Actor; unitCode?: string };
    const refused = saveTopic(test.services, { actor, topic: { ...topic, ...fields }, now: now() });
    expect(await codeOf(refused)).toBe(code);
    expect(await test.services.models.topics.findById('x-topik').lean()).toBeNull();
  });

  it('cannot close every day, overlap hours or name a date that is none, and leaves the calendar as it was', async () => {
    const { services } = test;
    const { periods } = DEFAULT_OFFICE_HOURS;
    const never = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
    const overlap = {
      ...periods,
      1: [
        { from: '08:00', to: '12:00' },
        { from: '11:00', to: '13:00' },
      ],
    };
    const change = (hours: typeof DEFAULT_OFFICE_HOURS): Promise<string> =>
      codeOf(changeOfficeHours(services, { actor: admin, hours, now: now() }));
    expect(await change({ ...DEFAULT_OFFICE_HOURS, periods: never })).toBe('calendar-without-open-day');
    expect(await change({ ...DEFAULT_OFFICE_HOURS, periods: overlap })).toBe('invalid-input');
    expect(await change({ ...DEFAULT_OFFICE_HOURS, zone: 'Asia/Atlantis' })).toBe('invalid-input');
    const day = { _id: '2026-02-30', name: 'Tidak ada', kind: 'office-closing' as const, decree: null };
    expect(await codeOf(saveHoliday(services, { actor: admin, day, now: now() }))).toBe('invalid-input');
    await services.reference.reload();
    expect(isOpen(services.reference.calendar, new Date('2026-03-02T10:00:00+07:00'))).toBe(true);
  });

  it('cannot take the last topic away', async () => {
    const fresh = await createTestServices();
    const boss = await addStaff(fresh.services, 'pengelola', 'administrator');
    const topics = await listTopics(fresh.services);
    const codes: string[] = [];
    for (const topic of topics) {
      const saved = saveTopic(fresh.services, {
        actor: boss,
        topic: { ...topic, active: false },
        now: now(),
      });
      codes.push(
        await saved.then(
          () => 'saved',
          (error: unknown) => (error as DomainError).code,
        ),
      );
    }
    expect(codes).toEqual([...topics.slice(1).map(() => 'saved'), 'conflict']);
    await fresh.close();
  });
});
