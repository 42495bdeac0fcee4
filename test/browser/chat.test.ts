import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../src/cli/demo/free-port.js';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';
import { PROGRAM } from '../support/files.js';
import { newProductHome, startProduct, type Product, type ProductHome } from '../support/product.js';

const PASSWORD = 'kereta-malam-biru';
const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  locale: 'id-ID',
  // Colours of a bubble that is still fading in are not what axe is asked about.
  reducedMotion: 'reduce',
} as const;
/** What a page may say while the line is cut, or while a refusal is what the test is about. */
const EXPECTED = /Failed to load resource|ERR_|EventSource/u;
const SCRIPT = '<img src=x onerror="window.broken=1"><script>window.broken=1</script><b>tebal</b>';
const WHO = 'Saya Siti Contoh, Kabid Anggaran BPKAD Kabupaten Gowa, email siti@contoh.go.id, hp 081234567890';

let home: ProductHome;
let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];
let cookie: string;

beforeAll(async () => {
  [home, browser] = await Promise.all([newProductHome(), openBrowser()]);
  // The same address after a restart: open pages come back to it.
  const settings = { ...home.settings, PORT: String(await freePort('127.0.0.1')), MAX_FILE_MB: '1' };
  home = { ...home, settings };
  product = await startProduct(home);
  const token = new URL(product.setupUrl ?? '').searchParams.get('token');
  const answer = await fetch(`${product.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'x-requested-with': 'dering', 'content-type': 'application/json' },
    body: JSON.stringify({ token, password: PASSWORD, username: 'sari', name: 'Sari Contoh' }),
  });
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  await home.remove();
});

beforeEach(async () => {
  problems = [];
  context = await browser.newContext(PHONE);
  page = await openTab();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((one) => one.close()));
  expect(problems).toEqual([]);
});

async function openTab(): Promise<Page> {
  const tab = await context.newPage();
  tab.setDefaultTimeout(10_000);
  const found = watchProblems(tab, EXPECTED);
  tab.on('close', () => problems.push(...found));
  await tab.goto(`${product.url}/chat`);
  return tab;
}

const field = (tab = page) => tab.getByRole('textbox');
const own = (tab = page) => tab.locator('.row-own');

async function write(text: string, tab = page): Promise<void> {
  await field(tab).fill(text);
  await tab.getByRole('button', { name: 'Kirim', exact: true }).click();
}

async function say(text: string, answer: RegExp): Promise<void> {
  await write(text);
  await page.getByText(answer).last().waitFor();
}

const consent = () => say('halo', /Apakah Bapak\/Ibu setuju\?/u);

/** From "halo" to where the question is written. */
async function toQuestion(): Promise<void> {
  await consent();
  await say('setuju', /Ada yang dapat saya bantu/u);
  await say('konsultasi', /Siapa nama lengkap/u);
  await say(WHO, /Tentang apa konsultasinya/u);
  await say('dak fisik', /Silakan tuliskan pertanyaannya/u);
}

/** @returns the number of the ticket */
async function finish(): Promise<string> {
  await say('selesai', /Kirim sekarang\?/u);
  await say('kirim', /tercatat sebagai tiket/u);
  const text = await page
    .getByText(/tercatat sebagai tiket/u)
    .last()
    .textContent();
  return /DJPK-\d{4}-\d{6}/u.exec(text ?? '')?.[0] ?? '';
}

/** The ticket as an agent has it on the screen, in a window of its own. */
async function openConsole(number: string): Promise<Page> {
  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'id-ID' });
  const [name = '', value = ''] = cookie.split('=');
  await desk.addCookies([{ name, value, url: product.url }]);
  const tab = await desk.newPage();
  tab.setDefaultTimeout(10_000);
  const found = watchProblems(tab, EXPECTED);
  tab.on('close', () => problems.push(...found));
  await tab.goto(`${product.url}/console/inbox/all/${number}`);
  await tab.getByRole('log').getByText('tercatat sebagai tiket').waitFor();
  return tab;
}

describe('a conversation on a phone', () => {
  it('goes on after a reload, with what was being written', async () => {
    await page.getByRole('button', { name: 'Mulai percakapan' }).click();
    await page.getByRole('button', { name: /Tidak setuju/u }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await say('setuju', /Ada yang dapat saya bantu/u);
    await field().fill('belum selesai ditulis');
    await page.reload();
    await page.getByText(/Ada yang dapat saya bantu/u).waitFor();
    expect(await own().count()).toBe(2);
    expect(await field().inputValue()).toBe('belum selesai ditulis');
    await page.locator('.choice[aria-disabled=false]').first().click();
    await page.getByText('Siapa nama lengkap').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it.each([
    ['by number', '1', '3'],
    ['by word', 'setuju', 'informasi layanan'],
    ['by pressing', /Setuju/u, /Informasi layanan/u],
  ])('answers choices %s', async (_how, agree, information) => {
    await consent();
    for (const answer of [agree, information]) {
      if (typeof answer === 'string') await write(answer);
      else await page.locator('.choice[aria-disabled=false]').filter({ hasText: answer }).first().click();
      const after = answer === agree ? /Ada yang dapat saya bantu/u : /jam layanan/iu;
      await page.getByText(after).last().waitFor();
    }
    await expect.poll(() => own().count()).toBe(3);
    expect(await page.getByText(/belum menangkap maksud/u).count()).toBe(0);
  });

  it('is the same in two tabs, and takes what both write once each', async () => {
    await consent();
    const other = await openTab();
    await other.getByText(/Apakah Bapak\/Ibu setuju\?/u).waitFor();
    await write('setuju', other);
    for (const tab of [page, other]) await tab.getByText(/Ada yang dapat saya bantu/u).waitFor();
    await Promise.all([write('konsultasi'), write('status tiket', other)]);
    for (const tab of [page, other]) {
      await expect.poll(() => own(tab).locator('.text').allTextContents()).toHaveLength(4);
      expect((await own(tab).locator('.text').allTextContents()).sort()).toEqual(
        ['halo', 'konsultasi', 'setuju', 'status tiket'].sort(),
      );
    }
  });

  it('speaks English with who writes English, and shows its own texts in English', async () => {
    await page.getByRole('button', { name: 'EN, English' }).click();
    await page.getByRole('button', { name: 'Start the conversation' }).waitFor();
    await field().fill('Good day, I would like to ask something please');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText(/Do you agree\?/u).waitFor();
    await page.locator('.choice').first().click();
    await page.getByText(/consent has been recorded/u).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.getByText(/Bapak\/Ibu/u).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

describe('what people send', () => {
  const picker = () => page.locator('input[type=file]').first();

  it(
    'takes a file with its progress shown, explains a program named .pdf and a file over the limit',
    { timeout: 60_000 },
    async () => {
      await toQuestion();
      const network = await context.newCDPSession(page);
      const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 };
      await network.send('Network.emulateNetworkConditions', slow);
      const pdf = Buffer.concat([
        Buffer.from('%PDF-1.7\n'),
        Buffer.alloc(600_000, 0x20),
        Buffer.from('\n%%EOF\n'),
      ]);
      await picker().setInputFiles({ name: 'laporan.pdf', mimeType: 'application/pdf', buffer: pdf });
      await page.getByRole('progressbar', { name: /Mengunggah laporan\.pdf, [1-9]\d?%/u }).waitFor();
      await page.getByRole('link', { name: /^Unduh laporan\.pdf/u }).waitFor();
      await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });

      await picker().setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: PROGRAM });
      await page.getByText(/Berkas surat\.pdf tidak diterima: isinya tidak sesuai/u).waitFor();
      const large = Buffer.alloc(1_000_001);
      await picker().setInputFiles({ name: 'besar.pdf', mimeType: 'application/pdf', buffer: large });
      await page.getByText(/Berkas besar\.pdf tidak diterima: terlalu besar/u).waitFor();
      await say('Pertanyaan ada di lampiran.', /Pertanyaan ada di lampiran/u);
      const desk = await openConsole(await finish());
      const log = desk.getByRole('log');
      await log.getByText('laporan.pdf').first().waitFor();
      await log.getByText('Berkas ditolak: surat.pdf (isi tidak sesuai dengan namanya)').waitFor();
      await log.getByText('Berkas ditolak: besar.pdf (terlalu besar)').waitFor();
    },
  );

  it(
    'shows HTML and script as text, here and to the agent, and keeps 10,000 characters',
    { timeout: 60_000 },
    async () => {
      await toQuestion();
      await say(SCRIPT, /Baik, saya catat/u);
      const long = 'Bagaimana ketentuan penyaluran? '.repeat(320).slice(0, 10_000).trim();
      await write(long);
      await expect.poll(() => page.locator('.ticks-waiting').count()).toBe(0);
      const number = await finish();
      const desk = await openConsole(number);
      for (const [where, tab] of [
        ['chat', page],
        ['console', desk],
      ] as const) {
        await tab.getByRole('log').getByText(SCRIPT).first().waitFor();
        expect(await tab.evaluate('window.broken'), where).toBeUndefined();
        expect(await tab.locator('img[src="x"], [role=log] b, [role=log] script').count(), where).toBe(0);
        await tab.getByRole('log').getByText(long).first().waitFor();
      }
      await desk.getByRole('complementary').getByText(SCRIPT).first().waitFor();
      await page.reload();
      await page.getByText('tercatat sebagai tiket').waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    },
  );
});

describe('breaks', () => {
  it('keeps what was written offline and sends it once, in order', { timeout: 60_000 }, async () => {
    await consent();
    await context.setOffline(true);
    await write('setuju');
    await write('konsultasi');
    await expect.poll(() => page.locator('.ticks-waiting').count()).toBe(2);
    await context.setOffline(false);
    await page.getByText('Siapa nama lengkap').waitFor({ timeout: 30_000 });
    await expect.poll(() => page.locator('.ticks-waiting').count()).toBe(0);
    await page.reload();
    await page.getByText('Siapa nama lengkap').waitFor();
    expect(await own().locator('.text').allTextContents()).toEqual(['halo', 'setuju', 'konsultasi']);
  });

  it('goes on when the server was killed while the visitor typed', { timeout: 60_000 }, async () => {
    await consent();
    await field().pressSequentially('set');
    await product.kill();
    await field().pressSequentially('uju');
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await page.getByText('Sambungan terputus').waitFor();
    await field().fill('menulis terus');
    product = await startProduct(home);
    await page.getByText(/Ada yang dapat saya bantu/u).waitFor({ timeout: 30_000 });
    await page.getByText('Sambungan terputus').waitFor({ state: 'hidden' });
    expect(await field().inputValue()).toBe('menulis terus');
    expect(await own().locator('.text').allTextContents()).toEqual(['halo', 'setuju']);
  });
});
