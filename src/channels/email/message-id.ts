/** Hex digits of the keyed digest in an id: with them nobody can guess an id and so pass for the letter's reader. */
const DIGITS = 20;

/**
 * The Message-ID under which our message goes out: the same at every attempt, so that a letter that is sent again after a
 * crash is recognised as the same one.
 * @param id of the first message that the letter carries
 * @param part counts from 0
 */
export function messageIdOf(
  id: string,
  part: number,
  address: string,
  sign: (text: string) => string,
): string {
  const name = part === 0 ? id.toLowerCase() : `${id.toLowerCase()}.${part + 1}`;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return `<${name}.${sign(`message-id:${name}`).slice(0, DIGITS)}@${domain}>`;
}

const TICKET = /\bDJPK-\d{4}-\d{6}\b/i;

/** The first ticket number in a text. */
export function ticketIn(text: string): string | null {
  return TICKET.exec(text)?.[0].toUpperCase() ?? null;
}

const PREFIX =
  /^\s*(?:(?:re|aw|sv|bls|balas|balasan|fwd?|wg|trs|terusan|diteruskan)\s*(?:\[\d+\])?\s*:|\[\s*DJPK-\d{4}-\d{6}\s*\])\s*/i;

/** A subject without "Re:", "Fwd:" and ticket numbers, however many. */
export function plainSubject(subject: string): string {
  let rest = subject;
  for (let next = rest.replace(PREFIX, ''); next !== rest; next = rest.replace(PREFIX, '')) rest = next;
  return rest.replace(/\[\s*DJPK-\d{4}-\d{6}\s*\]/gi, '').trim();
}
