import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPasswordRule } from '../../../src/services/staff/check-password-rule.js';
import { completeSetup } from '../../../src/services/staff/complete-setup.js';
import { ensureFirstAdministrator } from '../../../src/services/staff/ensure-first-administrator.js';
import { inviteStaff } from '../../../src/services/staff/invite-staff.js';
import { issueSetupLink } from '../../../src/services/staff/issue-setup-link.js';
import { listAssignees, listStaff } from '../../../src/services/staff/list-staff.js';
import { hashPassword, verifyPassword } from '../../../src/services/staff/password.js';
import { signIn } from '../../../src/services/staff/sign-in.js';
import { updateStaff } from '../../../src/services/staff/update-staff.js';
import type { Actor } from '../../../src/services/service-context.js';
import { DomainError } from '../../../src/shared/errors.js';
import { addStaff, createTestServices, type TestServices } from '../../support/services.js';

const PASSWORD = 'sepeda merah jambu';
const HASH = await hashPassword(PASSWORD);

let test: TestServices;
let admin: Actor;
const now = (): Date => test.clock.now();

beforeEach(async () => {
  test = await createTestServices();
  admin = await addAdministrator('pengelola');
});
afterEach(() => test.close());

async function addAdministrator(username: string): Promise<Actor> {
  const actor = await addStaff(test.services, username, 'administrator');
  await test.services.models.staff.updateOne({ _id: actor.staffId }, { $set: { passwordHash: HASH } });
  await ensureFirstAdministrator(test.services, { now: now() });
  return actor;
}

async function codeOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
}

function tokenOf(url: string | null): string {
  return new URL(url ?? '').searchParams.get('token') ?? '';
}

describe('an invitation', () => {
  const invitation = { username: 'Budi.Santoso', name: 'Budi Contoh', roles: ['agent'] as const };

  it('lets one person set a password once, and sign in', async () => {
    const { services } = test;
    const { staff, setupUrl } = await inviteStaff(services, { actor: admin, ...invitation, now: now() });
    expect(staff).toMatchObject({ username: 'budi.santoso', passwordHash: null, active: true });
    const setup = { token: tokenOf(setupUrl), password: PASSWORD, userAgent: 'test', now: now() };
    const both = await Promise.all([
      codeOf(completeSetup(services, setup)),
      codeOf(completeSetup(services, setup)),
    ]);
    expect(both.sort()).toEqual(['done', 'setup-token-invalid']);
    const request = {
      username: 'budi.santoso',
      password: PASSWORD,
      address: '::1',
      userAgent: 'test',
      now: now(),
    };
    expect((await signIn(services, request)).staff._id).toBe(staff._id);
  });

  it('is void after three days, when a newer link is given, and for the deactivated', async () => {
    const { services } = test;
    const { staff, setupUrl } = await inviteStaff(services, { actor: admin, ...invitation, now: now() });
    const setup = (url: string): Promise<string> =>
      codeOf(completeSetup(services, { token: tokenOf(url), password: PASSWORD, userAgent: '', now: now() }));
    const second = await issueSetupLink(services, { actor: admin, staffId: staff._id, now: now() });
    expect(await setup(setupUrl)).toBe('setup-token-invalid');
    test.clock.advance(3 * 86_400_000);
    expect(await setup(second)).toBe('setup-token-invalid');
    const third = await issueSetupLink(services, { actor: admin, staffId: staff._id, now: now() });
    await updateStaff(services, { actor: admin, staffId: staff._id, changes: { active: false }, now: now() });
    expect(await setup(third)).toBe('setup-token-invalid');
  });

  it('of a username that exists, in whatever case, is refused by the index', async () => {
    const invite = (username: string): Promise<string> =>
      codeOf(inviteStaff(test.services, { actor: admin, ...invitation, username, now: now() }));
    const codes = await Promise.all(['sari', 'SARI', 'Sari '].map(invite));
    expect(codes.sort()).toEqual(['done', 'username-taken', 'username-taken']);
  });

  it.each(['', 'ab', '-first-administrator', 'dengan spasi', 'ä-umlaut', 'x'.repeat(33)])(
    'does not take %j for a username',
    async (username) => {
      const refused = inviteStaff(test.services, { actor: admin, ...invitation, username, now: now() });
      expect(await codeOf(refused)).toBe('invalid-input');
    },
  );

  it('is for administrators to give, into units that exist', async () => {
    const agent = await addStaff(test.services, 'sari', 'agent');
    expect(await codeOf(inviteStaff(test.services, { actor: agent, ...invitation, now: now() }))).toBe(
      'not-allowed',
    );
    const elsewhere = { ...invitation, unitCode: 'tidak-ada' };
    expect(await codeOf(inviteStaff(test.services, { actor: admin, ...elsewhere, now: now() }))).toBe(
      'invalid-input',
    );
  });
});

