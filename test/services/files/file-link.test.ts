import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceContext } from '../../../src/services/service-context.js';
import { fileLink, readFileToken } from '../../../src/services/files/file-link.js';
import { createTestServices, MONDAY_MORNING as now, type TestServices } from '../../support/services.js';

let test: TestServices;
let services: ServiceContext;
beforeAll(async () => {
  test = await createTestServices();
  ({ services } = test);
});
afterAll(async () => {
  await test.close();
});

const FILE = '01KJ0000000000000000000000';
const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1);
const token = (days?: number) =>
  tokenOf(fileLink(services, { fileId: FILE, now, ...(days ? { days } : {}) }));
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

describe('a link to a file', () => {
  it('opens it for 30 days', () => {
    expect(fileLink(services, { fileId: FILE, now })).toMatch(/^http:\/\/dering\.test\/f\/[\w.-]+$/);
    expect(readFileToken(services, { token: token(), now })).toBe(FILE);
    expect(readFileToken(services, { token: token(), now: new Date(days(30).getTime() - 1) })).toBe(FILE);
    expect(() => readFileToken(services, { token: token(), now: days(30) })).toThrow('link-expired');
    expect(() => readFileToken(services, { token: token(1), now: days(1) })).toThrow('link-expired');
  });

  it('cannot be made for another file, made to live longer, or signed with another key', () => {
    const [file, expires, signature] = token().split('.') as [string, string, string];
    const longer = (parseInt(expires, 36) + 86_400).toString(36);
    const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
    const foreign = tokenOf(
      fileLink({ ...services, signingKey: Buffer.alloc(32, 9) }, { fileId: FILE, now }),
    );
    const forged = [
      `01KJ0000000000000000000001.${expires}.${signature}`,
      `${file}.${longer}.${signature}`,
      `${file}.${expires}.${flipped}`,
      `${file}.${expires}.`,
      `${file}.${expires}`,
      foreign,
      '',
      '..',
      `${token()}A`,
      `../../${token()}`,
    ];
    for (const text of forged)
      expect(() => readFileToken(services, { token: text, now }), text).toThrow('not-found');
  });
});
