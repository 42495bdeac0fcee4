import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findByVisitCode, visitCode } from '../../../src/services/appointments/visit-code.js';
import { createTestServices, type TestServices } from '../../support/services.js';
import { storeAppointment } from './sample-appointment.js';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(async () => {
  await test.close();
});

describe('the code of a visit (R-C7)', () => {
  it('is the number of its ticket and eight signs, the same each time, another for each visit and each key', async () => {
    const [one, two] = [await storeAppointment(test.services), await storeAppointment(test.services)];
    const code = visitCode(test.services, one);
    expect(code).toMatch(/^DJPK-2026-\d{6}-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(visitCode(test.services, one)).toBe(code);
    const secret = (text: string) => text.slice(-8);
    expect(secret(visitCode(test.services, two))).not.toBe(secret(code));
    expect(visitCode({ signingKey: Buffer.alloc(32, 9) }, one)).not.toBe(code);
  });

  it('is found however it was typed or scanned', async () => {
    const visit = await storeAppointment(test.services);
    const code = visitCode(test.services, visit);
    const typed = [
      code,
      code.toLowerCase(),
      ` ${code.replaceAll('-', ' ')}\r\n`,
      code.replaceAll('-', ''),
      code.replaceAll('0', 'o').replaceAll('1', 'l'),
    ];
    for (const text of typed) expect((await findByVisitCode(test.services, text))?._id, text).toBe(visit._id);
  });

  it('is not found when one sign is wrong, when it is only the number, or when it is of no visit', async () => {
    const visit = await storeAppointment(test.services);
    const code = visitCode(test.services, visit);
    const other = code.endsWith('A') ? 'B' : 'A';
    const video = await storeAppointment(test.services, { kind: 'video-application' });
    const strange = [
      `${code.slice(0, -1)}${other}`,
      visit.ticketNumber,
      code.slice(0, -1),
      `${code}7`,
      visitCode(test.services, video),
      'DJPK-2026-999999-00000000',
      '',
      '../../etc/passwd',
      '🙂'.repeat(200),
      'DJPK'.repeat(10_000),
    ];
    for (const text of strange) expect(await findByVisitCode(test.services, text), text).toBeUndefined();
  });
});
