import { describe, expect, it } from 'vitest';
import { fileNameOf } from '../../src/documents/file-name.js';

describe('the file name of a document', () => {
  it.each([
    ['BAK-000123/DJPK/2026', 'BAK-000123-DJPK-2026.pdf'],
    ['../../etc/passwd', 'etc-passwd.pdf'],
    ['CON:\\nul "x".exe', 'CON-nul-x-exe.pdf'],
    ['Réf. 12', 'Re-f-12.pdf'],
    ['A'.repeat(300), `${'A'.repeat(100)}.pdf`],
  ])('%s becomes %s', (number, name) => {
    expect(fileNameOf(number, 'pdf')).toBe(name);
  });

  it('refuses a number of which nothing is left', () => {
    expect(() => fileNameOf('///', 'pdf')).toThrow('invalid-input');
  });
});
