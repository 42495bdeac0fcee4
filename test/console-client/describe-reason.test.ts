import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it, test } from 'vitest';
import { describeChannelReason, describeReason } from '../../src/console/client/text/describe-reason.js';
import { loadLanguage } from '../../src/console/client/text/text.js';

afterAll(() => loadLanguage('id'));

const SOURCE = new URL('../../src/', import.meta.url).pathname;

/** All that channels, and what stands between them and the engine, are written in. */
function sources(): string[] {
  const channels = readdirSync(`${SOURCE}channels`, { recursive: true, encoding: 'utf8' });
  return [
    ...channels.filter((name) => name.endsWith('.ts')).map((name) => `channels/${name}`),
    'email-ports.ts',
  ]
    .filter((name) => !name.includes('/client/'))
    .map((name) => readFileSync(SOURCE + name, 'utf8'));
}

function found(pattern: RegExp): string[] {
  return [
    ...new Set(sources().flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))),
  ];
}

describe.each(['id', 'en'] as const)('in %s', (language) => {
  test.beforeAll(() => loadLanguage(language));

  it('every code a channel throws has a sentence, and so has what the engine says itself', () => {
    const thrown = found(/new ChannelError\(\s*(?:[^')]*\? )?'([a-z-]+)'/gu);
    expect(thrown.length).toBeGreaterThan(15);
    const unknown = [
      ...thrown,
      'channel-off',
      'office-closed',
      'channel-error',
      'message-too-large',
      'mail-server-away',
      'refused',
    ].filter((code) => !describeReason(code).known);
    expect(unknown).toEqual([]);
  });

  it('every reason for which a channel is down is said in words', () => {
    const said = found(/(?:state: 'down', reason: |'down', |reason: |return )'([^']+ [^']+)'/gu).filter(
      (reason) => !/^\d/u.test(reason),
    );
    expect(said.length).toBeGreaterThan(15);
    // English is the channels' own language: there the sentence may be the same.
    if (language === 'id')
      expect(said.filter((reason) => describeChannelReason(reason) === reason)).toEqual([]);
  });
});

describe('reasons', () => {
  test.beforeAll(() => loadLanguage('id'));

  it.each([
    ['returned-5.1.1', 'Surat kembali: alamat penerima tidak ada.'],
    ['returned-5.2.2', 'Surat kembali: kotak surat penerima penuh atau tidak menerima.'],
    ['returned-5.7.1', 'Surat kembali: ditolak karena isi atau kebijakan server penerima.'],
    ['returned-5.0.0', 'Surat kembali tanpa sampai.'],
    ['refused-479', 'Saluran menolak pesan ini.'],
  ])('%s: %s', (code, what) => {
    expect(describeReason(code)).toMatchObject({ what, known: true });
  });

  it.each(['kode-baru', '__proto__', 'what', 'recipient-blocked.what', ''])(
    'of an unknown code (%j) something general is said',
    (code) => {
      expect(describeReason(code)).toMatchObject({ what: 'Saluran tidak menerima pesan ini.', known: false });
    },
  );

  it.each([
    ['Telegram answers with error 418', 'Telegram menjawab dengan kesalahan. (418)'],
    [
      'the mailbox is not reached (ECONNREFUSED)',
      'Kotak surat tidak dapat dijangkau; dicoba kembali. (ECONNREFUSED)',
    ],
    ['something nobody has put into words', 'something nobody has put into words'],
    ['', ''],
  ])('of a channel, %j is said as %j', (reason, words) => {
    expect(describeChannelReason(reason)).toBe(words);
  });
});
