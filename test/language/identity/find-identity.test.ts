import { describe, expect, it } from 'vitest';
import { checkEmail, checkPhone, findIdentity, normalisePersonName } from '../../../src/language/index.js';

describe('findIdentity (R-A1)', () => {
  it('takes everything out of one message, with where it stands', () => {
    const text =
      'Saya Siti Aminah, Kabid Anggaran BPKAD Kab. Gowa, email siti@gowakab.go.id, hp 0812-3456-7890';
    const { name, position, agency, region, email, phone } = findIdentity(text);
    expect([name?.value, position?.value, agency?.value]).toEqual([
      'Siti Aminah',
      'Kabid Anggaran',
      'BPKAD Kab. Gowa',
    ]);
    expect([region?.value.code, email?.value, phone?.value]).toEqual([
      '73.06',
      'siti@gowakab.go.id',
      '+6281234567890',
    ]);
    for (const found of [name, position, agency, email]) {
      expect(text.slice(found?.span.start, found?.span.end)).toBe(found?.value);
    }
  });

  it.each([
    ['Sari Contoh, Kasi Dana Desa, Dinas PMD Kab. Ende', 'Kasi Dana Desa', 'Dinas PMD Kab. Ende'],
    ['Sari Contoh, Analis Dana Desa Kab. Ende', 'Analis Dana Desa', undefined],
    ['Sari Contoh, kaur keuangan desa Sukamaju', 'kaur keuangan', 'desa Sukamaju'],
  ])('knows the village fund in a post from a village: %s', (text, post, office) => {
    const { position, agency } = findIdentity(text);
    expect([position?.value, agency?.value]).toEqual([post, office]);
  });

  it('takes an office from "my office is …"', () => {
    expect(findIdentity('wait, my office is Bappeda Kota Kupang').agency?.value).toBe('Bappeda Kota Kupang');
  });

  it.each([
    'Saya mau tanya soal DAU',
    'saya sudah kirim suratnya ke bupati',
    'surat untuk kepala dinas',
    'saya kecewa',
    'dengan hormat',
    'saya tidak tahu',
    'NIP 198503122010011002',
    'Rp 81.234.567.890',
  ])('finds nobody in "%s"', (text) => {
    const { name, position, phone } = findIdentity(text);
    expect([name, position, phone]).toEqual([undefined, undefined, undefined]);
  });
});

describe('normalisePersonName', () => {
  it.each([
    ['Siti Aminah', 'Siti Aminah'],
    ['pak budi', 'Budi'],
    ['nama saya siti aminah', 'Siti Aminah'],
    ['BUDI SANTOSO, SE', 'Budi Santoso, SE'],
    ['drs. budi santoso, m.si.', 'Drs. Budi Santoso, M.Si.'],
    ['Dr. Ir. H. Joko Contoh, M.T.', 'Dr. Ir. H. Joko Contoh, M.T.'],
    ['Hj. Nur Aini, S.E., M.Si.', 'Hj. Nur Aini, S.E., M.Si.'],
    ['I Gusti Ngurah Contoh', 'I Gusti Ngurah Contoh'],
    ['M. Yusuf', 'M. Yusuf'],
    ["Ma'ruf Contoh", "Ma'ruf Contoh"],
    ['Rudi saja pak', 'Rudi'],
    ['panggil saja Rina', 'Rina'],
    ['Mas Agus Setiawan, S.Kom', 'Agus Setiawan, S.Kom'],
    ['Andi', 'Andi'],
  ])('%s → %s', (text, name) => {
    expect(normalisePersonName(text)).toBe(name);
  });

  it.each([
    '',
    ' ',
    '12',
    'mau tanya',
    'apa',
    'ya',
    'ok',
    'batal',
    'budi@contoh.go.id',
    'Kabid Anggaran',
    '???',
    'A',
    '<b>Budi</b>',
    'tidak mau',
    'x'.repeat(200),
  ])('"%s" is no name', (text) => {
    expect(normalisePersonName(text)).toBeUndefined();
  });
});

describe('checkEmail', () => {
  it.each([
    ['siti@gmial.com', 'siti@gmail.com'],
    ['siti@gmal.com', 'siti@gmail.com'],
    ['siti@gmail.con', 'siti@gmail.com'],
    ['siti@gmail.co', 'siti@gmail.com'],
    ['siti@gmail', 'siti@gmail.com'],
    ['siti@yaho.com', 'siti@yahoo.com'],
    ['siti@yahoo.co', 'siti@yahoo.com'],
    ['siti@gowakab.go.i', 'siti@gowakab.go.id'],
    ['siti@gowakab.goid', 'siti@gowakab.go.id'],
    ['siti@kemenkeu.go.ud', 'siti@kemenkeu.go.id'],
    ['siti@contoh.co.d', 'siti@contoh.co.id'],
  ])('offers back for %s %s', (typed, meant) => {
    expect(checkEmail(typed).suggestion).toBe(meant);
  });

  it.each([
    ['email saya dewi at contoh titik go titik id', 'dewi@contoh.go.id'],
    ['siti titik contoh et gmail dot com', 'siti.contoh@gmail.com'],
    ['rapat at kantor titik', undefined],
  ])('reads an address that was spoken: %s', (text, address) => {
    expect(checkEmail(text).email).toBe(address);
  });

  it.each([
    'siti@gowakab.go.id',
    'a.b+c@contoh.co.id',
    'x@gmail.com',
    'x@yahoo.co.id',
    'x@example.id',
    'x@bpkad.makassarkota.go.id',
    'x@mail.ugm.ac.id',
  ])('takes %s as it is', (address) => {
    expect(checkEmail(`email saya ${address}.`)).toEqual({ email: address });
  });

  it('reads what phones make of an address', () => {
    expect(checkEmail('siti @ gmail.com').email).toBe('siti@gmail.com');
    expect(checkEmail('Siti@Gmail.com').email).toBe('Siti@gmail.com');
    expect(checkEmail('siti(at)gmail.com').email).toBe('siti@gmail.com');
  });

  it.each(['', 'siti', '@gmail.com', 'a@b', 'siti@', 'a..b@gmail.com', 'jam 9 @ kantor'])(
    '"%s" is no address',
    (text) => {
      expect(checkEmail(text).email).toBeUndefined();
    },
  );
});

describe('checkPhone', () => {
  it.each([
    ['0812-3456-7890', '+6281234567890'],
    ['+62 812 3456 7890', '+6281234567890'],
    ['62812 3456 7890', '+6281234567890'],
    ['wa saya 081234567890 ya', '+6281234567890'],
    ['0812.3456.7890', '+6281234567890'],
    ['(0411) 555123', '+62411555123'],
    ['81234567890', '+6281234567890'],
    ['+60 12-345 6789', '+60123456789'],
    ['sari@contoh.go.id/081234567890', '+6281234567890'],
    ['hp nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol', '+6281234567890'],
  ])('%s → %s', (text, number) => {
    expect(checkPhone(text)).toBe(number);
  });

  it.each([
    '',
    '08123',
    '198503122010011002',
    'NIP 19850312 201001 1 002',
    'Rp 81.234.567.890',
    '12 maret 2026',
    'DJPK-2026-000123',
    'rek 0812345678',
    'nip nol delapan satu dua tiga empat lima enam tujuh delapan',
    '12/081234567890',
  ])('"%s" is no number', (text) => {
    expect(checkPhone(text)).toBeUndefined();
  });
});
