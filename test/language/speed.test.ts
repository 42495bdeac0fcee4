import { describe, expect, it } from 'vitest';
import {
  findCorrection,
  recogniseCommand,
  soundsUpset,
  suggestTopic,
  understand,
} from '../../src/language/index.js';
import { NOW, labelled, type Kind } from './measure.js';

const KINDS: readonly Kind[] = ['dates', 'regions', 'identity', 'intents'];
const MESSAGES = KINDS.flatMap((kind) => labelled(kind, 'dev').map(([text]) => text));
const LENGTH = 10_000;

/** Texts that have driven expressions like ours into backtracking. */
const TRAPS = [
  'a',
  '1',
  '1 ',
  '1/',
  '1.',
  '1-',
  '1a',
  'a@',
  'a.',
  ' ',
  '\n',
  '(',
  'saya ',
  'kab ',
  'jam ',
  '+62 ',
  '0812-',
  'rp 1.000 ',
  'nomor 1/',
  'bukan gowa tapi ',
  '12 maret 2026 jam 10 ',
  'A.B.C ',
  'minggu depan ',
  's.d. 1 ',
  'nama saya ',
  'dua puluh ',
  '😀',
  'Kepala Bidang ',
];

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function fastest(work: () => void, tries = 5): number {
  return Math.min(...Array.from({ length: tries }, () => milliseconds(work)));
}

describe('speed', () => {
  it('takes under a millisecond for a message at the median', () => {
    for (const text of MESSAGES) understand(text, { now: NOW });
    const times = MESSAGES.map((text) => fastest(() => understand(text, { now: NOW }), 3)).sort(
      (a, b) => a - b,
    );
    expect(times[times.length >> 1]).toBeLessThan(1);
  });

  it('recognises commands in a small part of that', () => {
    const all = (work: (text: string) => void) => fastest(() => MESSAGES.forEach(work));
    const commands = all((text) => recogniseCommand(text));
    const everything = all((text) => understand(text, { now: NOW }));
    expect(commands).toBeLessThan(everything / 5);
  });

  it.each([
    ...TRAPS,
    '\u200b',
    '\u202eאב ',
    'Kab. Xqzwv Abcde ',
    'x0',
    'habis ',
    'ulangi ',
    'A',
    '٣',
    'nama: a\nNIP 1\n',
    'Yth.\n',
  ])('reads a hundred kilobytes of %j in under 20 ms', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length)).slice(0, 100_000);
    understand(text, { now: NOW });
    expect(fastest(() => understand(text, { now: NOW }), 15)).toBeLessThan(20);
    expect(fastest(() => findCorrection(text, { now: NOW }))).toBeLessThan(20);
    expect(fastest(() => suggestTopic(text, [{ code: 'a', keywords: ['dana desa'] }]))).toBeLessThan(20);
    expect(fastest(() => soundsUpset(text))).toBeLessThan(20);
  });

  it.each(TRAPS)('does not slow down more than in proportion on %j', (piece) => {
    const long = piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
    const short = long.slice(0, LENGTH / 4);
    const timeOf = (text: string): number => fastest(() => understand(text, { now: NOW }));
    timeOf(short);
    expect(timeOf(long)).toBeLessThan(Math.max(timeOf(short) * 12, 20));
  });
});
