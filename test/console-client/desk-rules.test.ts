import { describe, expect, it } from 'vitest';
import { prepareCard } from '../../src/console/client/desk/prepare-card.js';
import { readStep } from '../../src/console/client/desk/read-step.js';
import { formatWorkingTime } from '../../src/console/client/text/time.js';

const form = (step: string, value?: string): object => ({
  type: 'Action.ShowCard',
  title: step,
  card: {
    type: 'AdaptiveCard',
    body: [{ type: 'Input.Text', id: `${step}.text`, ...(value === undefined ? {} : { value }) }],
    actions: [{ type: 'Action.Execute', data: { v: 1, kind: 'escalation', id: 'e', version: 3, step } }],
  },
});
const card = (...actions: object[]): Record<string, unknown> => ({ type: 'AdaptiveCard', body: [], actions });

describe('what was written into a card', () => {
  it('stands in the next card where the same is asked', () => {
    const draft = { 'return.text': { text: 'Sebut pasalnya', base: '' } };
    const { json, left } = prepareCard(card(form('approve'), form('return')), draft);
    expect(JSON.stringify(json)).toContain('"id":"return.text","value":"Sebut pasalnya"');
    expect(left).toEqual([]);
  });

  it('never takes the place of an answer that its writer has not seen', () => {
    const draft = { 'approve.text': { text: 'Lama, diperbaiki', base: 'Lama' } };
    const { json, bases, left } = prepareCard(card(form('approve', 'Baru')), draft);
    expect(JSON.stringify(json)).not.toContain('diperbaiki');
    expect(bases).toEqual({ 'approve.text': 'Baru' });
    expect(left).toEqual([{ id: 'approve.text', text: 'Lama, diperbaiki' }]);
  });

  it('is left to read when it is asked no more, except for a unit that was only picked', () => {
    const draft = {
      'answer.text': { text: 'Jawaban', base: '' },
      'pass-on.toUnitCode': { text: 'dana-desa', base: '' },
      'decline.text': { text: '  ', base: '' },
    };
    expect(prepareCard(card(), draft).left).toEqual([{ id: 'answer.text', text: 'Jawaban' }]);
  });

  it('comes without links to the page it is on', () => {
    const link = { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', url: 'https://contoh.go.id' }] };
    expect(JSON.stringify(prepareCard({ ...card(), body: [link] }, {}).json)).not.toContain('OpenUrl');
  });
});

describe('a pressed action', () => {
  const data = { v: 1, kind: 'escalation', id: 'e', version: 3 };

  it('carries the words of its own form, one regulation a line', () => {
    const step = readStep({
      ...{ ...data, step: 'answer', 'answer.text': ' Boleh. ', 'return.text': 'bukan ini' },
      'answer.legalBasis': 'Pasal 1\n\n Pasal 2 ',
    });
    expect(step).toEqual({ step: 'answer', version: 3, text: 'Boleh.', legalBasis: ['Pasal 1', 'Pasal 2'] });
  });

  it('carries nothing where there is no form, and is nothing when it is not ours', () => {
    expect(readStep({ ...data, step: 'claim' })).toEqual({ step: 'claim', version: 3 });
    expect(readStep({ kind: 'other', step: 'claim', version: 1 })).toBeUndefined();
    expect(readStep({ kind: 'escalation', step: 'claim' })).toBeUndefined();
  });
});

describe('working time', () => {
  it.each([
    [0, '0 menit'],
    [45, '45 menit'],
    [60, '1 jam'],
    [190, '3 jam 10 menit'],
  ])('of %i minutes reads %s', (minutes, words) => {
    expect(formatWorkingTime(minutes)).toBe(words);
  });
});
