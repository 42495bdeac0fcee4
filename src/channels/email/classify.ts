import type { Letter } from './parse.js';

/** What a letter is: only one that a person wrote gets an answer (RFC 3834). */
export type LetterKind = 'person' | 'bounce' | 'automatic' | 'list' | 'own';

/** @param own the office's address */
export function classify(letter: Letter, own: string): LetterKind {
  const header = (name: string): string => letter.header(name)?.toLowerCase() ?? '';
  if (isBounce(letter)) return 'bounce';
  const sender = letter.from?.address ?? '';
  if (sender === own) return 'own';
  if (['list-id', 'list-post'].some((name) => header(name) !== '')) return 'list';
  if (/^(list|bulk|junk)\b/.test(header('precedence'))) return 'list';
  const submitted = header('auto-submitted');
  if (submitted !== '' && !/^no\b/.test(submitted)) return 'automatic';
  if (
    ['x-autoreply', 'x-autorespond', 'x-autoresponse'].some((name) => /^(?!no\b|false\b)./.test(header(name)))
  )
    return 'automatic';
  if (
    header('x-auto-response-suppress') !== '' &&
    /\b(all|autoreply)\b/.test(header('x-auto-response-suppress'))
  )
    return 'automatic';
  if (/^(auto[_ -]?reply|precedence: auto_reply)/.test(header('precedence'))) return 'automatic';
  if (/^<\s*>$/.test(header('return-path')) || /^multipart\/report\b/.test(letter.contentType))
    return 'automatic';
  if (MACHINE.test(sender) || ABSENT.test(letter.subject)) return 'automatic';
  return 'person';
}

/** Mailboxes that nobody reads. */
const MACHINE =
  /^(?:mailer-daemon|postmaster|(?:no|not|do-?not|jangan)[-_.]?(?:reply|respond|balas)|bounces?|auto-?reply)(?:[-_.+][^@]*)?@/i;

/** Absence notices of programs that say it in the subject alone. */
const ABSENT =
  /^\s*(?:(?:re|aw|bls|balasan):\s*)?(?:auto(?:matic|mated)?[ -]?(?:reply|response|respon)\b|out of (?:the )?office\b|balasan otomatis\b|jawaban otomatis\b|pemberitahuan cuti\b|sedang (?:cuti|tidak di kantor)\b|di luar kantor\b)/i;

function isBounce(letter: Letter): boolean {
  if (letter.deliveryStatus !== undefined) return true;
  if (/^multipart\/report\b/.test(letter.contentType))
    return /report-type="?delivery-status/.test(letter.contentType);
  const daemon = /^(?:mailer-daemon|postmaster)@/i.test(letter.from?.address ?? '');
  return (
    daemon &&
    /\b(undeliver|delivery (?:status|fail|has failed)|returned mail|failure notice|gagal terkirim|tidak terkirim)/i.test(
      letter.subject,
    )
  );
}
