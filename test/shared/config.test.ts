import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONFIG_VARIABLES, ConfigError, readConfig } from '../../src/shared/config.js';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const exampleVariables = Object.fromEntries(
  [...example.matchAll(/^([A-Z_]+)=(.*)$/gmu)].map(([, name, value]) => [name, value]),
) as Record<string, string>;

describe('settings', () => {
  it('are all described in .env.example, and nothing else is', () => {
    expect(Object.keys(exampleVariables).sort()).toEqual([...CONFIG_VARIABLES].sort());
  });

  it('have the defaults that .env.example shows', () => {
    expect(readConfig(exampleVariables)).toEqual(readConfig({}));
  });

  it('treat an empty variable as unset', () => {
    expect(readConfig({ PORT: '', MONGODB_URI: '', SMTP_URL: '' }).port).toBe(3000);
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['MONGODB_URI', 'postgres://localhost/x'],
    ['PUBLIC_URL', 'dering.example'],
    ['TRUST_PROXY', 'perhaps'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.1,,'],
    ['SMTP_URL', 'http://mail.example'],
    ['TELEGRAM_BOT_TOKEN', '110201543'],
    ['TELEGRAM_BOT_TOKEN', 'bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'],
    ['TELEGRAM_WEBHOOK_SECRET', 'short'],
    ['TELEGRAM_WEBHOOK_SECRET', 'with spaces and other signs!'],
    ['TELEGRAM_API_ROOT', 'api.telegram.org'],
    ['TEAMS_APP_ID', 'my bot'],
    ['TEAMS_APP_PASSWORD', 'short'],
    ['TEAMS_TENANT_ID', 'contoso.example'],
    ['TEAMS_SERVICE_URLS', 'http://smba.example/'],
    ['TEAMS_SERVICE_URLS', 'https://smba.example/,,'],
    ['MAX_FILE_MB', '0'],
    ['MAX_FILE_MB', '1000'],
    ['QUESTION_PAUSE_SECONDS', '-1'],
    ['SESSION_HOURS', '0'],
    ['CONTACT_EMAIL', 'nobody'],
    ['WHATSAPP_KEY', 'secret'],
    ['WHATSAPP_KEY', 'c2hvcnQ='],
    ['WHATSAPP_ONLINE', 'perhaps'],
    ['WHATSAPP_VERSION', '2.3000'],
    ['LOG_LEVEL', 'loud'],
  ])('stop the start and name the variable: %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(name, 'u'));
  });

  it('name every wrong variable at once, but never a value that may be a secret', () => {
    const wrong = { PORT: 'x', SMTP_URL: 'http://user:s3cret@mail.example' };
    expect(() => readConfig(wrong)).toThrow(/PORT[\s\S]*SMTP_URL/u);
    expect(() => readConfig(wrong)).not.toThrow(/s3cret/u);
  });

  it('switch Teams on by app id, secret and tenant together, never by a part of them', () => {
    const id = '11111111-2222-4333-8444-555555555555';
    const settings = { TEAMS_APP_ID: id, TEAMS_APP_PASSWORD: 'rahasia~contoh~panjang', TEAMS_TENANT_ID: id };
    expect(readConfig({}).teams).toBeUndefined();
    expect(readConfig(settings).teams).toEqual({
      ...{ appId: id, password: 'rahasia~contoh~panjang', tenantId: id },
      serviceUrls: ['https://smba.trafficmanager.net/'],
    });
    for (const left of Object.keys(settings)) {
      expect(() => readConfig({ ...settings, [left]: '' })).toThrow(new RegExp(left, 'u'));
    }
  });

  describe('of Telegram', () => {
    const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
    const secret = 'rahasia-webhook-contoh-0001';

    it('switch the bot on by its token alone, with long polling', () => {
      expect(readConfig({}).telegram).toBeUndefined();
      expect(readConfig({ TELEGRAM_BOT_TOKEN: token }).telegram).toEqual({
        ...{ token, webhookSecret: undefined, apiRoot: 'https://api.telegram.org' },
      });
    });

    it('take a webhook where Telegram can post to it', () => {
      const settings = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret };
      const secure = readConfig({ ...settings, PUBLIC_URL: 'https://dering.example' });
      expect(secure.telegram?.webhookSecret).toBe(secret);
      const own = {
        ...settings,
        PUBLIC_URL: 'http://dering.example',
        TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
      };
      expect(readConfig(own).telegram?.apiRoot).toBe('http://127.0.0.1:8081');
    });

    it.each([
      ['the token', { PUBLIC_URL: 'https://dering.example' }],
      ['a public address', { TELEGRAM_BOT_TOKEN: token }],
      ['https', { TELEGRAM_BOT_TOKEN: token, PUBLIC_URL: 'http://dering.example' }],
    ])('refuse a webhook without %s, naming the variable and no secret', (_name, settings) => {
      const read = (): unknown => readConfig({ ...settings, TELEGRAM_WEBHOOK_SECRET: secret });
      expect(read).toThrow(/TELEGRAM_WEBHOOK_SECRET/u);
      expect(read).not.toThrow(new RegExp(`${secret}|AAHdqTcv`, 'u'));
    });

    it('never show a token that is wrong', () => {
      expect(() => readConfig({ TELEGRAM_BOT_TOKEN: `${token}!` })).not.toThrow(/AAHdqTcv/u);
    });
  });

  it.each([
    ['false', false],
    ['10.0.0.1', ['10.0.0.1']],
    ['127.0.0.1, 10.0.0.0/8, fd00::/8', ['127.0.0.1', '10.0.0.0/8', 'fd00::/8']],
  ])('trust only the proxies that are named: TRUST_PROXY=%s', (value, read) => {
    expect(readConfig({ TRUST_PROXY: value }).trustProxy).toEqual(read);
  });

  it('say what to write instead of trusting whatever a visitor claims (TRUST_PROXY=true)', () => {
    expect(() => readConfig({ TRUST_PROXY: 'true' })).toThrow(/TRUST_PROXY: .*addresses or networks/u);
  });

  it('keep no trailing slash in the public address', () => {
    expect(readConfig({ PUBLIC_URL: 'https://dering.example/' }).publicUrl).toBe('https://dering.example');
  });
});

