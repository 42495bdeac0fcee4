import { describe, expect, it } from 'vitest';
import { makePdf } from '../../src/documents/make-pdf.js';

const createdAt = new Date('2026-03-05T09:00:00Z');

describe('making a PDF', () => {
  it.each([
    '/etc/passwd',
    '/etc/../etc/hostname',
    'http://127.0.0.1:9/picture.png',
    'https://example.id/picture.png',
  ])('neither opens nor fetches %s', async (image) => {
    await expect(makePdf({ content: [{ image }] }, createdAt)).rejects.toThrow(/access|policy/i);
    await expect(
      makePdf({ content: ['x'], images: { a: image }, background: { image: 'a' } }, createdAt),
    ).rejects.toThrow(/access|policy/i);
  });

  it('draws plain text', async () => {
    const bytes = await makePdf({ content: ['Halo'] }, createdAt);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });
});
