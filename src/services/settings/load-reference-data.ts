import type { Models } from '../../models/index.js';
import type { ReferenceData } from '../service-context.js';
import { fingerprint } from '../deadlines/fingerprint.js';
import { calendarOf } from './calendar-of.js';
import { readOfficeHours } from './office-hours.js';
import { readClocks } from './read-clocks.js';
import { readRooms } from './read-rooms.js';

/**
 * Reads the calendar, the active topics and the rooms and keeps them in memory; whoever changes them calls `reload`.
 * @throws DomainError when the stored office hours open on no day.
 */
export async function loadReferenceData(models: Models): Promise<ReferenceData> {
  let current = await read(models);
  return {
    get calendar() {
      return current.calendar;
    },
    get clocks() {
      return current.clocks;
    },
    get deadlineRules() {
      return current.deadlineRules;
    },
    get topics() {
      return current.topics;
    },
    get rooms() {
      return current.rooms;
    },
    reload: async () => {
      current = await read(models);
    },
  };
}

async function read(models: Models): Promise<Omit<ReferenceData, 'reload'>> {
  const [hours, clocks, days, topics, rooms] = await Promise.all([
    readOfficeHours(models),
    readClocks(models),
    models.nonWorkingDays.find().sort({ _id: 1 }).lean(),
    models.topics.find({ active: true }).lean(),
    readRooms(models),
  ]);
  const calendar = calendarOf(hours, days);
  return {
    calendar,
    clocks,
    deadlineRules: fingerprint({ hours, days, clocks }),
    topics: topics.sort((a, b) => a.position - b.position || (a._id < b._id ? -1 : 1)),
    rooms,
  };
}