describe('a post in the secretariat (R-B4, R-B5)', () => {
  it('is given and taken by an administrator, and every time is in the audit log', async () => {
    const { services } = test;
    const invited = {
      username: 'kiki',
      name: 'Kiki Contoh',
      roles: ['agent'],
      post: 'kasubbag-msklip',
    } as const;
    const { staff } = await inviteStaff(services, { actor: admin, ...invited, now: now() });
    const change = (changes: Parameters<typeof updateStaff>[1]['changes']): Promise<unknown> =>
      updateStaff(services, { actor: admin, staffId: staff._id, changes, now: now() });
    await change({ post: 'kabag-hkk' });
    await change({ name: 'Kiki Misal' });
    expect(await services.models.staff.findById(staff._id).lean()).toMatchObject({ post: 'kabag-hkk' });
    await change({ post: null });
    const entries = await services.models.auditEntries.find({ subject: 'kiki' }).sort({ _id: 1 }).lean();
    expect(entries.map(({ details }) => details.post)).toEqual([
      'kasubbag-msklip',
      'kabag-hkk',
      undefined,
      null,
    ]);
  });
});

describe('the last administrator', () => {
  const leave = (staffId: string, changes: { active?: boolean; roles?: ['agent'] }): Promise<string> =>
    codeOf(updateStaff(test.services, { actor: admin, staffId, changes, now: now() }));

  it('can neither be deactivated nor lose the role', async () => {
    expect(await leave(admin.staffId, { active: false })).toBe('last-administrator');
    expect(await leave(admin.staffId, { roles: ['agent'] })).toBe('last-administrator');
    expect(await test.services.models.staff.findById(admin.staffId).lean()).toMatchObject({
      active: true,
      roles: ['administrator'],
    });
  });

  it('is not followed by somebody who has never set a password', async () => {
    const { services } = test;
    const invited = { username: 'wakil', name: 'Wakil Contoh', roles: ['administrator'] as const };
    const { setupUrl } = await inviteStaff(services, { actor: admin, ...invited, now: now() });
    expect(await leave(admin.staffId, { active: false })).toBe('last-administrator');
    await completeSetup(services, {
      token: tokenOf(setupUrl),
      password: PASSWORD,
      userAgent: '',
      now: now(),
    });
    expect(await leave(admin.staffId, { active: false })).toBe('done');
  });

  it('stays when all leave at the same moment', async () => {
    const all = [
      admin,
      await addAdministrator('dua'),
      await addAdministrator('tiga'),
      await addAdministrator('empat'),
    ];
    const codes = await Promise.all(all.map(({ staffId }) => leave(staffId, { active: false })));
    expect(codes.sort()).toEqual(['done', 'done', 'done', 'last-administrator']);
    const left = await test.services.models.staff.countDocuments({ active: true, roles: 'administrator' });
    expect(left).toBe(1);
  });

  it('may leave once another one was made of a colleague with a password', async () => {
    const agent = await addStaff(test.services, 'sari', 'agent');
    await test.services.models.staff.updateOne({ _id: agent.staffId }, { $set: { passwordHash: HASH } });
    const changes = { roles: ['agent', 'administrator'] as const };
    await updateStaff(test.services, { actor: admin, staffId: agent.staffId, changes, now: now() });
    expect(await leave(admin.staffId, { roles: ['agent'] })).toBe('done');
  });
});

describe('lists of people', () => {
  it('hold no one who is not there yet, and as assignees only active agents and supervisors', async () => {
    const fresh = await createTestServices();
    await ensureFirstAdministrator(fresh.services, { now: now() });
    const boss = await addStaff(fresh.services, 'zulkifli', 'administrator');
    await addStaff(fresh.services, 'sari', 'agent');
    await addStaff(fresh.services, 'budi', 'supervisor');
    await addStaff(fresh.services, 'lobi', 'receptionist');
    const gone = await addStaff(fresh.services, 'pensiun', 'agent');
    await updateStaff(fresh.services, {
      actor: boss,
      staffId: gone.staffId,
      changes: { active: false },
      now: now(),
    });
    const names = (await listStaff(fresh.services, { actor: boss })).map(({ username }) => username);
    expect(names).toEqual(['budi', 'lobi', 'pensiun', 'sari', 'zulkifli']);
    const assignees = (await listAssignees(fresh.services, { actor: boss })).map(({ username }) => username);
    expect(assignees).toEqual(['budi', 'sari']);
    await fresh.close();
  });
});

