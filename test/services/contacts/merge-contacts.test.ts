import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contact } from '../../../src/models/contact.js';
import type { Profile } from '../../../src/models/conversation.js';
import { mergeContacts } from '../../../src/services/contacts/merge-contacts.js';
import { settleMerges } from '../../../src/services/contacts/settle-merges.js';
import { undoMerge } from '../../../src/services/contacts/undo-merge.js';
import { vouchFor } from '../../../src/services/contacts/vouch-for.js';
import type { Actor, ServiceContext } from '../../../src/services/service-context.js';
import {
  addStaff,
  createTestServices,
  MONDAY_MORNING as now,
  type TestServices,
} from '../../support/services.js';
import { SARI } from '../../support/tickets.js';

let test: TestServices;
let services: ServiceContext;
let agent: Actor;
beforeAll(async () => {
  test = await createTestServices();
  services = test.services;
  agent = await addStaff(services, 'sari', 'agent');
});
afterAll(() => test.close());

const LATER = new Date(now.getTime() + 10 * 60_000);

/** A person with one conversation and one ticket. */
async function person(name: string, profile: Profile = SARI, updatedAt = now): Promise<string> {
  const { contacts, conversations, tickets } = services.models;
  const _id = services.newId();
  const address = { channel: 'web-chat' as const, account: 'chat', address: name };
  await contacts.create({ _id, profile, addresses: [address], createdAt: updatedAt, updatedAt });
  await conversations.create({ _id: `talk-${name}`, ...address, contactId: _id, profile, createdAt: now });
  await tickets.create({
    ...{ _id: `ticket-${name}`, number: `T-${name}`, openingKey: name, conversationId: `talk-${name}` },
    ...{ kind: 'consultation', status: 'open', channel: 'web-chat', contactId: _id, topicCode: 'dana-desa' },
    ...{ unitCode: 'sekretariat', receivedAt: now, countedFrom: now, dueAt: now, updatedAt: now },
  });
  return _id;
}

const merge = (one: string, other: string) =>
  mergeContacts(services, { contactIds: [one, other], reason: 'staff', actor: agent, now });
const contact = async (id: string): Promise<Contact> => (await services.models.contacts.findById(id).lean())!;
const lastMerge = async () => (await services.models.contactMerges.findOne().sort({ _id: -1 }).lean())!;
async function ownerOf(name: string): Promise<(string | null)[]> {
  const conversation = await services.models.conversations.findById(`talk-${name}`).lean();
  const ticket = await services.models.tickets.findById(`ticket-${name}`).lean();
  return [conversation!.contactId, ticket!.contactId];
}

