import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from '@whiskeysockets/baileys';
import type { WhatsAppPorts } from './types.js';

/** What the type of a receipt says about a message of ours. */
const STATES: Readonly<Record<string, 'delivered' | 'read'>> = {
  '': 'delivered',
  inactive: 'delivered',
  read: 'read',
  played: 'read',
};

/** A person's phone has received, or shown, messages of ours. */
export async function noteReceipt(stanza: BinaryNode, ports: WhatsAppPorts): Promise<void> {
  const state = STATES[stanza.attrs.type ?? ''];
  if (!state) return;
  const items = getBinaryNodeChildren(getBinaryNodeChild(stanza, 'list'), 'item');
  for (const id of [stanza, ...items].map(({ attrs }) => attrs.id)) {
    const sent = id === undefined ? undefined : await ports.store.findOutbound(id);
    if (sent) await ports.receipt(sent.messageId, state, ports.clock.now());
  }
}