describe('a password', () => {
  it.each([
    ['', 'eleven characters', 'sebelas-hrf'],
    ['sari.contoh', 'the username in another dress', 'Sari_Contoh 12'],
    ['sari', 'the username over and over', 'sarisarisari'],
    ['sari', 'a common one', 'Password1234'],
    ['sari', 'one sign repeated', 'aaaaaaaaaaaaaaaa'],
    ['sari', 'a megabyte', 'aB3$'.repeat(250_000)],
  ])('of %j is refused for being %s', (username, _why, password) => {
    expect(() => checkPasswordRule(password, username)).toThrow(DomainError);
  });

  it('of four words is welcome, in any script', () => {
    expect(() => checkPasswordRule('kopi tubruk pagi hari', 'sari')).not.toThrow();
    expect(() => checkPasswordRule('ᮊᮧᮕᮤ 咖啡 café 12 😀😀', 'sari')).not.toThrow();
  });

  it('shorter than twelve signs is never accepted', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 11, unit: 'grapheme' }), fc.string(), (password, username) => {
        fc.pre(Array.from(password).length < 12);
        expect(() => checkPasswordRule(password, username)).toThrow(DomainError);
      }),
    );
  });

  it('is kept as argon2id with 19 MiB and two passes', async () => {
    expect(HASH).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(HASH, PASSWORD)).toBe(true);
    expect(await verifyPassword(HASH, `${PASSWORD} `)).toBe(false);
    expect(await verifyPassword(null, PASSWORD)).toBe(false);
    expect(await verifyPassword(null, 'a password that nobody has')).toBe(false);
  });
});

describe('wrong passwords', () => {
  const tryFrom = (
    address: string,
    username = 'pengelola',
    password = 'salah sama sekali',
  ): Promise<string> =>
    codeOf(signIn(test.services, { username, password, address, userAgent: '', now: now() }));

  it('of a stranger do not keep the owner out, who comes from another address', async () => {
    for (let i = 0; i < 6; i += 1) await tryFrom('198.51.100.1');
    expect(await tryFrom('198.51.100.1', 'pengelola', PASSWORD)).toBe('too-many-attempts');
    expect(await tryFrom('203.0.113.1', 'pengelola', PASSWORD)).toBe('done');
  });

  it('count for the address first: one that is refused uses up nobody else’s tries', async () => {
    for (let i = 0; i < 20; i += 1) await tryFrom('198.51.100.1', `orang-${i}`);
    const before = await test.services.models.signInAttempts.countDocuments();
    expect(await tryFrom('198.51.100.1', 'pengelola', PASSWORD)).toBe('too-many-attempts');
    expect(await test.services.models.signInAttempts.countDocuments()).toBe(before);
  });

  it('from many addresses reach a ceiling, which keeps a password from being guessed by many machines', async () => {
    await test.services.models.staff.updateOne({ username: 'pengelola' }, { $set: { active: false } });
    const codes: string[] = [];
    for (let i = 0; i < 101; i += 1) codes.push(await tryFrom(`198.51.100.${i}`));
    expect(new Set(codes.slice(0, 100))).toEqual(new Set(['wrong-credentials']));
    expect(codes[100]).toBe('too-many-attempts');
  });

  it('are in the audit log, without a name that nobody has: it may be a password in the wrong field', async () => {
    await tryFrom('198.51.100.1', 'Pengelola');
    await tryFrom('198.51.100.1', 'kata sandi saya');
    const entries = await test.services.models.auditEntries
      .find({ action: 'session.start' })
      .sort({ _id: 1 })
      .lean();
    expect(entries).toMatchObject([
      { subject: 'pengelola', actorId: null, details: { refused: 'wrong-credentials' } },
      { subject: '-', actorId: null, details: { refused: 'wrong-credentials' } },
    ]);
  });
});

describe('the audit log', () => {
  it('names what was done to whom, without passwords, tokens or letters', async () => {
    const { services } = test;
    const invited = {
      username: 'wakil',
      name: 'Wakil Contoh',
      roles: ['agent'] as const,
      email: 'wakil@contoh.go.id',
    };
    const { staff, setupUrl } = await inviteStaff(services, { actor: admin, ...invited, now: now() });
    await completeSetup(services, {
      token: tokenOf(setupUrl),
      password: PASSWORD,
      userAgent: '',
      now: now(),
    });
    await updateStaff(services, {
      actor: admin,
      staffId: staff._id,
      changes: { roles: ['supervisor'] },
      now: now(),
    });
    const entries = await services.models.auditEntries.find({ subject: 'wakil' }).sort({ _id: 1 }).lean();
    expect(entries.map(({ action }) => action)).toEqual(['staff.invite', 'setup.complete', 'staff.update']);
    const text = JSON.stringify(entries);
    for (const secret of [tokenOf(setupUrl), PASSWORD, 'argon2', 'wakil@contoh.go.id'])
      expect(text).not.toContain(secret);
  });
});
