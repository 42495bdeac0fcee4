import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { suggestTopic, type TopicWords } from '../../../src/language/index.js';

const TOPICS = JSON.parse(
  readFileSync(new URL('../../../locales/data/topics.json', import.meta.url), 'utf8'),
) as TopicWords[];

describe('suggestTopic', () => {
  it.each([
    ['kenapa DAU kami belum cair', 'dau'],
    ['perhitungan dana alokasi umum', 'dau'],
    ['dak fisik bidang jalan', 'dak-fisik'],
    ['juknis DAK non fisik', 'dak-nonfisik'],
    ['tunjangan profesi guru belum dibayar', 'dak-nonfisik'],
    ['dbh sawit untuk apa', 'dbh'],
    ['kurang bayar dana bagi hasil', 'dbh'],
    ['dana desa tahap 2', 'dana-desa'],
    ['BLT desa', 'dana-desa'],
    ['kriteria insentif fiskal', 'insentif-fiskal'],
    ['dana otsus papua', 'otsus-keistimewaan'],
    ['perda pajak daerah dan retribusi daerah', 'pajak-retribusi'],
    ['opsen pkb', 'pajak-retribusi'],
    ['pinjaman daerah ke bank', 'pinjaman-hibah'],
    ['login sikd tidak bisa', 'sikd-penyaluran'],
    ['upload di omspan', 'sikd-penyaluran'],
    ['village fund disbursement for our regency', 'dana-desa'],
  ])('%s → %s', (text, code) => {
    expect(suggestTopic(text, TOPICS)?.code).toBe(code);
  });

  it('is surer of one topic than of one among several', () => {
    const one = suggestTopic('dana alokasi umum', TOPICS)?.confidence ?? 0;
    const several = suggestTopic('dau atau dbh', TOPICS)?.confidence ?? 1;
    expect(one).toBeGreaterThan(several);
  });

  it('suggests nothing where no topic is named', () => {
    expect(suggestTopic('selamat pagi', TOPICS)).toBeUndefined();
    expect(suggestTopic('', TOPICS)).toBeUndefined();
    expect(suggestTopic('dau', [])).toBeUndefined();
  });
});