describe('two contacts that are one person', () => {
  it('become the older one, with the addresses, conversations and tickets of both and the latest profile', async () => {
    const moved = { ...SARI, position: 'Sekretaris' };
    const [older, newer] = [await person('a1'), await person('a2', moved, LATER)];
    expect(await merge(newer, older)).toBe(older);
    expect((await contact(older)).addresses.map(({ address }) => address)).toEqual(['a1', 'a2']);
    expect((await contact(older)).profile).toEqual(moved);
    expect(await contact(newer)).toMatchObject({ addresses: [], mergedInto: older });
    expect([...(await ownerOf('a1')), ...(await ownerOf('a2'))]).toEqual(Array(4).fill(older));
    const conversation = await services.models.conversations.findById('talk-a1').lean();
    expect(conversation?.profile).toEqual(moved);
  });

  it('are audited under the name of who said so, without personal data', async () => {
    const kept = await merge(await person('b1'), await person('b2'));
    const line = await services.models.auditEntries
      .findOne({ action: 'contact.merge', subject: kept })
      .lean();
    expect(line).toMatchObject({ actorName: agent.name, details: { reason: 'staff' } });
    expect(JSON.stringify(line)).not.toContain(SARI.name);
  });

  it('can be taken apart again, each with what was theirs and what they wrote since', async () => {
    const [older, newer] = [await person('c1'), await person('c2', { ...SARI, name: 'Budi Contoh' }, LATER)];
    await merge(older, newer);
    await services.models.tickets.updateOne({ _id: 'ticket-c1' }, { $set: { conversationId: 'talk-c2' } });
    await undoMerge(services, { mergeId: (await lastMerge())._id, actor: agent, now });
    expect((await contact(older)).addresses.map(({ address }) => address)).toEqual(['c1']);
    expect((await contact(older)).profile).toEqual(SARI);
    expect(await contact(newer)).toMatchObject({
      ...{ mergedInto: null, profile: { name: 'Budi Contoh' } },
      addresses: [{ address: 'c2' }],
    });
    expect(await ownerOf('c2')).toEqual([newer, newer]);
    expect(await ownerOf('c1')).toEqual([older, newer]);
  });

  it('are taken apart once, also when two people do it at once', async () => {
    await merge(await person('d1'), await person('d2'));
    const { _id: mergeId } = await lastMerge();
    const tries = Array.from({ length: 5 }, () => undoMerge(services, { mergeId, actor: agent, now }));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('lose nobody when merged both ways round, and with a third, at once', async () => {
    const ids = [await person('e1'), await person('e2'), await person('e3')];
    const [a, b, c] = ids as [string, string, string];
    await Promise.allSettled([merge(a, b), merge(b, a), merge(b, c), merge(c, a), merge(c, b)]);
    await settleMerges(services, LATER);
    await settleMerges(services, new Date(LATER.getTime() + 600_000));
    const left = (await Promise.all(ids.map(contact))).filter(({ mergedInto }) => mergedInto === null);
    const addresses = left.flatMap((one) => one.addresses.map(({ address }) => address));
    expect(addresses.sort()).toEqual(['e1', 'e2', 'e3']);
    for (const { _id, addresses: own } of left) {
      for (const { address } of own) expect(await ownerOf(address)).toEqual([_id, _id]);
    }
  });

  it('are one in the end when the process dies at any write in between', async () => {
    for (let survived = 0; survived < 9; survived += 1) {
      const [older, newer] = [await person(`f${survived}`), await person(`g${survived}`)];
      await mergeContacts(mortal(services, survived), {
        ...{ contactIds: [older, newer], reason: 'staff', actor: agent, now },
      }).catch(() => undefined);
      const begun = (await services.models.contactMerges.exists({ keptId: older })) !== null;
      await settleMerges(services, LATER);
      const owner = begun ? older : newer;
      expect(await ownerOf(`g${survived}`)).toEqual([owner, owner]);
      const all = [...(await contact(older)).addresses, ...(await contact(newer)).addresses];
      expect(all.map(({ address }) => address)).toEqual([`f${survived}`, `g${survived}`]);
    }
  });

  it('are for agents and supervisors only', async () => {
    const unit = await addStaff(services, 'unit', 'administrator');
    const contactIds: [string, string] = [await person('h1'), await person('h2')];
    const input = { contactIds, reason: 'staff' as const, actor: unit, now };
    await expect(mergeContacts(services, input)).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('what a platform vouches for', () => {
  const vouched = { phone: '+6281200000077' };

  it('makes one person of two contacts', async () => {
    const [older, newer] = [await person('i1'), await person('i2')];
    expect(await vouchFor(services, { contactId: older, vouched, now })).toBe(older);
    expect(await vouchFor(services, { contactId: newer, vouched, now })).toBe(older);
    expect(await ownerOf('i2')).toEqual([older, older]);
  });

  it('does not join again what staff has taken apart', async () => {
    const { _id: mergeId, gone } = await lastMerge();
    await undoMerge(services, { mergeId, actor: agent, now });
    expect(await vouchFor(services, { contactId: gone._id, vouched, now })).toBe(gone._id);
    expect(await ownerOf('i2')).toEqual([gone._id, gone._id]);
  });
});

/** Services whose database takes so many writes and then nothing more. */
function mortal(context: ServiceContext, writes: number): ServiceContext {
  let left = writes;
  const WRITES = ['create', 'updateOne', 'updateMany', 'findOneAndUpdate'];
  const dying = <Model extends object>(model: Model): Model =>
    new Proxy(model, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name);
        if (typeof found !== 'function') return found;
        const method = found as (...of: unknown[]) => unknown;
        if (!WRITES.includes(String(name))) return method.bind(target);
        return (...of: unknown[]) => {
          if (left === 0) throw new Error('the process has died');
          left -= 1;
          return method.apply(target, of);
        };
      },
    });
  const { contacts, contactMerges, conversations, tickets } = context.models;
  return {
    ...context,
    models: {
      ...context.models,
      ...{ contacts: dying(contacts), contactMerges: dying(contactMerges) },
      ...{ conversations: dying(conversations), tickets: dying(tickets) },
    },
  };
}
