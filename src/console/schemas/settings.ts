import { z } from 'zod';
import { code, date, identifier, line } from './common.js';

const topicFields = {
  name: z.strictObject({ id: line(120), en: line(120) }),
  keywords: z.array(line(60)).max(100),
  unitCode: code,
  position: z.number().int().min(0).max(10_000),
  active: z.boolean(),
  escalatesByItself: z
    .boolean()
    .exactOptional()
    .describe('A new consultation goes to the unit without an agent'),
  sendsApprovedAnswer: z.boolean().exactOptional().describe('What was approved goes out without an agent'),
};

export const topicRequest = z.strictObject(topicFields);
export const topic = z.object({ code: z.string(), ...topicFields }).meta({ id: 'Topic' });

const unitFields = {
  name: line(160),
  active: z.boolean(),
  headAwayUntil: date
    .nullable()
    .exactOptional()
    .describe('Last day on which the deputy decides for the Kepala Subdit'),
  deputyId: identifier.nullable().exactOptional(),
};
export const unitRequest = z.strictObject(unitFields);
export const unit = z
  .object({ code: z.string(), ...unitFields, teamsChannelId: z.string().nullable() })
  .meta({ id: 'Unit' });
export const unitChannel = z
  .object({
    channelId: z.string(),
    teamName: z.string().nullable(),
    channelName: z.string().nullable(),
  })
  .meta({ id: 'UnitChannel' });
export const unitChannelRequest = z.strictObject({
  channelId: z.string().max(300).nullable().describe('One of the known channels, or null for none'),
});

const holidayFields = {
  name: line(160),
  kind: z.enum(['national-holiday', 'collective-leave', 'office-closing']),
  decree: line(200).nullable(),
};
export const holidayParams = z.strictObject({ date });
export const holidayQuery = z.strictObject({ year: z.coerce.number().int().min(2000).max(2100) });
export const holidayRequest = z.strictObject({
  ...{ ...holidayFields, decree: line(200).nullish() },
  movedFrom: date.optional().describe('The date it was on before'),
});
export const holiday = z.object({ date, ...holidayFields }).meta({ id: 'Holiday' });

const period = z.strictObject({
  from: z.string().regex(/^\d{2}:\d{2}$/),
  to: z.string().regex(/^\d{2}:\d{2}$/),
});
const periods = z.array(period).max(6).readonly();
export const officeHours = z
  .strictObject({
    zone: z.string().regex(/^[A-Za-z_]+(\/[A-Za-z_]+)*$/),
    periods: z
      .strictObject({ 1: periods, 2: periods, 3: periods, 4: periods, 5: periods, 6: periods, 7: periods })
      .describe('ISO weekday, 1 is Monday'),
  })
  .refine((hours) => Object.values(hours.periods).some((day) => day.length > 0), { path: ['periods'] })
  .meta({ id: 'OfficeHours' });

export const regionQuery = z.strictObject({ q: z.string().trim().max(100) });
export const region = z
  .object({
    code: z.string(),
    name: z.string(),
    level: z.enum(['province', 'regency', 'city']),
    province: z.string(),
  })
  .meta({ id: 'Region' });
