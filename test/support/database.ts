import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import './database.global.js';

/** URI of a database that no other test uses, on the server of this test run. */
export function uniqueDatabaseUri(): string {
  const [, server = '', query = ''] =
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(\?.*)?$/.exec(inject('mongoUri')) ?? [];
  return `${server}/${inject('databasePrefix')}${randomBytes(8).toString('hex')}${query}`;
}
