import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LeaseLostError, type Lease, type WhatsAppStore } from '../../src/channels/index.js';
import { connectModels, type Models } from '../../src/models/index.js';
import { createWhatsAppStore } from '../../src/whatsapp-store/index.js';
import { uniqueDatabaseUri } from '../support/database.js';

const NOW = new Date('2026-03-02T01:00:00Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

let models: Models;
let accounts = 0;
let ids = 0;
beforeAll(async () => {
  models = await connectModels(uniqueDatabaseUri());
});
afterAll(async () => {
  vi.restoreAllMocks();
  await models.connection.dropDatabase();
  await models.connection.close();
});

const newId = (): string => `I${String((ids += 1)).padStart(6, '0')}`;
function newStore(): WhatsAppStore {
  accounts += 1;
  return createWhatsAppStore(models, `account-${accounts}`, newId);
}
async function acquired(store: WhatsAppStore, owner = 'A', now = NOW): Promise<Lease> {
  const taken = await store.acquire(owner, now, new Date(now.getTime() + 30_000));
  return taken!.lease;
}
const session = (id: string, value: string | null) => ({ type: 'session', id, value });

describe('the lease of a number', () => {
  it('belongs to one process until it is released or runs out', async () => {
    const store = newStore();
    const lease = await acquired(store);
    expect(await store.acquire('B', later(29), later(59))).toBeUndefined();
    await store.renew(lease, later(60));
    expect(await store.acquire('B', later(31), later(61))).toBeUndefined();
    await store.release(lease);
    expect(await store.acquire('B', later(32), later(62))).toMatchObject({ lease: { owner: 'B', fence: 2 } });
  });

  it('of many who ask at once goes to one', async () => {
    const store = newStore();
    const taken = await Promise.all(
      ['A', 'B', 'C', 'D'].map((owner) => store.acquire(owner, NOW, later(30))),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('once lost lets nothing be written any more', async () => {
    const store = newStore();
    const lost = await acquired(store);
    await store.writeKeys(lost, [session('1', 'alt')]);
    const lease = await acquired(store, 'B', later(31));
    await store.writeKeys(lease, [session('1', 'neu')]);
    await expect(store.writeKeys(lost, [session('1', 'zombie')])).rejects.toThrow(LeaseLostError);
    await expect(store.writeKeys(lost, [session('1', 'x'), session('2', 'x')])).rejects.toThrow(
      LeaseLostError,
    );
    await expect(store.saveCredentials(lost, 'zombie')).rejects.toThrow(LeaseLostError);
    await expect(store.renew(lost, later(90))).rejects.toThrow(LeaseLostError);
    await expect(store.beginPairing(lost, NOW)).rejects.toThrow(LeaseLostError);
    await store.release(lost);
    expect(await store.readKeys(lease, [session('1', ''), session('2', '')])).toEqual([session('1', 'neu')]);
    await store.renew(lease, later(90));
  });
});

describe('keys', () => {
  it('are written, replaced and deleted together', async () => {
    const store = newStore();
    const lease = await acquired(store);
    await store.writeKeys(lease, [session('1', 'a'), session('2', 'b')]);
    await store.writeKeys(lease, [session('1', null), session('2', 'c'), session('3', 'd')]);
    const read = await store.readKeys(
      lease,
      ['1', '2', '3', '4'].map((id) => session(id, null)),
    );
    expect(new Map(read.map(({ id, value }) => [id, value]))).toEqual(
      new Map([
        ['2', 'c'],
        ['3', 'd'],
      ]),
    );
  });

  it('that a crash left half written are whole for the next holder, or as they were before', async () => {
    const store = newStore();
    const lease = await acquired(store);
    await store.writeKeys(lease, [session('1', 'alt'), session('2', 'alt')]);
    const place = vi
      .spyOn(models.whatsappKeys, 'bulkWrite')
      .mockRejectedValueOnce(new Error('the process died'));
    await expect(store.writeKeys(lease, [session('1', 'neu'), session('2', 'neu')])).rejects.toThrow('died');
    place.mockRestore();
    const next = await acquired(store, 'B', later(31));
    const read = await store.readKeys(next, [session('1', null), session('2', null)]);
    expect(read.map(({ value }) => value)).toEqual(['neu', 'neu']);

    const stage = vi
      .spyOn(models.whatsappAccounts, 'updateOne')
      .mockRejectedValueOnce(new Error('the process died'));
    await expect(store.writeKeys(next, [session('1', 'nie'), session('2', 'nie')])).rejects.toThrow('died');
    stage.mockRestore();
    const last = await acquired(store, 'C', later(62));
    const kept = await store.readKeys(last, [session('1', null), session('2', null)]);
    expect(kept.map(({ value }) => value)).toEqual(['neu', 'neu']);
  });

  it('of a new pairing are its own; of the one before they stay, of older ones they go', async () => {
    const store = newStore();
    let lease = await acquired(store);
    for (const value of ['erste', 'zweite', 'dritte']) {
      await store.saveCredentials(lease, value);
      await store.writeKeys(lease, [session('1', value)]);
      lease = await store.beginPairing(lease, NOW);
      expect(await store.readKeys(lease, [session('1', null)])).toEqual([]);
    }
    const kept = (generation: number) => store.readKeys({ ...lease, generation }, [session('1', null)]);
    expect(await kept(2)).toHaveLength(1);
    expect(await kept(1)).toEqual([]);
    expect(await kept(0)).toEqual([]);
    const stored = await models.whatsappAccounts.findById(lease.account).lean();
    expect(stored).toMatchObject({ former: { generation: 2, credentials: 'dritte' } });
  });
});

describe('contacts', () => {
  it('are one person by number and LID, in any order and at once', async () => {
    const store = newStore();
    const both = { pn: '62811', lid: '900' };
    const seen = await Promise.all(
      [both, { pn: '62811' }, { lid: '900' }, both].map((who) => store.seeContact(who)),
    );
    const last = await store.seeContact(both);
    for (const { address } of seen) expect((await store.findContact(address))?.address).toBe(last.address);
  });

  it('are merged into the older one when they turn out to be one, and remembered messages with them', async () => {
    const store = newStore();
    const byLid = await store.seeContact({ lid: '901', replyTo: '901@lid' });
    const byPn = await store.seeContact({ pn: '62812' });
    const entry = { messageId: 'M1', fromMe: false, sentAt: NOW, payload: 'x' };
    await store.journal({ ...entry, address: byPn.address }, NOW);
    await store.settle((await store.nextPending(byPn.address))!.id);
    const merged = await store.seeContact({ lid: '901', pn: '62812' });
    expect(merged).toEqual({ address: byLid.address, pn: '62812', lid: '901', replyTo: '901@lid' });
    expect(await store.findContact(byPn.address)).toEqual(merged);
    expect(await store.journal({ ...entry, address: merged.address }, NOW)).toBe(false);
  });

  it('do not inherit the conversation of somebody who gave the number up', async () => {
    const store = newStore();
    const before = await store.seeContact({ pn: '62813', lid: '902' });
    const after = await store.seeContact({ pn: '62813', lid: '903' });
    expect(after.address).not.toBe(before.address);
    expect(await store.findContact(before.address)).toMatchObject({ pn: null, lid: '902' });
    const moved = await store.seeContact({ pn: '62814', lid: '903' });
    expect(moved).toMatchObject({ address: after.address, pn: '62814' });
  });
});

describe('messages', () => {
  it('are kept once, given in order, and forgotten but for their id', async () => {
    const store = newStore();
    const entry = (messageId: string) => ({
      address: 'a',
      messageId,
      fromMe: false,
      sentAt: NOW,
      payload: 'x',
    });
    for (const id of ['1', '2', '1']) await store.journal(entry(id), NOW);
    await store.journal({ ...entry('1'), address: 'b' }, NOW);
    expect((await store.pendingAddresses()).toSorted()).toEqual(['a', 'b']);
    const order: string[] = [];
    for (let row = await store.nextPending('a'); row; row = await store.nextPending('a')) {
      order.push(row.messageId);
      await store.settle(row.id);
    }
    expect(order).toEqual(['1', '2']);
    expect(await store.journal(entry('2'), NOW)).toBe(false);
  });

  it('on their way out stay as they were first kept, and confirmed once they are', async () => {
    const store = newStore();
    const row = { id: `W${accounts}`, address: 'a', messageId: 'M', payload: 'eins' };
    await store.queueOutbound(row, NOW);
    await store.queueOutbound({ ...row, payload: 'zwei' }, NOW);
    expect(await store.findOutbound(row.id)).toEqual({ ...row, state: 'queued', code: null });
    await store.noteOutbound(row.id, 'confirmed');
    await store.noteOutbound(row.id, 'refused', '463');
    expect(await store.findOutbound(row.id)).toMatchObject({ state: 'confirmed', code: null });
  });
});
