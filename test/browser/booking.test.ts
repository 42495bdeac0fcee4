import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';
import { newProductHome, startProduct, type Product, type ProductHome } from '../support/product.js';

const PHONE = { width: 390, height: 844 };
const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj<<>>endobj\n%%EOF\n', 'latin1');

let home: ProductHome;
let product: Product;
let browser: Browser;
let chat: Page;
let problems: string[];

beforeAll(async () => {
  home = await newProductHome();
  product = await startProduct(home);
  browser = await openBrowser();
  chat = await (await browser.newContext({ viewport: PHONE, locale: 'id-ID' })).newPage();
  chat.setDefaultTimeout(10_000);
  problems = watchProblems(chat);
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

/** A visit from the wish to the confirmed time, on a phone: R-C1, R-C3, R-C5, R-C7. */
describe('a visit in the live chat', () => {
  it('is asked for with identity, purpose and request letter', async () => {
    await chat.goto(`${product.url}/chat`);
    await say('halo', /Apakah Bapak\/Ibu setuju\?/u);
    await say('setuju', /Ada yang dapat saya bantu/u);
    await say('mau kunjungan', /Siapa nama lengkap/u);
    const who = 'Siti Aminah, Kabid Anggaran BPKAD Kab. Gowa, email siti@contoh.go.id, hp 081234567890';
    await say(who, /Apa yang ingin dibahas/u);
    await say('penyaluran DAK Fisik tahap I', /Apakah benar\?/u);
    await say('ya', /Surat Permintaan Konsultasi\/Audiensi/u);
    await chat
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: PDF });
    await chat.getByText(/Berapa nomor suratnya/u).waitFor();
    await say('900/12/BPKAD', /Tanggal berapa/u);
    await say('kemarin', /Kepada siapa/u);
    await chat.getByRole('button', { name: 'Direktur Jenderal Perimbangan Keuangan' }).last().click();
    await chat.getByText(/Siapa pengirim surat/u).waitFor();
    await say('Bupati Gowa', /Waktu paling awal menurut aturan/u);
  });

  it('shows free times that fit the screen, and holds the one that is pressed', async () => {
    const times = chat.getByRole('button', { name: /pukul \d\d\.\d\d–\d\d\.\d\d WIB \(.+WITA\)/u });
    await times.first().waitFor();
    expect(await times.count()).toBe(6);
    for (const time of await times.all()) {
      const box = await time.boundingBox();
      expect(box!.x).toBeGreaterThanOrEqual(0);
      expect(box!.x + box!.width).toBeLessThanOrEqual(PHONE.width);
      expect(box!.height).toBeGreaterThanOrEqual(40);
    }
    expect(await accessibilityProblems(chat)).toEqual([]);
    await times.nth(1).click();
    await chat.getByText(/saya tahan sampai \d\d\.\d\d WIB/u).waitFor();
    await chat.getByText(/Siapa saja yang akan datang/u).waitFor();
  });

  it('takes the guests, and confirms; the sheet and the calendar file come as files', async () => {
    await say('saya dan Budi Contoh, Kasubbag', /Mohon diperiksa dulu/u);
    await chat.getByRole('button', { name: 'Konfirmasi' }).last().click();
    await chat.getByText(/Terjadwal:/u).waitFor();
    await chat.getByRole('link', { name: /^Unduh Konfirmasi-Kedatangan-DJPK-\d{4}-\d{6}\.pdf/u }).waitFor();
    await chat.getByRole('link', { name: /^Unduh DJPK-\d{4}-\d{6}\.ics/u }).waitFor();
    expect(await accessibilityProblems(chat)).toEqual([]);
    const overflow = await chat.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(overflow).toBe(false);
    expect(problems).toEqual([]);
  });
});
