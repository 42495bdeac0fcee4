import type { Models } from '../../models/index.js';
import { DEFAULT_CLOCKS, type Clocks } from '../deadlines/clocks.js';
import { CLOCKS } from './setting-names.js';

/** The clocks in force; one that was never changed has its default. Only checked values are ever stored. */
export async function readClocks(models: Models): Promise<Clocks> {
  const stored = await models.settings.findById(CLOCKS).lean();
  return { ...DEFAULT_CLOCKS, ...(stored?.value as Partial<Clocks> | undefined) };
}
