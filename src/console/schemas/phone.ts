import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';
import { line } from './common.js';

/** A telephone number as people here write it, kept in E.164. */
export const phone = line(30)
  .meta({ description: 'International, or as dialled in Indonesia', examples: ['0812-3456-7890'] })
  .transform((typed, context) => {
    const parsed = parsePhoneNumberFromString(typed, 'ID');
    if (parsed?.isValid()) return parsed.number;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });
