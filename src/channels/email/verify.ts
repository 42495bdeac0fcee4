import { createHash } from 'node:crypto';

type Result = 'pass' | 'fail' | 'none';

/** What the office's own mail server found out about a sender. */
export interface Verdict {
  spf: Result;
  dkim: Result;
  dmarc: Result;
  /**
   * `pass`: the domain vouches for the sender. `fail`: it says that this is a forgery. `unknown`: nobody says anything, or
   * the office's server does not check.
   */
  sender: 'pass' | 'fail' | 'unknown';
}

interface Header {
  key: string;
  value: string;
}

/**
 * Reads Authentication-Results (RFC 8601). Only those of the office's own server count: anybody can write such a header
 * into a letter, so that server has to remove foreign ones that use its name.
 * @param authservId the name that server writes; undefined: none is trusted
 * @param domain of the address in From
 */
export function readVerdict(
  headers: readonly Header[],
  authservId: string | undefined,
  domain: string,
): Verdict {
  const found = new Map<string, { result: Result; properties: string }[]>();
  for (const { key, value } of headers) {
    if (key !== 'authentication-results' || authservId === undefined) continue;
    const [name = '', ...statements] = withoutComments(value).split(';');
    if (name.trim().split(/\s/)[0]?.toLowerCase() !== authservId.toLowerCase()) continue;
    for (const statement of statements) addStatement(found, statement);
  }
  const first = (method: string): Result => found.get(method)?.[0]?.result ?? 'none';
  // A letter may bear several signatures; one good one is enough.
  const dkim = found.get('dkim')?.some(({ result }) => result === 'pass') ? 'pass' : first('dkim');
  const verdict = { spf: first('spf'), dkim, dmarc: first('dmarc') };
  return { ...verdict, sender: senderOf(found, verdict.dmarc, domain) };
}

function senderOf(
  found: ReadonlyMap<string, { result: Result; properties: string }[]>,
  dmarc: Result,
  domain: string,
): Verdict['sender'] {
  if (dmarc !== 'none') return dmarc === 'pass' ? 'pass' : 'fail';
  const aligned = (method: string, property: RegExp): boolean =>
    found.get(method)?.some(({ result, properties }) => {
      const [, claimed = ''] = property.exec(properties) ?? [];
      return result === 'pass' && belongsTo(claimed, domain);
    }) ?? false;
  if (aligned('dkim', /\bheader\.[di]=(?:[^\s@;]*@)?([\w.-]+)/i)) return 'pass';
  if (aligned('spf', /\bsmtp\.mailfrom=(?:[^\s@;]*@)?([\w.-]+)/i)) return 'pass';
  return found.get('spf')?.[0]?.result === 'fail' ? 'fail' : 'unknown';
}

/** The same domain, or the domain of which this one is a part: relaxed alignment without a list of public suffixes. */
function belongsTo(claimed: string, domain: string): boolean {
  const [of, sender] = [claimed.toLowerCase(), domain.toLowerCase()];
  return of !== '' && (of === sender || (sender.endsWith(`.${of}`) && of.split('.').length >= 3));
}

function addStatement(found: Map<string, { result: Result; properties: string }[]>, statement: string): void {
  const [, method = '', said = ''] = /^\s*([a-z]+)(?:\/\d+)?\s*=\s*([a-z]+)/i.exec(statement) ?? [];
  if (method === '') return;
  const list = found.get(method.toLowerCase()) ?? [];
  list.push({ result: resultOf(said.toLowerCase()), properties: statement });
  found.set(method.toLowerCase(), list);
}

function resultOf(said: string): Result {
  if (said === 'pass') return 'pass';
  return said === 'fail' || said === 'softfail' || said === 'permerror' ? 'fail' : 'none';
}

/** Comments may hold anything, also what looks like a statement. */
function withoutComments(value: string): string {
  let depth = 0;
  let quoted = false;
  let kept = '';
  for (const char of value) {
    if (char === '"' && depth === 0) quoted = !quoted;
    else if (char === '(' && !quoted) depth += 1;
    else if (char === ')' && !quoted && depth > 0) depth -= 1;
    else if (depth === 0 && !quoted) kept += char;
  }
  return kept;
}

/**
 * The conversation of a letter. A vouched-for sender has one; anybody else gets one for each thread, so that nobody can
 * write themselves into a known person's history.
 * @param root Message-ID of the thread's first letter
 */
export function addressOf(mailbox: string, sender: Verdict['sender'], root: string): string {
  if (sender === 'pass') return mailbox;
  return `${mailbox} ${createHash('sha256').update(root).digest('hex').slice(0, 12)}`;
}

/** The e-mail address to which the letters of a conversation go. */
export function mailboxOf(address: string): string {
  return address.split(' ')[0] ?? address;
}
