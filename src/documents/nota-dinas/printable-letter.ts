import { toPrintable } from '../printable-text.js';
import type { NotaDinasData } from './nota-dinas-data.js';

/** The letter in signs that both papers can show: what the PDF's font lacks would be missing there, control signs break the DOCX. */
export function printableLetter(data: NotaDinasData): NotaDinasData {
  return {
    ...data,
    number: toPrintable(data.number),
    addressees: data.addressees.map(toPrintable),
    copies: data.copies.map(toPrintable),
    from: toPrintable(data.from),
    subject: toPrintable(data.subject),
    body: toPrintable(data.body),
    signer: { ...data.signer, name: toPrintable(data.signer.name) },
    initials: data.initials.map((entry) => ({ ...entry, name: toPrintable(entry.name) })),
  };
}
