import { z } from 'zod';
import { date, instant } from './common.js';
import { officeHours } from './settings.js';

const days = z.number().int().min(1).max(60).describe('Working days (R-T4)');

export const clocks = z
  .strictObject({
    ...{ consultation: days, escalated: days, assistance: days, complaint: days, suggestion: days },
    ...{ 'video-application': days, 'video-network': days, visit: days, 'public-information': days },
  })
  .meta({ id: 'Clocks' });

export const previewRequest = z.strictObject({
  addDay: date.optional().describe('A day off to be added, or the date one is moved to'),
  removeDay: date.optional().describe('A day off to be removed, or the date one is moved from'),
  hours: officeHours.optional(),
  clocks: clocks.optional(),
  cursor: z.string().max(200).optional(),
});

export const deadlineEffect = z
  .object({
    affected: z.number().int().describe('Open tickets that get another date'),
    later: z.number().int().describe('How many of them get a later one'),
    items: z.array(z.object({ number: z.string(), from: instant, to: instant })),
    next: z.string().nullable(),
  })
  .meta({ id: 'DeadlineEffect' });
