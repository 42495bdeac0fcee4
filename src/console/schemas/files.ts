import { z } from 'zod';
import { identifier } from './common.js';

export const fileReference = z
  .object({
    fileId: z.string(),
    name: z.string(),
    mimeType: z.string(),
    size: z.number().int().describe('Bytes'),
  })
  .meta({ id: 'FileReference' });

export const fileParams = z.strictObject({ fileId: identifier });
export const fileQuery = z.strictObject({ inline: z.literal('1').optional() });
