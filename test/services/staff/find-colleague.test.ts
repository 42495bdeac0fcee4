import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findColleague } from '../../../src/services/staff/find-colleague.js';
import { updateStaff } from '../../../src/services/staff/update-staff.js';
import { addStaff, createTestServices, type TestServices } from '../../support/services.js';

let office: TestServices;
beforeAll(async () => {
  office = await createTestServices();
});
afterAll(() => office.close());

describe('a colleague in Teams', () => {
  it('is nobody where two accounts share the address, and another one after the address changed', async () => {
    const { services, clock } = office;
    const admin = await addStaff(services, 'nina', 'administrator');
    const [one, two] = [await addStaff(services, 'tari', 'agent'), await addStaff(services, 'tono', 'agent')];
    const change = (staffId: string, email: string) =>
      updateStaff(services, { actor: admin, staffId, changes: { email }, now: clock.now() });
    await change(one.staffId, 'Bersama@contoh.go.id');
    await change(two.staffId, 'bersama@contoh.go.id');
    const shared = { directoryId: 'aad-shared', email: 'bersama@contoh.go.id' };
    expect(await findColleague(services, shared)).toBeUndefined();
    await change(two.staffId, 'tono@contoh.go.id');
    expect(await findColleague(services, shared)).toMatchObject({ staffId: one.staffId });
    await change(one.staffId, 'tari@contoh.go.id');
    expect(await findColleague(services, shared)).toBeUndefined();
  });

  it('is one person: of two who are named by one address at once the account is one’s', async () => {
    const { services } = office;
    const account = await addStaff(services, 'vina', 'unit-member');
    const email = 'vina@contoh.go.id';
    const found = await Promise.all(
      ['aad-vina', 'aad-vina', 'aad-not-vina'].map((directoryId) =>
        findColleague(services, { directoryId, email }),
      ),
    );
    const stored = await services.models.staff.findById(account.staffId).lean();
    const isVina = stored?.directoryId === 'aad-vina';
    expect(found.map((one) => one?.staffId === account.staffId)).toEqual([isVina, isVina, !isVina]);
    await services.models.staff.updateOne({ _id: account.staffId }, { $set: { active: false } });
    const deactivated = { directoryId: stored?.directoryId ?? '', email };
    expect(await findColleague(services, deactivated)).toBeUndefined();
  });
});
