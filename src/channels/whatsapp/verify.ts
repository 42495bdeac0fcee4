import { jidDecode, type BinaryNode } from '@whiskeysockets/baileys';
import type { Sighting } from './types.js';

/** Whose message a stanza is, as far as it concerns the office. */
export type Origin =
  | { from: 'user'; who: Sighting }
  /** Typed on the office's own phone. */
  | { from: 'owner'; who: Sighting }
  | { from: 'nobody' };

/** The office's own two names. */
export interface Self {
  id?: string | undefined;
  lid?: string | undefined;
}

const NOBODY: Origin = { from: 'nobody' };

/**
 * One-to-one chats only: groups, status updates, channels and what our own devices tell one another are nobody's
 * message. Who sent it is vouched for by the Signal session it was decrypted with.
 */
export function whoWrote({ attrs }: BinaryNode, self: Self): Origin {
  const { from, recipient } = attrs;
  if (attrs.category === 'peer' || !isPerson(from)) return NOBODY;
  if (isSelf(from, self)) {
    if (!isPerson(recipient) || isSelf(recipient, self)) return NOBODY;
    const also =
      attrs.recipient_pn ?? attrs.recipient_lid ?? attrs.peer_recipient_pn ?? attrs.peer_recipient_lid;
    return { from: 'owner', who: sightingOf(recipient, also) };
  }
  return {
    from: 'user',
    who: { ...sightingOf(from, attrs.sender_pn ?? attrs.sender_lid), replyTo: bare(from) },
  };
}

/** The same for a message that the library hands over without its stanza. */
export function whoWroteKey(
  key: { remoteJid?: string | null; remoteJidAlt?: string | undefined; fromMe?: boolean | null },
  self: Self,
): Origin {
  const jid = key.remoteJid ?? undefined;
  if (key.fromMe || !isPerson(jid) || isSelf(jid, self)) return NOBODY;
  return { from: 'user', who: { ...sightingOf(jid, key.remoteJidAlt), replyTo: bare(jid) } };
}

/** Anybody but a person: not decrypted, not answered. */
export function isNotPerson(jid: string): boolean {
  return !isPerson(jid) && jid !== 's.whatsapp.net';
}

function isPerson(jid: string | undefined): jid is string {
  const server = jidDecode(jid)?.server;
  return server === 's.whatsapp.net' || server === 'c.us' || server === 'lid';
}

function isSelf(jid: string, { id, lid }: Self): boolean {
  const user = jidDecode(jid)?.user;
  return user !== undefined && (user === jidDecode(id)?.user || user === jidDecode(lid)?.user);
}

function sightingOf(...jids: (string | undefined)[]): Sighting {
  const who: Sighting = {};
  for (const jid of jids) {
    const decoded = jidDecode(jid);
    if (decoded?.server === 'lid') who.lid = decoded.user;
    else if (decoded && isPerson(jid)) who.pn = decoded.user;
  }
  return who;
}

/** The address of the person, whichever of their devices wrote. */
function bare(jid: string): string {
  const { user = '', server = '' } = jidDecode(jid) ?? {};
  return `${user}@${server}`;
}
