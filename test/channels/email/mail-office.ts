import { vi } from 'vitest';
import { createEmail, type EmailSettings } from '../../../src/channels/index.js';
import type { Channel } from '../../../src/conversation/channel.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { createFakeInbox, type FakeInbox } from '../../contracts/channel-contract.js';
import { startImapServer, type ImapServer } from '../../support/imap-server/index.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import { createFakePorts, type FakePorts } from './fake-ports.js';

export const OFFICE = 'kantor@dering.example';
export const AUTHSERV = 'mx.dering.example';
export const PASS = `Authentication-Results: ${AUTHSERV}; spf=pass smtp.mailfrom=contoh.go.id; dkim=pass header.d=contoh.go.id; dmarc=pass header.from=contoh.go.id`;

/** The channel between a real SMTP server and an IMAP stand-in, with an inbox that remembers. */
export interface MailOffice {
  channel: Channel;
  ports: FakePorts;
  inbox: FakeInbox;
  imap: ImapServer;
  smtp: MailServer;
  clock: VirtualClock;
  settings: EmailSettings;
  /** A mail arrives and everything it causes has happened. */
  arrive(source: string | Buffer, at?: Date): Promise<void>;
  /** Another process on the same mailbox and memory, after this one has stopped. */
  restart(): Promise<Channel>;
  close(): Promise<void>;
}

interface Options {
  settings?: Partial<EmailSettings>;
  /** Capabilities the IMAP server lacks. */
  without?: readonly string[];
  /** Mail that lies there before the channel is first started. */
  before?: (imap: ImapServer) => void;
}

export async function createMailOffice({
  settings: more = {},
  without = [],
  before,
}: Options = {}): Promise<MailOffice> {
  const clock = new VirtualClock(new Date('2026-03-02T01:00:00Z'));
  const [imap, smtp] = await Promise.all([startImapServer(without), startMailServer()]);
  before?.(imap);
  const inbox = createFakeInbox();
  const ports = createFakePorts(clock, smtp.url);
  const settings: EmailSettings = {
    ...{ imapUrl: imap.url, mailbox: 'INBOX', doneFolder: 'Dering', setAsideFolder: 'Dering-periksa' },
    ...{ address: OFFICE, authservId: AUTHSERV, maxFileBytes: 1_000_000, ...more },
  };
  const office: MailOffice = {
    ...{ channel: createEmail(ports, settings), ports, inbox, imap, smtp, clock, settings },
    async arrive(source, at = clock.now()) {
      imap.arrive(source, at);
      await settled(() => imap.folder('INBOX').mails.length === 0);
    },
    async restart() {
      await office.channel.stop();
      office.channel = createEmail(ports, settings);
      await office.channel.start(inbox);
      await settled(() => office.channel.health().state === 'up');
      return office.channel;
    },
    async close() {
      await office.channel.stop();
      await Promise.all([imap.close(), smtp.close().catch(() => undefined)]);
    },
  };
  await office.channel.start(inbox);
  await settled(() => office.channel.health().state === 'up');
  return office;
}

/** Waits for what real sockets do. */
export async function settled(condition: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!condition()) throw new Error('not yet');
    },
    { timeout: 10_000, interval: 5 },
  );
}
