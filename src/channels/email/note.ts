import type { Translate } from '../../shared/i18n.js';
import type { CutLetter } from './cut-quote.js';
import type { Letter } from './parse.js';
import type { Verdict } from './verify.js';

/** Longest piece of a quotation or signature that a note keeps; all of it is in the mailbox. */
const MAX_KEPT = 2_000;

interface Noted {
  letter: Letter;
  verdict: Verdict;
  cut: CutLetter;
  logos: number;
  surplus: number;
}

/** What the agent sees of a letter beyond its words: who vouches for the sender, and what was cut off. */
export function noteOf(t: Translate, { letter, verdict, cut, logos, surplus }: Noted): string {
  const { spf, dkim, dmarc, sender } = verdict;
  const name = letter.from?.name ?? '';
  const lines = [
    t('email:note.from', { address: letter.from?.address ?? '', name: name === '' ? '' : ` (${name})` }),
    ...(letter.subject === '' ? [] : [t('email:note.subject', { subject: letter.subject })]),
    `${t(`email:note.sender.${sender}`)} SPF ${spf} · DKIM ${dkim} · DMARC ${dmarc}`,
    ...(logos > 0 ? [t('email:note.logos', { count: logos })] : []),
    ...(surplus > 0 ? [t('email:note.surplus', { count: surplus })] : []),
    ...kept(t('email:note.signature'), cut.signature),
    ...kept(t('email:note.quoted'), cut.quoted),
  ];
  return lines.join('\n');
}

function kept(title: string, text: string): string[] {
  if (text === '') return [];
  return ['', title, text.length > MAX_KEPT ? `${text.slice(0, MAX_KEPT)}…` : text];
}
