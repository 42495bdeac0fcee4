import { readFile } from 'node:fs/promises';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';
import { newProductHome, startProduct, type Product, type ProductHome } from '../support/product.js';

const PASSWORD = 'kereta-malam-biru';
const PHONE = { width: 390, height: 844 };
const SIGNED_OUT = /status of 401/u;

let home: ProductHome;
let product: Product;
let browser: Browser;
let chat: Page;
let desk: Page;
const problems: string[][] = [];

beforeAll(async () => {
  home = await newProductHome();
  product = await startProduct(home);
  browser = await openBrowser();
  chat = await (await browser.newContext({ viewport: PHONE, locale: 'id-ID' })).newPage();
  desk = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'id-ID' })
  ).newPage();
  for (const page of [chat, desk]) page.setDefaultTimeout(10_000);
  problems.push(watchProblems(chat), watchProblems(desk, SIGNED_OUT));
});

afterAll(async () => {
  await browser.close();
  await product.stop();
  await home.remove();
});

/** Writes in the live chat and waits for the answer. */
async function say(text: string, answer: RegExp): Promise<void> {
  await chat.getByRole('textbox').fill(text);
  await chat.getByRole('textbox').press('Enter');
  await chat.getByText(answer).last().waitFor();
}

/** One consultation from "halo" to a BAK, in two real browsers: R-A1, R-A2, R-A3, R-A6. */
describe('a consultation', () => {
  it('begins with the first administrator setting a password by the one-time link', async () => {
    await desk.goto(product.setupUrl ?? '');
    await desk.getByLabel('Nama lengkap').fill('Sari Contoh');
    await desk.getByLabel('Nama pengguna').fill('sari');
    await desk.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
    await desk.getByLabel('Ulangi kata sandi').fill(PASSWORD);
    await desk.getByRole('button', { name: 'Simpan dan masuk' }).click();
    await desk.getByText('Tidak ada tiket yang menunggu').waitFor();
  });

  it('takes consent, identity in one message, topic and a question in several bubbles with a file', async () => {
    await chat.goto(`${product.url}/chat`);
    await say('halo', /Apakah Bapak\/Ibu setuju\?/u);
    await chat.getByRole('button', { name: /Tidak setuju/u }).waitFor();
    await say('setuju', /Ada yang dapat saya bantu/u);
    await chat
      .getByRole('button', { name: /Konsultasi/u })
      .last()
      .click();
    await chat.getByText('Siapa nama lengkap').waitFor();
    const who = 'Saya Siti Aminah, Kabid Anggaran BPKAD Kab. Gowa, email siti@contoh.go.id, hp 081234567890';
    await say(who, /Tentang apa konsultasinya/u);
    await say('dak fisik', /Silakan tuliskan pertanyaannya/u);
    await say('Kapan batas laporan DAK fisik tahap I?', /Baik, saya catat/u);
    const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj<<>>endobj\n%%EOF\n', 'latin1');
    await chat
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: pdf });
    await chat.getByRole('link', { name: /^Unduh surat\.pdf/u }).waitFor();
    await say('Mohon dasar hukumnya juga.', /Mohon dasar hukumnya juga/u);
    await say('selesai', /Kirim sekarang\?/u);
    await chat.getByRole('button', { name: /Kirim/u }).first().waitFor();
    await say('kirim', /tercatat sebagai tiket/u);
    await chat
      .getByText(/DJPK-\d{4}-000001/u)
      .first()
      .waitFor();
  });

  it('appears in the console without reloading', async () => {
    await desk.getByText('Siti Aminah').first().waitFor();
    await desk.getByText('Siti Aminah').first().click();
    await desk.getByText('Kabupaten Gowa, Sulawesi Selatan').first().waitFor();
    await desk.getByText('surat.pdf').first().waitFor();
  });

  it('is taken over: the bot falls silent and people write to each other', async () => {
    await desk.getByRole('button', { name: 'Ambil alih' }).first().click();
    await desk.getByText('Percakapan Anda pegang; bot diam').waitFor();
    const reply = desk.getByPlaceholder(/Tulis balasan/u);
    await reply.fill('Selamat pagi Ibu Siti, kami cek dulu.');
    await desk.getByRole('button', { name: 'Kirim', exact: true }).click();
    await chat.getByText('Selamat pagi Ibu Siti, kami cek dulu.').waitFor();
    await chat.getByRole('textbox').fill('menu');
    await chat.getByRole('textbox').press('Enter');
    await desk.getByText('menu', { exact: true }).first().waitFor();
    await say('Baik, ditunggu.', /Baik, ditunggu/u);
    await desk.getByText('Baik, ditunggu.').first().waitFor();
    expect(await chat.getByText('Ada yang dapat saya bantu').count()).toBe(1);
  });

  it('keeps a note that the user never sees', async () => {
    await desk
      .getByRole('radio', { name: 'Catatan' })
      .or(desk.getByRole('tab', { name: 'Catatan' }))
      .first()
      .click();
    await desk.getByPlaceholder(/Catatan untuk rekan/u).fill('Rahasia dapur: tanya unit DAK.');
    await desk.getByRole('button', { name: 'Simpan catatan' }).click();
    await desk.getByText('Rahasia dapur: tanya unit DAK.').first().waitFor();
    await chat.reload();
    await chat.getByText('Baik, ditunggu.').waitFor();
    expect(await chat.getByText('Rahasia dapur').count()).toBe(0);
  });

  it('is resolved with answer and legal basis', async () => {
    await desk.getByRole('button', { name: 'Selesaikan' }).first().click();
    await desk.getByLabel('Jawaban', { exact: true }).fill('Batasnya 21 Juli 2026 (contoh).');
    await desk
      .getByRole('textbox', { name: 'Dasar hukum 1' })
      .fill('Peraturan Contoh Nomor 1 Tahun 2026 Pasal 12');
    await desk.getByRole('button', { name: 'Selesaikan dan terbitkan BAK' }).click();
    await chat.getByText('sudah dijawab').waitFor();
    await chat.getByText('Batasnya 21 Juli 2026').first().waitFor();
    await chat
      .getByText(/BAK-000001-DJPK-\d{4}\.pdf/u)
      .first()
      .waitFor();
  });

  it('gives the user the BAK as a PDF (R-A6)', async () => {
    const download = chat.waitForEvent('download');
    await chat
      .getByRole('link', { name: /BAK-000001-DJPK-\d{4}\.pdf/u })
      .first()
      .click();
    expect(await firstBytes(await download)).toBe('%PDF-');
  });

  it('takes a rating with a comment', async () => {
    await chat
      .getByRole('button', { name: /Sangat puas/u })
      .last()
      .click();
    await chat.getByText('Ada saran untuk kami').waitFor();
    await say('Cepat dan jelas.', /penilaian dan saran Bapak\/Ibu sudah kami catat/u);
    await desk.getByText('5 dari 5').first().waitFor();
  });

  it('mails the BAK and keeps it in the register, where anyone can verify it', async () => {
    await desk.getByRole('link', { name: 'E-mail keluar' }).click();
    await desk.getByText('siti@contoh.go.id').first().waitFor();
    await desk.getByText('Terkirim').first().waitFor({ timeout: 30_000 });
    await desk.getByRole('link', { name: 'Daftar BAK' }).click();
    const verify = await desk
      .getByRole('link', { name: /Verifikasi/u })
      .first()
      .getAttribute('href');
    const page = await (await browser.newContext()).newPage();
    await page.goto(verify ?? '');
    await page
      .getByText(/BAK-000001\/DJPK\/\d{4}/u)
      .first()
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('survives kill -9 and a restart without losing a word', async () => {
    await product.kill();
    product = await startProduct(home);
    const page = await (
      await browser.newContext({ storageState: await chat.context().storageState(), viewport: PHONE })
    ).newPage();
    await page.goto(`${product.url}/chat`);
    await page.getByText('penilaian dan saran Bapak/Ibu sudah kami catat').waitFor();
    expect(product.setupUrl).toBeUndefined();
  });

  it('runs without script errors', () => {
    const afterRestart = /Failed to (load resource|fetch)|ERR_|EventSource/u;
    expect(problems.flat().filter((problem) => !afterRestart.test(problem))).toEqual([]);
  });
});

async function firstBytes(download: Download): Promise<string> {
  return (await readFile(await download.path())).subarray(0, 5).toString('latin1');
}
