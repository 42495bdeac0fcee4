import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFileName } from '../../../src/services/files/clean-file-name.js';
import { ALLOWED_EXTENSIONS } from '../../../src/services/files/file-types.js';

const clean = (name: string, ...extensions: [string, ...string[]]) =>
  cleanFileName(name, extensions, ALLOWED_EXTENSIONS);

describe('the name of a stored file', () => {
  it.each([
    ['keeps a good one', 'Surat Permohonan (1).pdf', 'Surat Permohonan (1).pdf'],
    ['drops a path', '../../etc/passwd', 'passwd.pdf'],
    ['drops a Windows path', 'C:\\Users\\sari\\surat.pdf', 'surat.pdf'],
    ['drops what turns the reading direction', 'surat\u202efdp.exe', 'suratfdp.exe.pdf'],
    [
      'drops control characters and line breaks',
      'surat\r\nBcc: x@example.id\u0000.pdf',
      'suratBcc x@example.id.pdf',
    ],
    ['drops markup', '<img src=x onerror=alert(1)>.pdf', 'img src=x onerror=alert(1).pdf'],
    ['corrects the ending', 'foto.png', 'foto.pdf'],
    ['keeps a number that looks like an ending', 'Surat No. 12.5', 'Surat No. 12.5.pdf'],
    ['names the nameless', '...', 'berkas.pdf'],
    ['names what is only an ending', '.pdf', 'berkas.pdf'],
  ])('%s', (_case, name, expected) => {
    expect(clean(name, 'pdf')).toBe(expected);
  });

  it('keeps an ending that is as good as ours', () => {
    expect(clean('foto.JPEG', 'jpg', 'jpeg')).toBe('foto.jpeg');
  });

  it('is short, visible, without a path, and ends with its type, whatever was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const cleaned = clean(name, 'pdf');
        expect(Array.from(cleaned).length).toBeLessThanOrEqual(120);
        expect(cleaned).toMatch(/^[^/\\\p{Cc}\p{Cf}\p{Cs}<>:"|?*]+\.pdf$/u);
        expect(cleaned).not.toMatch(/^[.\s]/);
        expect(clean(cleaned, 'pdf')).toBe(cleaned);
      }),
    );
  });
});
