import { createEmail } from '../../../src/channels/index.js';
import { createEngine, type Engine } from '../../../src/conversation/engine.js';
import { receiveMessage } from '../../../src/conversation/receive-message.js';
import { takeUpWork } from '../../../src/conversation/sweep.js';
import type { Channel } from '../../../src/conversation/channel.js';
import { dialogSet } from '../../../src/dialogs/index.js';
import { createEmailPorts, emailSettings } from '../../../src/email-ports.js';
import { JOBS } from '../../../src/scheduler/jobs/index.js';
import { runUntil } from '../../../src/scheduler/run-until.js';
import { createMailTransport } from '../../../src/services/mail/create-mail-transport.js';
import type { ServiceContext } from '../../../src/services/service-context.js';
import type { VirtualClock } from '../../../src/shared/clock.js';
import { startImapServer, type ImapServer } from '../../support/imap-server/index.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import { createTestServices } from '../../support/services.js';
import type { ParsedMail } from 'mailparser';
import { letter, type LetterParts } from './letter.js';
import { AUTHSERV, OFFICE, PASS, settled } from './mail-office.js';

/** The product's own parts, from mailbox to mail server, on a database of their own and a virtual clock. */
export interface EmailWorld {
  services: ServiceContext;
  engine: Engine;
  channel: Channel;
  clock: VirtualClock;
  imap: ImapServer;
  smtp: MailServer;
  /** A person writes; everything that follows within a minute happens. @returns what was sent meanwhile */
  writes(parts: LetterParts): Promise<ParsedMail[]>;
  /** A mail program sends this as it is. */
  sends(source: string | Buffer): Promise<ParsedMail[]>;
  /** Lets time pass, with the jobs. @returns what was sent meanwhile */
  time(seconds: number): Promise<ParsedMail[]>;
  /** The process ends without warning and another one takes over. */
  crashAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export async function createEmailWorld(): Promise<EmailWorld> {
  const [imap, smtp] = await Promise.all([startImapServer(), startMailServer()]);
  const settings = {
    ...{ IMAP_URL: imap.url, SMTP_URL: smtp.url, MAIL_FROM: `Contact Center DJPK <${OFFICE}>` },
    ...{ EMAIL_AUTHSERV_ID: AUTHSERV, MAX_FILE_MB: '1' },
  };
  const test = await createTestServices({ settings });
  const { services, clock } = test;
  const mailTransport = createMailTransport({ ...services.config, dataDir: test.folder });
  let processes = 0;
  const start = async (): Promise<{ engine: Engine; channel: Channel }> => {
    processes += 1;
    const core = { mailTransport } as { engine: Engine; mailTransport: typeof mailTransport };
    const channel = createEmail(
      createEmailPorts(services, clock, () => core),
      emailSettings(services.config)!,
    );
    const owner = `process-${processes}`;
    core.engine = createEngine({
      services,
      clock,
      channels: new Map([['email', channel]]),
      dialogs: dialogSet,
      owner,
    });
    await takeUpWork(core.engine, { alone: true });
    await channel.start({ receive: (message) => receiveMessage(core.engine, message) });
    await settled(() => channel.health().state === 'up');
    return { engine: core.engine, channel };
  };
  let running = await start();
  const sentDuring = async (work: () => Promise<void>): Promise<ParsedMail[]> => {
    const before = smtp.received.length;
    await work();
    return smtp.received.slice(before);
  };
  const pass = async (seconds: number): Promise<void> => {
    const until = new Date(clock.now().getTime() + seconds * 1000);
    await runUntil(JOBS, { engine: running.engine, mailTransport }, clock, until);
  };
  const sends = (source: string | Buffer): Promise<ParsedMail[]> =>
    sentDuring(async () => {
      imap.arrive(source, clock.now());
      await settled(() => imap.folder('INBOX').mails.length === 0);
      await pass(60);
    });
  return {
    ...{ services, clock, imap, smtp, sends },
    get engine() {
      return running.engine;
    },
    get channel() {
      return running.channel;
    },
    writes: (parts) => sends(letter({ headers: [PASS], ...parts })),
    time: (seconds) => sentDuring(() => pass(seconds)),
    crashAndRestart: async () => {
      await running.channel.stop();
      running = await start();
    },
    close: async () => {
      await running.channel.stop();
      await running.engine.queue.idle();
      await Promise.all([imap.close(), smtp.close()]);
      await test.close();
    },
  };
}
