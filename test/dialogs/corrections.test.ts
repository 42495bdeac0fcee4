import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agreed,
  createOffice,
  submitted,
  summarised,
  twinOf,
  type Chat,
  type Office,
} from '../support/conversation.js';

let office: Office;
let ready: Chat;
let reviewing: Chat;
beforeAll(async () => {
  office = await createOffice();
  ready = await agreed(office.chat());
  reviewing = await summarised(office.chat());
});
afterAll(async () => office.close());

describe('a correction under the summary', () => {
  it.each([
    ['ganti nama jadi Siti Aminah', /• Nama: Siti Aminah/],
    ['bukan Bandung tapi Bandung Barat', /• Daerah: Kabupaten Bandung Barat/],
    ['emailnya salah, harusnya budi@contoh.go.id', /• E-mail: budi@contoh\.go\.id/],
    ['HP ganti jadi 0813 1111 2222', /• Telepon: \+6281311112222/],
  ])('"%s" takes the new value at once', async (text, changed) => {
    const chat = await twinOf(office, reviewing);
    await chat.says(text);
    chat.expectReply(/Mohon diperiksa/, changed);
  });

  it('of the region renames the office that carried the former one, and takes a new office', async () => {
    const chat = await twinOf(office, reviewing);
    await chat.says('saya sekarang di Kabupaten Maros');
    chat.expectReply(/• Instansi: BPKAD Kabupaten Maros\n• Daerah: Kabupaten Maros/);
    await chat.says('wait, my office is Bappeda Kota Kupang');
    chat.expectReply(/• Agency: Bappeda Kota Kupang\n• Region: Kota Kupang/);
  });

  it('without the new value asks for that part alone', async () => {
    const chat = await twinOf(office, reviewing);
    await chat.says('eh emailnya salah');
    chat.expectReply(/alamat e-mail yang benar/);
    await chat.says('siti@contoh.go.id');
    chat.expectReply(/Mohon diperiksa[^]*E-mail: siti@contoh\.go\.id/);
  });

  it('that fits several regions asks which', async () => {
    const chat = await twinOf(office, reviewing);
    await chat.says('eh daerahnya harusnya Bandung');
    chat.expectReply(/Yang mana\?/);
    await chat.presses('region:32.73');
    chat.expectReply(/Mohon diperiksa[^]*Daerah: Kota Bandung/);
  });

  it('is not seen in what asks: that is added to the question', async () => {
    const chat = await twinOf(office, reviewing);
    await chat.says('Apakah nama Kabupaten Maros di lampiran salah?');
    chat.expectReply(/saya tambahkan pada pertanyaan/);
  });
});

describe('a correction in the middle of the form', () => {
  async function atPhone(): Promise<Chat> {
    const chat = await twinOf(office, ready);
    await chat.says('1', 'Sari Contoh', 'Kepala Bidang', 'BPKAD Kabupaten Gowa', 'sari@contoh.go.id');
    chat.expectReply(/telepon/);
    return chat;
  }

  it('with the new value is taken, and the open question asked again', async () => {
    const chat = await atPhone();
    await chat.says('ganti nama jadi Siti Aminah');
    chat.expectReply(/Nama\* sudah diganti/, /telepon/);
    await chat.says('081234567890', 'DAU', 'Kapan DAU disalurkan?', 'selesai');
    chat.expectReply(/• Nama: Siti Aminah/, /• Telepon: \+6281234567890/);
  });

  it('without it goes back to that part, and then on', async () => {
    const chat = await atPhone();
    await chat.says('eh emailnya salah');
    chat.expectReply(/alamat e-mail yang benar/);
    await chat.says('budi@contoh.go.id');
    chat.expectReply(/telepon/);
  });
});

describe('a correction by a returning contact', () => {
  it('with the new value needs no second question', async () => {
    const chat = await submitted(office.chat());
    await chat.says('konsultasi', 'bukan Gowa tapi Maros');
    chat.expectReply(/Tentang apa/);
    await chat.says('DAU', 'Kapan DAU disalurkan?', 'selesai');
    expect(chat.lastReply).toMatch(/Daerah: Kabupaten Maros/);
  });
});
