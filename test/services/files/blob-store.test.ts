import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBlobStore } from '../../../src/services/files/blob-store.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dering-blobs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the blob store', () => {
  it('gives bytes back under their SHA-256, sharded by its first two digits, only once they are kept', async () => {
    const store = createBlobStore(folder);
    const draft = await store.receive(Buffer.from('abc'), 10);
    // FIPS 180-2, appendix B.1.
    expect(draft.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(await store.has(draft.sha256)).toBe(false);
    await draft.keep();
    expect(readdirSync(join(folder, 'ba'))).toEqual([draft.sha256]);
    expect((await buffer(store.read(draft.sha256))).toString()).toBe('abc');
  });

  it('takes exactly as many bytes as allowed', async () => {
    const store = createBlobStore(folder);
    await (await store.receive(Buffer.alloc(10), 10)).keep();
    await expect(store.receive(Buffer.alloc(11), 10)).rejects.toThrow('more than 10 bytes');
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });

  it('reads nothing but hashes', () => {
    const store = createBlobStore(folder);
    expect(() => store.read('../../etc/passwd')).toThrow(TypeError);
  });

  it('removes what a process that died left half-written, and leaves a living one alone', () => {
    mkdirSync(join(folder, 'incoming'));
    // The largest process id Linux can give is 2^22; init lives as long as the machine.
    for (const pid of [2 ** 22 + 1, process.pid, 1])
      writeFileSync(join(folder, 'incoming', `${pid}-draft`), 'half');
    createBlobStore(folder);
    expect(readdirSync(join(folder, 'incoming'))).toEqual(['1-draft']);
  });
});
