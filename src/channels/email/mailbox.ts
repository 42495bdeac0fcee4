import type { ImapFlow } from 'imapflow';
import type { ChannelHealth, Inbox } from '../../conversation/channel.js';
import { readMailbox, StoreError } from './read-mailbox.js';
import type { EmailPorts, EmailSettings } from './types.js';

/** Seconds from one attempt to connect to the next. */
const BACKOFF_SECONDS = [1, 2, 5, 10, 30, 60, 120, 300] as const;

/** A refused password is not tried more often than this: servers lock accounts. */
const REFUSED_SECONDS = 120;

/** Looked at this often also when the server says nothing: some forget to. */
const LOOK_MILLISECONDS = 5 * 60_000;

/** IDLE is renewed, or the mailbox polled where there is no IDLE, this often. */
const POLL_MILLISECONDS = 60_000;

const TIMEOUTS = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 5 * 60_000 };

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The mailbox as it is watched: connected, read, waited on, and connected again when anything fails. */
export interface Mailbox {
  health(): ChannelHealth;
  stop(): Promise<void>;
}

export function watchMailbox(ports: EmailPorts, settings: EmailSettings, inbox: Inbox): Mailbox {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let health: ChannelHealth = { state: 'starting' };
  let client: ImapFlow | undefined;
  const running = run();

  return {
    health: () => health,
    async stop() {
      stopping.abort();
      client?.close();
      await running;
      health = { state: 'down', reason: 'stopped' };
    },
  };

  async function run(): Promise<void> {
    for (let failures = 0; !isStopping(); failures += 1) {
      try {
        client = await createClient(settings);
        await watch(client, () => (failures = 0));
      } catch (error) {
        if (isStopping()) return;
        health = { state: 'down', reason: reasonOf(error) };
        ports.log.warn({ err: error, channel: 'email', attempt: failures + 1 }, 'the mailbox is not reached');
        const seconds = BACKOFF_SECONDS[Math.min(failures, BACKOFF_SECONDS.length - 1)] ?? 1;
        const wait = isRefused(error) ? Math.max(seconds, REFUSED_SECONDS) : seconds;
        client?.close();
        await ports.wait(wait * 1000, stopping.signal);
      }
    }
  }

  /** Ends by throwing: also a connection that closes quietly is one to be made again. */
  async function watch(connected: ImapFlow, noteSuccess: () => void): Promise<void> {
    const bell = createBell(connected);
    await connected.connect();
    for (const folder of [settings.doneFolder, settings.setAsideFolder])
      await ensureFolder(connected, folder);
    await connected.mailboxOpen(settings.mailbox);
    for (;;) {
      await readMailbox(connected, { ports, settings, inbox });
      noteSuccess();
      health = await upWithSetAside(connected);
      await bell.rung(ports, stopping.signal);
      if (isStopping()) return;
    }
  }

  /** What nobody could read is said where people look for what is wrong, until they have emptied the folder. */
  async function upWithSetAside(connected: ImapFlow): Promise<ChannelHealth> {
    const status = await connected.status(settings.setAsideFolder, { messages: true }).catch(() => undefined);
    const count = (status && status.messages) ?? 0;
    if (!count) return { state: 'up' };
    return { state: 'up', reason: `${count} unreadable e-mail(s) in the folder ${settings.setAsideFolder}` };
  }
}

async function createClient({ imapUrl }: EmailSettings): Promise<ImapFlow> {
  const { ImapFlow } = await import('imapflow');
  const { protocol, hostname, port, username, password } = new URL(imapUrl);
  const secure = protocol === 'imaps:';
  const loopback = LOOPBACK.test(hostname);
  return new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    // Over a network the password never travels in the open.
    ...(secure || loopback ? {} : { doSTARTTLS: true }),
    // A server on this very machine shows a certificate nobody signed, and nobody can stand in between.
    ...(loopback ? { tls: { rejectUnauthorized: false } } : {}),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    autoIdleDelay: 100,
    maxIdleTime: POLL_MILLISECONDS,
    ...TIMEOUTS,
  });
}

async function ensureFolder(client: ImapFlow, folder: string): Promise<void> {
  // Refused where it is there already, or where the account may not: then letters stay and are marked.
  await client.mailboxCreate(folder).catch(() => undefined);
}

interface Bell {
  /** Resolves when there may be new letters, after a while in any case; rejects when the connection is gone. */
  rung(ports: Pick<EmailPorts, 'wait'>, signal: AbortSignal): Promise<void>;
}

/** Listens from the start, so that a letter that arrives while others are read is not missed. */
function createBell(client: ImapFlow): Bell {
  let ringing = false;
  let gone: Error | undefined;
  let wake: () => void = () => undefined;
  client.on('exists', () => {
    ringing = true;
    wake();
  });
  client.on('error', (error: Error) => {
    gone ??= error;
    wake();
  });
  client.on('close', () => {
    gone ??= new Error('the connection was closed');
    wake();
  });
  return {
    async rung(ports, signal) {
      const heard = new AbortController();
      const rings = new Promise<void>((resolve) => (wake = resolve));
      if (!ringing && !gone) {
        await Promise.race([rings, ports.wait(LOOK_MILLISECONDS, AbortSignal.any([signal, heard.signal]))]);
      }
      heard.abort();
      ringing = false;
      if (gone && !signal.aborted) throw gone;
    },
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true;
}

/** For administrators; what a server says is not repeated, it may quote names. */
function reasonOf(error: unknown): string {
  if (error instanceof StoreError) return error.message;
  if (isRefused(error)) return 'the mail server refuses the user name or password of IMAP_URL';
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `the mailbox is not reached${code}`;
}
