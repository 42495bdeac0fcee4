import { describe, expect, it } from 'vitest';
import { loadTexts } from '../../src/shared/i18n.js';

describe('texts', () => {
  const texts = loadTexts();

  it('are read from one file a namespace', () => {
    expect(texts.for('id')('common:choices.yes')).toBe('Ya');
    expect(texts.for('en')('common:choices.yes')).toBe('Yes');
  });

  it('put values in as they are: escaping is for whoever shows them', () => {
    expect(texts.for('id')('identity:emailSuggestion', { email: '<b>&{{x}}' })).toContain('<b>&{{x}}');
  });

  it('fail loudly when one is missing', () => {
    expect(() => texts.for('id')('common:noSuchText')).toThrow(/noSuchText/u);
  });
});
