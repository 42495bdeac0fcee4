import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { play } from '../support/transcript.js';

const FOLDER = fileURLToPath(new URL('./transcripts/', import.meta.url));

/** Every file is a whole conversation, read as a chat; how it is written stands in test/support/transcript.ts. */
describe.concurrent('the conversation', () => {
  it.for(readdirSync(FOLDER))('%s', async (file, { expect }) => {
    const path = join(FOLDER, file);
    await expect(await play(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path);
  });
});
