import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openFile } from '../../../src/services/files/open-file.js';
import { storeFile } from '../../../src/services/files/store-file.js';
import { createTestServices, MONDAY_MORNING as now, type TestServices } from '../../support/services.js';
import { compoundFile, DOCX, JPEG, OGG, PDF, PNG, PROGRAM, ZIP } from '../../support/files.js';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(async () => {
  await test.close();
});
afterEach(async () => {
  expect(await readdir(join(test.folder, 'files', 'incoming')), 'nothing half-received is left').toEqual([]);
});

const store = (name: string, content: Buffer | string | Readable) =>
  storeFile(test.services, {
    content: typeof content === 'string' ? Buffer.from(content) : content,
    ...{ name, conversationId: 'chat', now },
  });

/** Every stored blob, by its hash. */
async function blobs(): Promise<string[]> {
  const names = await readdir(join(test.folder, 'files'), { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('a file is taken for what its bytes are', () => {
  it.each([
    ['surat.pdf', PDF, 'application/pdf', 'surat.pdf'],
    ['foto.png', PNG, 'image/png', 'foto.png'],
    ['foto.JPEG', JPEG, 'image/jpeg', 'foto.jpeg'],
    ['foto.png', JPEG, 'image/jpeg', 'foto.jpg'],
    ['foto', JPEG, 'image/jpeg', 'foto.jpg'],
    ['surat.exe', PDF, 'application/pdf', 'surat.exe.pdf'],
    ['suara.ogg', OGG, 'audio/ogg', 'suara.ogg'],
    [
      'laporan.docx',
      DOCX,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'laporan.docx',
    ],
    ['lama.doc', compoundFile('WordDocument'), 'application/msword', 'lama.doc'],
    ['lama.xls', compoundFile('Workbook'), 'application/vnd.ms-excel', 'lama.xls'],
    ['lama.ppt', compoundFile('PowerPoint Document'), 'application/vnd.ms-powerpoint', 'lama.ppt'],
    ['catatan.txt', 'BMKG: cuaca cerah\n', 'text/plain', 'catatan.txt'],
    ['data.csv', 'kode;nama\n73.06;Gowa\n', 'text/csv', 'data.csv'],
    ['catatan', 'Selamat pagi 🙂', 'text/plain', 'catatan.txt'],
    ['undangan.ics', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', 'text/calendar', 'undangan.ics'],
    ['catatan.txt', PDF, 'application/pdf', 'catatan.pdf'],
  ])('%s', async (name, content, mimeType, stored) => {
    expect(await store(name, content)).toMatchObject({
      name: stored,
      mimeType,
      size: Buffer.byteLength(content),
    });
  });
});

describe('a file is refused, and nothing of it is kept', () => {
  it.each([
    ['a program', 'setup.exe', PROGRAM, 'file-type-refused'],
    ['a program named .pdf', 'surat.pdf', PROGRAM, 'file-name-mismatch'],
    ['an installer named .doc', 'surat.doc', compoundFile('SummaryInformation'), 'file-name-mismatch'],
    ['an installer', 'setup.msi', compoundFile('SummaryInformation'), 'file-type-refused'],
    ['an archive', 'berkas.zip', ZIP, 'file-type-refused'],
    ['an archive named .docx', 'surat.docx', ZIP, 'file-name-mismatch'],
    ['a web page', 'halaman.html', '<!doctype html><script>alert(1)</script>', 'file-type-refused'],
    [
      'a web page named .txt',
      'halaman.txt',
      '\ufeff \n<html><script>alert(1)</script>',
      'file-name-mismatch',
    ],
    ['a drawing with script', 'gambar.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'file-type-refused'],
    ['a drawing named .png', 'gambar.png', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'file-name-mismatch'],
    ['a drawing without a name', '', '<?xml version="1.0"?><svg/>', 'file-type-refused'],
    ['a script', 'jalan.sh', '#!/bin/sh\nrm -rf /\n', 'file-type-refused'],
    ['a script named .txt', 'jalan.txt', '#!/bin/sh\nrm -rf /\n', 'file-name-mismatch'],
    ['text that is named .pdf', 'surat.pdf', 'Selamat pagi', 'file-name-mismatch'],
    ['text that is no UTF-8', 'data.csv', Buffer.from([0x6b, 0xe9, 0x20, 0xff, 0x0a]), 'file-name-mismatch'],
    ['text cut inside a letter', 'data.txt', Buffer.from('halo é').subarray(0, 6), 'file-name-mismatch'],
    ['text with a zero byte', 'data.txt', 'halo\u0000', 'file-name-mismatch'],
    ['bytes that are nothing', 'apa.bin', Buffer.from([0x00, 0x01, 0x02, 0x03]), 'file-type-refused'],
    ['an empty file', 'kosong.pdf', '', 'file-empty'],
  ])('%s', async (_case, name, content, code) => {
    const before = await blobs();
    await expect(store(name, content)).rejects.toMatchObject({ code });
    expect(await blobs()).toEqual(before);
  });

  it('when it is larger than allowed: a stream of 30 MB is cut at 20 MB and leaves neither memory nor disk full', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'a');
    let given = 0;
    let destroyed = false;
    const endless = new Readable({
      read() {
        given += chunk.length;
        this.push(given > 30_000_000 ? null : chunk);
      },
      destroy(error, done) {
        destroyed = true;
        done(error);
      },
    });
    const before = await blobs();
    await expect(store('besar.txt', endless)).rejects.toMatchObject({
      ...{ code: 'file-too-large', status: 413, params: { megabytes: 20 } },
    });
    expect(given).toBeLessThan(21_000_000);
    expect(destroyed).toBe(true);
    expect(await blobs()).toEqual(before);
  });

  it('when its sender goes away in the middle', async () => {
    const broken = Readable.from(
      (async function* () {
        yield PDF;
        await Promise.resolve();
        throw new Error('connection lost');
      })(),
    );
    await expect(store('surat.pdf', broken)).rejects.toThrow('connection lost');
  });
});

describe('storing', () => {
  it('keeps equal bytes once, under each name they were sent by', async () => {
    const before = await blobs();
    const content = 'kalimat yang sama';
    const files = await Promise.all([
      store('satu.txt', content),
      store('dua.txt', Readable.from([Buffer.from(content)])),
    ]);
    expect(files.map(({ name }) => name)).toEqual(['satu.txt', 'dua.txt']);
    expect(await blobs()).toHaveLength(before.length + 1);
    for (const { fileId } of files) {
      const { file, read } = await openFile(test.services, fileId);
      expect(file).toMatchObject({ conversationId: 'chat', createdAt: now });
      expect((await buffer(read())).toString()).toBe(content);
    }
  });

  it('finds nothing under an unknown id, nor when the bytes are gone', async () => {
    await expect(openFile(test.services, 'unknown')).rejects.toMatchObject({ code: 'not-found' });
    const { fileId } = await store('hilang.txt', 'akan hilang');
    await test.services.models.files.updateOne({ _id: fileId }, { $set: { sha256: '0'.repeat(64) } });
    await expect(openFile(test.services, fileId)).rejects.toMatchObject({ code: 'not-found' });
  });
});
