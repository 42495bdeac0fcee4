import { describe, expect, it } from 'vitest';
import { CHANNEL_NAMES } from '../../src/shared/channel-name.js';
import { ERROR_STATUS } from '../../src/shared/errors.js';
import { LANGUAGES, loadTexts } from '../../src/shared/i18n.js';

const texts = loadTexts();

/** All that a sentence about a refusal may name: the wait, who was faster with what, and the rule that a time or a guest ran into. */
const PARAMS = {
  ...{ minutes: 15, name: 'Sari Contoh', step: 'claim' },
  ...{ earliest: 'Rabu, 1 April 2026', region: 'Kab. Gowa', reason: 'Cuti bersama', most: 2 },
};

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const t = texts.for(language);

  it.each(Object.keys(ERROR_STATUS))(
    'say for %s what is wrong and what to do, needing only what comes with it',
    (code) => {
      const sentence = t(`errors:${code}`, PARAMS);
      expect(sentence).toMatch(/^[A-Z].+\. .+\.$|^[A-Z].{20,}\.$/);
      expect(sentence).not.toContain('{{');
    },
  );

  it.each(CHANNEL_NAMES)('name the channel %s', (channel) => {
    expect(t(`mail:channel.${channel}`)).not.toBe('');
  });

  it('are their own language, not the other one standing in', () => {
    const other = texts.for(language === 'id' ? 'en' : 'id');
    for (const key of [...Object.keys(ERROR_STATUS).map((code) => `errors:${code}`), 'mail:minutes.text']) {
      expect(t(key, PARAMS), key).not.toBe(other(key, PARAMS));
    }
  });
});
