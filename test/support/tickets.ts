import type { Profile } from '../../src/models/conversation.js';
import type { Ticket } from '../../src/models/ticket.js';
import type { ServiceContext } from '../../src/services/service-context.js';
import { openTicket, type OpenTicketInput } from '../../src/services/tickets/open-ticket.js';
import { MONDAY_MORNING } from './services.js';

/** A plainly invented official. */
export const SARI: Profile = {
  name: 'Sari Contoh',
  position: 'Kepala Bidang Anggaran',
  agency: 'BPKAD Kabupaten Gowa',
  regionCode: '73.06',
  regionName: 'Kabupaten Gowa',
  email: 'sari@contoh.go.id',
};

let opened = 0;

/** Opens a ticket of Sari's; every call another one unless `key` says otherwise. */
export async function openSample(
  services: ServiceContext,
  input: Partial<OpenTicketInput> = {},
): Promise<Ticket> {
  opened += 1;
  return openTicket(services, {
    key: `sample-${opened}`,
    kind: 'consultation',
    conversation: { _id: `conversation-${opened}`, channel: 'web-chat', contactId: null },
    profile: SARI,
    language: 'id',
    topicCode: 'dak-fisik',
    question: 'Kapan DAK Fisik tahap I disalurkan?',
    attachments: [],
    receivedAt: input.now ?? MONDAY_MORNING,
    now: MONDAY_MORNING,
    ...input,
  });
}