describe('the e-mail channel', () => {
  const on = {
    IMAP_URL: 'imaps://kantor:rahasia@mail.example.id',
    SMTP_URL: 'smtps://kantor:rahasia@mail.example.id',
    MAIL_FROM: 'Contact Center <kantor@example.id>',
  };

  it('is off until it has a mailbox', () => {
    expect(readConfig({}).imap).toBeUndefined();
    expect(readConfig(on).imap).toMatchObject({
      mailbox: 'INBOX',
      doneFolder: 'Dering',
      authservId: undefined,
    });
  });

  it.each([
    [{ IMAP_URL: 'pop3://kantor:rahasia@mail.example.id' }, 'IMAP_URL'],
    [{ IMAP_URL: 'imaps://mail.example.id' }, 'IMAP_URL'],
    [{ SMTP_URL: '' }, 'SMTP_URL'],
    [{ MAIL_FROM: '' }, 'MAIL_FROM'],
    [{ IMAP_DONE_FOLDER: 'INBOX' }, 'IMAP_DONE_FOLDER'],
    [{ EMAIL_AUTHSERV_ID: 'mx example' }, 'EMAIL_AUTHSERV_ID'],
  ])('does not start with %o, and says which variable is wrong', (wrong, variable) => {
    expect(() => readConfig({ ...on, ...wrong })).toThrow(new RegExp(`${variable}: `));
    expect(() => readConfig({ ...on, ...wrong })).not.toThrow(/rahasia/);
  });
});
