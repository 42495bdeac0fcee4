import type { Letter } from './parse.js';

/** A letter of ours that came back. */
export interface Bounce {
  /** Message-IDs that the report names: the returned letter's among them. */
  messageIds: string[];
  /** The address that it says was not reached; undefined where it does not say. */
  recipient: string | undefined;
  /** Enhanced status code (RFC 3463), e.g. 5.1.1; 5.0.0 where there is none. */
  status: string;
  /** The mail server has given up on this letter; otherwise it only tells of a delay. */
  failed: boolean;
  /** It would give up on every other letter as well: the address is no good. */
  unreachable: boolean;
}

/** A full mailbox, a letter that is too large or refused for its content says nothing about the address. */
const NOT_THE_ADDRESS = /^5\.(2\.[23]|3\.\d+|[67]\.\d+)$/;

/** Reads a delivery status notification (RFC 3464), or what is like one. */
export function readBounce(letter: Letter): Bounce {
  const report = letter.deliveryStatus ?? '';
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(report)?.[1]?.trim();
  const status =
    /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(field('Status') ?? letter.text.slice(0, 20_000))?.[1] ?? '5.0.0';
  const recipient = /([^\s<>;"]+@[^\s<>;"]+)/.exec(
    field('Final-Recipient') ?? field('Original-Recipient') ?? '',
  )?.[1];
  const failed = (field('Action')?.toLowerCase() ?? 'failed').startsWith('failed');
  return {
    messageIds: [...letter.returnedIds, ...letter.references],
    recipient: recipient?.toLowerCase(),
    status,
    failed,
    unreachable: failed && status.startsWith('5.') && !NOT_THE_ADDRESS.test(status),
  };
}
