import { createReadStream } from 'node:fs';
import { officeKindOf } from './office-kind.js';
import { BY_SNIFFED, CSV, PLAIN_TEXT, type FileType } from './file-types.js';

/** The container of Word, Excel and PowerPoint before 2007, and of installers, too. */
const COMPOUND_FILE = 'application/x-cfb';

/** Texts that are programs or documents of another kind: markup, scripts, PDF, PostScript, RTF. */
const NOT_PLAIN = /^\s*(<|#!|%PDF|%!PS|\{\\rtf)/;

/**
 * What the bytes are, never what their name says.
 * @param extension of the name, lower case; only tells the two kinds of plain text apart
 * @returns undefined for a type people may not send
 */
export async function sniffType(path: string, extension: string): Promise<FileType | undefined> {
  const text = extension === 'csv' ? CSV : extension === 'txt' || extension === '' ? PLAIN_TEXT : undefined;
  // Before the sniffer, which takes a letter that begins with "BM" for a picture.
  if (text && (await isPlainText(path))) return text;
  const { fileTypeFromFile } = await import('file-type');
  const sniffed = await fileTypeFromFile(path);
  if (sniffed?.mime === COMPOUND_FILE) return officeKindOf(path);
  return sniffed && BY_SNIFFED.get(sniffed.mime);
}

/** UTF-8 throughout, without control characters, and not the beginning of something else. */
async function isPlainText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      const part = decoder.decode(chunk, { stream: true });
      if (/[\u0000-\u0008\u000e-\u001f\u007f]/.test(part) || (first && NOT_PLAIN.test(part))) return false;
      first = false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
