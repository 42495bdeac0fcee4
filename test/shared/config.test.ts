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
    ['SMTP_URL', 'http://mail.example'],
    ['MAX_FILE_MB', '0'],
    ['MAX_FILE_MB', '1000'],
    ['QUESTION_PAUSE_SECONDS', '-1'],
    ['SESSION_HOURS', '0'],
    ['CONTACT_EMAIL', 'nobody'],
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

  it('keep no trailing slash in the public address', () => {
    expect(readConfig({ PUBLIC_URL: 'https://dering.example/' }).publicUrl).toBe('https://dering.example');
  });
});
