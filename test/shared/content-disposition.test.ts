import { describe, expect, it } from 'vitest';
import { contentDisposition } from '../../src/shared/content-disposition.js';

describe('the name of a file in a header', () => {
  it.each([
    ['surat.pdf', `attachment; filename="surat.pdf"; filename*=UTF-8''surat.pdf`],
    [
      'é "x" (1)%.png',
      `attachment; filename="_ _x_ (1)_.png"; filename*=UTF-8''%C3%A9%20%22x%22%20%281%29%25.png`,
    ],
    [
      'a\r\nset-cookie: b',
      `attachment; filename="a__set-cookie: b"; filename*=UTF-8''a%0D%0Aset-cookie%3A%20b`,
    ],
    ['rusak \ud83d.txt', `attachment; filename="rusak _.txt"; filename*=UTF-8''rusak%20_.txt`],
  ])('%j stays within its quotes', (name, header) => {
    expect(contentDisposition('attachment', name)).toBe(header);
  });
});
