import { z } from 'zod';
import {
  botToken,
  entraId,
  folder,
  hasCredentials,
  httpUrl,
  port,
  positive,
  proxies,
  sealingKey,
  serviceUrls,
  TELEGRAM_API,
  webhookSecret,
  webVersion,
  yesOrNo,
} from './setting-kinds.js';

/** One environment variable each: how it is read, what it means. `.env.example` repeats the meanings; a test compares. */
const schema = z.object({
  /** Port of the web server; 0 takes any free one. */
  PORT: port.default(3000),
  /** Address the web server listens on. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder for everything that must survive a restart: database, files, kept mails, the signing key. */
  DATA_DIR: z.string().min(1).default('./data'),
  /** A real MongoDB. Unset: the embedded store in DATA_DIR. */
  MONGODB_URI: z.url({ protocol: /^mongodb(\+srv)?$/ }).optional(),
  /** Address under which people reach this server; used in links. Default http://localhost:PORT. */
  PUBLIC_URL: httpUrl.optional(),
  /** Whose X-Forwarded-For, -Host and -Proto are believed: those at these addresses or networks. */
  TRUST_PROXY: proxies,
  /** Mail server, smtp:// or smtps://user:password@host:port. Unset: mails are kept as .eml in DATA_DIR/mail. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Sender of mails. */
  MAIL_FROM: z.string().min(3).default('Contact Center DJPK <callcenter@localhost>'),
  /** The Telegram bot's token; set, the bot is switched on. */
  TELEGRAM_BOT_TOKEN: botToken.optional(),
  /** What Telegram proves itself with when it posts to PUBLIC_URL. Unset: messages are fetched by long polling. */
  TELEGRAM_WEBHOOK_SECRET: webhookSecret.optional(),
  /** Where the Bot API answers: Telegram's own, or a Bot API server of one's own. */
  TELEGRAM_API_ROOT: httpUrl.default(TELEGRAM_API),
  /** Application (client) id of the Teams bot; set with the two below, the bot is switched on. */
  TEAMS_APP_ID: entraId.optional(),
  /** The value of a client secret of that app. */
  TEAMS_APP_PASSWORD: z
    .string()
    .min(16, { error: 'give the value of the client secret, not its id' })
    .max(400)
    .optional(),
  /** The tenant (directory) that the app belongs to. */
  TEAMS_TENANT_ID: entraId.optional(),
  /** Service URLs of Teams that are answered, with commas; what lies below one is included. */
  TEAMS_SERVICE_URLS: serviceUrls,
  /** Object id of the account in whose name Teams meetings are made for video conferences. Unset: staff enter the links. */
  TEAMS_MEETING_ORGANISER: entraId.optional(),
  /** Mailbox for questions by e-mail, imaps://user:password@host:port (imap:// with STARTTLS). Unset: the channel is off. */
  IMAP_URL: z
    .url({ protocol: /^imaps?$/ })
    .refine(
      hasCredentials,
      'give user and password: imaps://user:password@host (special characters as %40 etc.)',
    )
    .optional(),
  /** The mailbox that is read. */
  IMAP_MAILBOX: folder.default('INBOX'),
  /** Where mails go that were taken in. */
  IMAP_DONE_FOLDER: folder.default('Dering'),
  /** Where mails go that could not be read; people look at them there. */
  IMAP_SET_ASIDE_FOLDER: folder.default('Dering-periksa'),
  /** Name under which the office's mail server writes Authentication-Results. Unset: no sender is taken as proven. */
  EMAIL_AUTHSERV_ID: z
    .string()
    .regex(/^[\w.-]{1,253}$/, 'give the name at the start of the header, e.g. mx.example.go.id')
    .optional(),
  /** Largest file a person may send, in megabytes (10^6 bytes). */
  MAX_FILE_MB: positive.max(100).default(20),
  /** Seconds without a new bubble after which a question counts as written. */
  QUESTION_PAUSE_SECONDS: positive.max(3600).default(90),
  /** Hours a staff session lives without being used. */
  SESSION_HOURS: positive.max(720).default(12),
  /** Telephone number shown to users (SE-2). */
  CONTACT_PHONE: z.string().min(3).default('150420'),
  /** WhatsApp number shown to users (SE-2). */
  CONTACT_WHATSAPP: z.string().min(3).default('0811-150420-7'),
  /** E-mail address shown to users (SE-2). */
  CONTACT_EMAIL: z.email().default('callcenter.djpk@kemenkeu.go.id'),
  /** Where guests come to, printed on what they bring along (R-C7). */
  CONTACT_ADDRESS: z.string().min(3).default('Kantor Direktorat Jenderal Perimbangan Keuangan, Jakarta'),
  /** Switches WhatsApp on: 32 random bytes in base64 that its credentials and keys are encrypted with in the database. */
  WHATSAPP_KEY: sealingKey.optional(),
  /** Shows the number as online: ticks turn blue, and the owner's phone stays silent. yes or no. */
  WHATSAPP_ONLINE: yesOrNo.default(false),
  /** Version of WhatsApp Web to say we are, when the one built in is refused (405). */
  WHATSAPP_VERSION: webVersion.optional(),
  /** debug, info, warn, error or silent. */
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** What a variable needs of another one. */
const checked = schema.superRefine((value, context) => {
  const teams = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'] as const;
  if (teams.some((name) => value[name] !== undefined))
    for (const name of teams)
      if (value[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'set it as well: Teams needs all three' });
  if (value.TEAMS_MEETING_ORGANISER !== undefined && value.TEAMS_APP_ID === undefined)
    context.addIssue({
      ...{ code: 'custom', path: ['TEAMS_MEETING_ORGANISER'] },
      message: 'set TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID as well',
    });
  const { TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_API_ROOT: root } = value;
  if (secret === undefined) return;
  const wrong = (message: string): void =>
    context.addIssue({ code: 'custom', path: ['TELEGRAM_WEBHOOK_SECRET'], message });
  if (value.TELEGRAM_BOT_TOKEN === undefined) wrong('set TELEGRAM_BOT_TOKEN as well');
  const isReachable =
    value.PUBLIC_URL !== undefined && (root !== TELEGRAM_API || value.PUBLIC_URL.startsWith('https:'));
  if (!isReachable) wrong('Telegram posts to PUBLIC_URL, which must be set and begin with https://');
});

/** The Telegram bot. */
export interface TelegramConfig {
  token: string;
  /** Undefined: long polling. */
  webhookSecret: string | undefined;
  /** Without a trailing slash. */
  apiRoot: string;
}

/** The Teams bot: an app registration of one tenant. */
export interface TeamsConfig {
  appId: string;
  password: string;
  tenantId: string;
  serviceUrls: readonly string[];
}

/** The app that makes Teams meetings in the name of an account. */
export interface MeetingsConfig {
  appId: string;
  password: string;
  tenantId: string;
  /** Object id of that account. */
  organiser: string;
}

/** The mailbox of the e-mail channel. */
interface ImapConfig {
  url: string;
  mailbox: string;
  doneFolder: string;
  setAsideFolder: string;
  authservId: string | undefined;
}

/** The settings the product starts with. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  mongodbUri: string | undefined;
  /** Without a trailing slash; undefined means http://localhost:<port listened on>. */
  publicUrl: string | undefined;
  trustProxy: false | string[];
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Undefined: the channel is off. */
  telegram: TelegramConfig | undefined;
  /** Undefined: the channel is off. */
  teams: TeamsConfig | undefined;
  /** Undefined: staff enter the links of conferences. */
  meetings: MeetingsConfig | undefined;
  /** Undefined while the e-mail channel is off. */
  imap: ImapConfig | undefined;
  maxFileBytes: number;
  questionPauseSeconds: number;
  sessionHours: number;
  contact: { phone: string; whatsapp: string; email: string; address: string };
  /** Undefined: the channel is off. */
  whatsapp:
    { key: Buffer; showOnline: boolean; version: readonly [number, number, number] | undefined } | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** A setting is wrong; the message names each variable and what is wrong with it, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The variables the product knows, in the order they are described. */
export const CONFIG_VARIABLES: readonly string[] = Object.keys(schema.shape);

/**
 * Reads the settings; an empty variable counts as unset.
 * @throws ConfigError naming every wrong variable.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    CONFIG_VARIABLES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const parsed = checked.safeParse(given);
  if (!parsed.success) {
    throw wrong(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const value = parsed.data;
  return {
    port: value.PORT,
    host: value.HOST,
    dataDir: value.DATA_DIR,
    mongodbUri: value.MONGODB_URI,
    publicUrl: value.PUBLIC_URL,
    trustProxy: value.TRUST_PROXY,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    telegram: telegramOf(value),
    teams: teamsOf(value),
    meetings: meetingsOf(value),
    imap: value.IMAP_URL === undefined ? undefined : readImap(value, value.IMAP_URL),
    maxFileBytes: value.MAX_FILE_MB * 1_000_000,
    questionPauseSeconds: value.QUESTION_PAUSE_SECONDS,
    sessionHours: value.SESSION_HOURS,
    contact: {
      ...{ phone: value.CONTACT_PHONE, whatsapp: value.CONTACT_WHATSAPP },
      ...{ email: value.CONTACT_EMAIL, address: value.CONTACT_ADDRESS },
    },
    whatsapp: value.WHATSAPP_KEY && {
      key: value.WHATSAPP_KEY,
      showOnline: value.WHATSAPP_ONLINE,
      version: value.WHATSAPP_VERSION,
    },
    logLevel: value.LOG_LEVEL,
  };
}

function telegramOf({
  TELEGRAM_BOT_TOKEN: token,
  TELEGRAM_WEBHOOK_SECRET: webhookSecret,
  TELEGRAM_API_ROOT: apiRoot,
}: z.infer<typeof schema>): TelegramConfig | undefined {
  return token === undefined ? undefined : { token, webhookSecret, apiRoot };
}

function teamsOf({
  TEAMS_APP_ID: appId,
  TEAMS_APP_PASSWORD: password,
  TEAMS_TENANT_ID: tenantId,
  TEAMS_SERVICE_URLS: urls,
}: z.infer<typeof schema>): TeamsConfig | undefined {
  if (appId === undefined || password === undefined || tenantId === undefined) return undefined;
  return { appId, password, tenantId, serviceUrls: urls };
}

function meetingsOf(value: z.infer<typeof schema>): MeetingsConfig | undefined {
  const { TEAMS_MEETING_ORGANISER: organiser } = value;
  const teams = teamsOf(value);
  if (organiser === undefined || teams === undefined) return undefined;
  const { appId, password, tenantId } = teams;
  return { appId, password, tenantId, organiser };
}

/** Letters are answered under the sender's address, and what people answer to that comes back to the mailbox. */
function readImap(value: z.output<typeof schema>, url: string): ImapConfig {
  const { IMAP_MAILBOX, IMAP_DONE_FOLDER, IMAP_SET_ASIDE_FOLDER } = value;
  const lines: string[] = [];
  if (value.SMTP_URL === undefined) lines.push('SMTP_URL: needed to answer what arrives at IMAP_URL');
  if (!/[^\s<>"@]+@[\w-]+(\.[\w-]+)+>?\s*$/.test(value.MAIL_FROM))
    lines.push(
      'MAIL_FROM: with IMAP_URL give the address of that mailbox, e.g. Office <office@example.go.id>',
    );
  if (new Set([IMAP_MAILBOX, IMAP_DONE_FOLDER, IMAP_SET_ASIDE_FOLDER]).size < 3)
    lines.push('IMAP_DONE_FOLDER: mailbox, done folder and set-aside folder must be three');
  if (lines.length > 0) throw wrong(lines);
  return {
    ...{ url, mailbox: IMAP_MAILBOX, doneFolder: IMAP_DONE_FOLDER, setAsideFolder: IMAP_SET_ASIDE_FOLDER },
    authservId: value.EMAIL_AUTHSERV_ID,
  };
}

function wrong(lines: readonly string[]): ConfigError {
  return new ConfigError(`wrong setting\n  ${lines.join('\n  ')}`);
}
