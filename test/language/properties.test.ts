import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkEmail,
  checkPhone,
  findCorrection,
  findIdentity,
  findRegions,
  normalisePersonName,
  recogniseAside,
  recogniseCommand,
  searchRegions,
  soundsUpset,
  suggestTopic,
  understand,
  type Entities,
  type Span,
} from '../../src/language/index.js';
import { KINDS, NOW, labelled } from './measure.js';

const SEEN = KINDS.flatMap((kind) => labelled(kind, 'dev').map(([text]) => text));
const PIECES = [
  'besok',
  'jam 9',
  'Kab. Gowa',
  '12/3/2026',
  'saya',
  '@',
  '\n',
  '0812-3456-7890',
  'Ｂ',
  'İ',
  'ß',
  '\u0301',
  '😀',
  'bukan',
  'jum',
  'at',
  '12Mar26',
  '1.',
  's.d.',
  'M.Si.',
  '\u200b',
  '٣',
  '\ud800',
];

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...SEEN), fc.string({ maxLength: 8 })), {
      maxLength: 12,
    })
    .map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((parts) => parts.join('')),
);

function spansOf(entities: Entities): Span[] {
  return Object.values(entities).map((found) => (found as { span: Span }).span);
}

describe('whatever is written', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        understand(text, { now: NOW });
        findIdentity(text);
        findRegions(text, { province: text, agency: text });
        findCorrection(text, { now: NOW });
        checkEmail(text);
        checkPhone(text);
        recogniseCommand(text);
        searchRegions(text, 5);
        normalisePersonName(text);
        suggestTopic(text, [{ code: 'a', keywords: [text] }]);
        recogniseAside(text);
        soundsUpset(text);
      }),
      { numRuns: 600 },
    );
  });

  it('has every thing asked for inside the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { intent, intents } = understand(text, { now: NOW });
        expect(intents.length).toBeGreaterThan(0);
        if (intents.length === 1) expect(intents[0]?.value).toBe(intent);
        let last = 0;
        for (const { span } of intents) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
          last = span.end;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has every finding inside the text, with a confidence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { entities, intentConfidence } = understand(text, { now: NOW });
        for (const { start, end } of spansOf(entities)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        for (const found of Object.values(entities) as { confidence: number }[]) {
          expect(found.confidence).toBeGreaterThan(0);
          expect(found.confidence).toBeLessThanOrEqual(1);
        }
        expect(intentConfidence).toBeGreaterThanOrEqual(0);
        expect(intentConfidence).toBeLessThanOrEqual(1);
      }),
      { numRuns: 600 },
    );
  });

  it('gives only days of the calendar and hours of the day', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
        (text, now) => {
          const { date, endDate, time, endTime } = understand(text, { now }).entities;
          for (const found of [date, endDate]) {
            if (found !== undefined)
              expect(new Date(`${found.value}T00:00:00Z`).toISOString().slice(0, 10)).toBe(found.value);
          }
          for (const found of [time, endTime]) {
            if (found !== undefined) expect(found.value).toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  it('is understood the same twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(understand(text, { now: NOW })).toEqual(understand(text, { now: NOW }));
      }),
      { numRuns: 200 },
    );
  });
});
