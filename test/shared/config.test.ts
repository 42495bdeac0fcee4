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
