import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/shared/errors.js';
import type { MediaReference } from '../../support/whatsapp-server/media.js';
import { NUMBER, startNumber, type Number } from './number.js';

const PDF = Buffer.concat([Buffer.from('%PDF-1.4 contoh '), Buffer.alloc(70_000, 7)]);

describe('files', () => {
  let number: Number;
  beforeEach(async () => {
    number = await startNumber();
    await number.up();
  });
  afterEach(() => number.close());

  const sendsDocument = async (more: Partial<MediaReference> = {}): Promise<void> => {
    const reference = await number.server.media.put(PDF, 'document');
    const fileName = 'Surat.pdf';
    await number.user.send(NUMBER, {
      documentMessage: { ...reference, fileName, caption: 'Mohon dicek', ...more },
    });
  };
  const contents = (): unknown[] => number.inbox.received.map(({ content }) => content);
  const REFUSED = { kind: 'refused-file', name: 'Surat.pdf' };

  it('of a user arrive as they were sent, with their caption', async () => {
    await sendsDocument();
    await number.received(1);
    expect(contents()).toEqual([
      {
        kind: 'file',
        fileId: 'F1',
        name: 'Surat.pdf',
        mimeType: 'application/pdf',
        size: PDF.length,
        caption: 'Mohon dicek',
      },
    ]);
    expect(number.files.get('F1')?.equals(PDF)).toBe(true);
  });

  it('without a name are named by their kind and day', async () => {
    const reference = await number.server.media.put(PDF, 'image');
    await number.user.send(NUMBER, { imageMessage: { ...reference, mimetype: 'image/jpeg' } });
    await number.received(1);
    expect(contents()).toMatchObject([{ name: 'IMG-20260302.jpg' }]);
  });

  it('that WhatsApp no longer has are recorded as unreadable', async () => {
    number.server.media.downloadStatus = 404;
    await sendsDocument();
    await number.received(1);
    expect(contents()).toEqual([{ ...REFUSED, reason: 'unreadable' }]);
  });

  it('that cannot be had now are asked for again, and do not hold up other people', async () => {
    number.time.impatience = 0;
    number.server.media.downloadStatus = 503;
    await sendsDocument();
    await number.server.changes.until(() => number.server.media.downloads === 1);
    const other = number.server.addUser('6281200000002', '700000000000002');
    await other.text(NUMBER, 'Halo');
    await number.received(1);
    expect(contents()).toEqual([{ kind: 'text', text: 'Halo' }]);
    number.server.media.downloadStatus = 200;
    number.time.advance(10_000);
    await number.received(2);
    expect(contents()[1]).toMatchObject({ kind: 'file', name: 'Surat.pdf' });
  });

  it('whose line breaks on the way are fetched again, and nothing else comes to harm', async () => {
    number.server.media.cutDownloads = 1;
    await sendsDocument();
    await number.received(1);
    expect(contents()).toMatchObject([{ kind: 'file', size: PDF.length }]);
    expect(number.server.media.downloads).toBe(2);
  });

  it('that are not wanted to the end are not left on the line', async () => {
    await number.restart({
      storeFile: async ({ stream }) => {
        for await (const chunk of stream) if (chunk) break;
        throw new DomainError('file-too-large');
      },
    });
    await number.up();
    number.server.media.stallDownloads = 1;
    await sendsDocument({ fileLength: 1_000 });
    await number.received(1);
    expect(contents()).toMatchObject([{ kind: 'refused-file', reason: 'too-large' }]);
    await number.server.changes.until(() => number.server.media.abandoned === 1, 'the end of the line');
  });

  it('over the limit are not even fetched, nor those that lie about their size taken whole', async () => {
    await sendsDocument({ fileLength: 2_000_000 });
    await number.received(1);
    expect(contents()).toEqual([{ ...REFUSED, reason: 'too-large' }]);
    expect(number.server.media.downloads).toBe(0);
  });

  it('that are not what was sent are recorded as unreadable', async () => {
    await sendsDocument({ fileSha256: Buffer.alloc(32) });
    await number.received(1);
    expect(contents()).toEqual([{ ...REFUSED, reason: 'unreadable' }]);
  });

  it.each(['@evil.example/x', '.evil.example/x', ''])(
    'are fetched from WhatsApp alone, not from %j',
    async (directPath) => {
      await sendsDocument({ directPath, url: 'https://evil.example/x' });
      await number.received(1);
      expect(contents()).toEqual([{ ...REFUSED, reason: 'unreadable' }]);
      expect(number.server.media.downloads).toBe(0);
    },
  );

  describe('of the office', () => {
    beforeEach(async () => {
      await number.user.text(NUMBER, 'Halo');
      await number.received(1);
      number.files.set('F9', PDF);
    });
    const answer = () =>
      number.message({
        ...{ kind: 'file', fileId: 'F9', name: 'Jawaban.pdf', mimeType: 'application/pdf' },
        ...{ size: PDF.length, caption: 'Terlampir.' },
      });

    it('reach the user, under their name, and can be opened', async () => {
      await number.channel.send(answer());
      await number.server.changes.until(() => number.user.received.length === 1);
      const { documentMessage } = number.user.received[0]!.message;
      expect(documentMessage).toMatchObject({ fileName: 'Jawaban.pdf', caption: 'Terlampir.' });
      expect(Number(documentMessage?.fileLength)).toBe(PDF.length);
      expect(number.server.media.blobs.has(documentMessage?.directPath ?? '')).toBe(true);
    });

    it('are uploaded once, however often they have to be sent', async () => {
      const message = answer();
      number.server.faults.dropBeforeAck = 1;
      await expect(number.channel.send(message)).rejects.toMatchObject({ reason: 'not-confirmed' });
      await number.up();
      await number.channel.send(message);
      expect(number.server.media.uploads).toBe(1);
    });

    it('that cannot be uploaded fail and can be tried again', async () => {
      const message = answer();
      number.server.media.failUploads = 9;
      await expect(number.channel.send(message)).rejects.toMatchObject({
        reason: 'upload-failed',
        permanent: false,
      });
      number.server.media.failUploads = 0;
      expect(await number.channel.send(message)).toBe('sent');
    });
  });
});
