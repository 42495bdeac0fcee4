import { describe, expect, it } from 'vitest';
import { saysWrong } from '../../src/dialogs/consultation/recognise-change.js';

describe('a remark under the summary', () => {
  it.each([
    ...[
      'salah',
      'Lho, itu salah',
      'ada yang salah pak',
      'datanya belum benar',
      'masih keliru',
      'eh itu gak sesuai',
    ],
    ...["that's wrong", 'something is not right'],
  ])('says only that something is wrong: %s', (text) => {
    expect(saysWrong(text)).toBe(true);
  });

  it.each([
    ...[
      'nilai DAU kami salah hitung',
      'datanya salah di SIKD sejak Maret',
      'benar',
      'kenapa salah?',
      'salah satu syarat',
    ],
    ...['sudah benar', 'wrong amount was paid'],
  ])('says more, or something else: %s', (text) => {
    expect(saysWrong(text)).toBe(false);
  });
});
