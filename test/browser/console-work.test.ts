import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/cli/demo/free-port.js';
import { openBrowser, watchProblems } from '../support/browser.js';
import { PNG } from '../support/files.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { newProductHome, startProduct, type Product, type ProductHome } from '../support/product.js';
import { askQuestion, openVisitor, type Visitor } from './visitor.js';

const PASSWORD = 'kereta-malam-biru';
const DESKTOP = { width: 1440, height: 900 };
/** What a page may say while its line is cut, or while a refusal is what the test is about. */
const EXPECTED = /Failed to load resource|ERR_|EventSource/u;

let home: ProductHome;
let product: Product;
let mailServer: MailServer;
let browser: Browser;
let administrator: Api;
const problems: string[] = [];

beforeAll(async () => {
  [home, mailServer, browser] = await Promise.all([newProductHome(), startMailServer(), openBrowser()]);
  // The same address after a restart: open pages come back to it.
  const settings = { ...home.settings, PORT: String(await freePort('127.0.0.1')), SMTP_URL: mailServer.url };
  home = { ...home, settings };
  product = await startProduct(home);
  administrator = await setUp(product.setupUrl ?? '', { username: 'admin', name: 'Admin Contoh' });
  for (const [username, name] of [
    ['sari', 'Sari Contoh'],
    ['budi', 'Budi Contoh'],
  ] as const) {
    const { setupUrl } = await administrator<{ setupUrl: string }>('POST', '/staff', {
      username,
      name,
      roles: ['agent'],
    });
    await setUp(setupUrl);
  }
});

afterAll(async () => {
  await browser.close();
  await product.stop();
  await mailServer.close();
  await home.remove();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(problems.splice(0)).toEqual([]);
});

type Api = <Answer>(method: string, path: string, body?: object) => Promise<Answer>;

/** The console's API in somebody's name. */
async function setUp(setupUrl: string, more: object = {}): Promise<Api> {
  const token = new URL(setupUrl).searchParams.get('token');
  const headers = { 'x-requested-with': 'dering', 'content-type': 'application/json' };
  const answer = await fetch(`${product.url}/api/v1/setup`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token, password: PASSWORD, ...more }),
  });
  expect(answer.status).toBe(200);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return async <Answer>(method: string, path: string, body?: object) => {
    const response = await fetch(`${product.url}/api/v1${path}`, {
      method,
      headers:
        body === undefined ? { ...headers, cookie, 'content-type': 'text/plain' } : { ...headers, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
    return (await response.json()) as Answer;
  };
}

/** A browser of its own, signed in. */
async function signIn(username: string, password = PASSWORD): Promise<Page> {
  const page = await newPage();
  await page.goto(`${product.url}/console`);
  await page.getByLabel('Nama pengguna').fill(username);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await page.getByRole('navigation', { name: 'Menu utama' }).waitFor();
  return page;
}

async function newPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const found = watchProblems(page, EXPECTED);
  page.on('close', () => problems.push(...found));
  return page;
}

async function newTicket(name: string, question = 'Kapan batas laporan?'): Promise<[string, Visitor]> {
  const visitor = await openVisitor(product.url);
  return [await askQuestion(visitor, name, question), visitor];
}

async function openTicket(page: Page, number: string): Promise<void> {
  await page.goto(`${product.url}/console/inbox/all/${number}`);
  await log(page).getByText('tercatat sebagai tiket').waitFor();
}

const log = (page: Page) => page.getByRole('log');
const reply = (page: Page) => page.getByRole('textbox', { name: 'Balas' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('an agent at work', () => {
  it(
    'does everything by keyboard: find, claim, take over, reply, note, resolve',
    { timeout: 60_000 },
    async () => {
      const [number, visitor] = await newTicket('Putri Contoh');
      const page = await signIn('sari');
      await page.locator('.row').first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('Tiket berikutnya').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('/');
      await page.keyboard.type(number.slice(-6));
      await page.getByText('Hasil dari semua tiket').waitFor();
      await expect.poll(() => page.locator('.row').count()).toBe(1);
      await page.keyboard.press('Escape');
      await page.getByText('Hasil dari semua tiket').waitFor({ state: 'detached' });
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      expect(await page.locator('.row:focus').getAttribute('data-number')).toBe(number);
      await page.keyboard.press('Enter');
      await log(page).getByText('tercatat sebagai tiket').waitFor();
      await page.keyboard.press('c');
      await page.getByText(`Tiket ${number} Anda ambil`).waitFor();
      await page.keyboard.press('t');
      await page.getByText('Percakapan Anda pegang; bot diam').waitFor();
      await page.keyboard.press('r');
      await page.keyboard.type('Selamat pagi, kami cek dulu ya. ecnt/?');
      await page.keyboard.press('Control+Enter');
      await log(page).getByText('Selamat pagi, kami cek dulu ya. ecnt/?').waitFor();
      await visitor.hears(/kami cek dulu ya/u);
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await page.keyboard.type('Tanya unit DAK.');
      await page.keyboard.press('Control+Enter');
      await log(page).getByText('Tanya unit DAK.').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('e');
      await page
        .getByRole('dialog')
        .getByRole('textbox', { name: 'Jawaban' })
        .and(page.locator(':focus'))
        .waitFor();
      await page.keyboard.type('Batasnya tanggal 21 Juli (contoh).');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Peraturan Contoh Nomor 1 Tahun 2026');
      await button(page, 'Selesaikan dan terbitkan BAK').focus();
      await page.keyboard.press('Enter');
      await page.getByText(`Tiket ${number} selesai`).waitFor();
      await visitor.hears(/BAK-\d{6}-DJPK-\d{4}\.pdf/u);
      await page.keyboard.press('Escape');
      await page.getByText('Pilih tiket untuk membuka percakapan').waitFor();
    },
  );

  it(
    'sees at once that a colleague claimed the ticket, and is told so when both press at the same time',
    { timeout: 60_000 },
    async () => {
      const [number] = await newTicket('Wayan Contoh');
      const [sari, budi] = await Promise.all([signIn('sari'), signIn('budi')]);
      await Promise.all([openTicket(sari, number), openTicket(budi, number)]);
      await button(sari, 'Ambil').click();
      await sari.getByText(`Tiket ${number} Anda ambil`).waitFor();
      await button(budi, 'Ambil').waitFor({ state: 'detached' });
      await budi
        .getByRole('region', { name: `Percakapan ${number}` })
        .getByText('Sari Contoh')
        .first()
        .waitFor();

      const [second] = await newTicket('Nyoman Contoh');
      // Nothing live reaches Budi any more: his page still offers what Sari has taken.
      await budi.route('**/api/v1/events*', (route) => route.abort());
      await openTicket(budi, second);
      await openTicket(sari, second);
      await button(sari, 'Ambil').click();
      await sari.getByText(`Tiket ${second} Anda ambil`).waitFor();
      await button(budi, 'Ambil').click();
      await budi.getByText('Tiket ini sudah ditangani petugas lain').waitFor();
      await button(budi, 'Ambil').waitFor({ state: 'detached' });
    },
  );

  it('sends the user a picture and gets one back, each with a preview', { timeout: 60_000 }, async () => {
    const [number, visitor] = await newTicket('Ratna Contoh');
    const page = await signIn('sari');
    await openTicket(page, number);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'bagan.png', mimeType: 'image/png', buffer: PNG });
    await reply(page).fill('Bagan terlampir.');
    await button(page, 'Kirim').click();
    await log(page).getByRole('button', { name: 'Lihat bagan.png' }).waitFor();

    const chat = await newPage();
    await chat.context().addCookies([{ ...visitor.cookie, url: product.url }]);
    await chat.goto(`${product.url}/chat`);
    await chat.getByText('Bagan terlampir.').waitFor();
    await expect
      .poll(() => chat.getByRole('img', { name: /bagan\.png/u }).evaluate((image) => image.clientWidth))
      .toBeGreaterThan(0);
    await chat
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'balasan.png', mimeType: 'image/png', buffer: PNG });
    await log(page).getByRole('button', { name: 'Lihat balasan.png' }).click();
    await page.getByRole('dialog').getByRole('img', { name: 'balasan.png' }).waitFor();
    const source = await page.getByRole('dialog').getByRole('img').getAttribute('src');
    const shown = await page.request.get(`${product.url}${source ?? ''}`);
    expect(shown.headers()['content-type']).toBe('image/png');
    expect((await shown.body()).equals(PNG)).toBe(true);
  });

  it(
    'keeps the place in the list and the cursor in the search while tickets are opened',
    { timeout: 60_000 },
    async () => {
      await newTicket('Lestari Contoh');
      const page = await signIn('budi');
      await page.goto(`${product.url}/console`);
      const search = page.getByRole('textbox', { name: 'Cari tiket' });
      await search.evaluate((input) => input.setAttribute('data-before', 'true'));
      await page.keyboard.press('/');
      await page.keyboard.type('lestari');
      await page.getByText('Hasil dari semua tiket').waitFor();
      await page.locator('.row').first().click();
      await log(page).waitFor();
      expect(await search.getAttribute('data-before')).toBe('true');
      expect(await search.inputValue()).toBe('lestari');
    },
  );

  it('keeps what was written while offline, and sends it once', { timeout: 60_000 }, async () => {
    const [number, visitor] = await newTicket('Hadi Contoh');
    const page = await signIn('sari');
    await openTicket(page, number);
    await page.context().setOffline(true);
    await reply(page).fill('Ditulis tanpa jaringan.');
    await button(page, 'Kirim').click();
    await log(page).getByText('Belum terkirim').waitFor();
    await page.context().setOffline(false);
    await button(page, 'Coba lagi').click();
    await log(page).getByText('Belum terkirim').waitFor({ state: 'detached' });
    await visitor.hears(/Ditulis tanpa jaringan/u);
    const { items } = await administrator<{ items: { content: { text?: string } }[] }>(
      'GET',
      `/tickets/${number}/messages?limit=100`,
    );
    expect(items.filter(({ content }) => content.text === 'Ditulis tanpa jaringan.')).toHaveLength(1);
  });

  it(
    'works on after the server was killed: draft kept, page catches up by itself',
    { timeout: 60_000 },
    async () => {
      const [number, visitor] = await newTicket('Tono Contoh');
      const page = await signIn('sari');
      await openTicket(page, number);
      await page.getByText('Tersambung').waitFor();
      await reply(page).fill('Draf yang belum selesai');
      await page.route('**/api/v1/events*', (route) => route.abort());
      await product.kill();
      await page.locator('.live-banner').getByText('Terputus, mencoba lagi').waitFor();
      product = await startProduct(home);
      await visitor.say('Ini tambahan saya.');
      await page.unroute('**/api/v1/events*');
      await log(page).getByText('Ini tambahan saya.').waitFor({ timeout: 30_000 });
      await page.locator('.live-banner').waitFor({ state: 'detached' });
      expect(await reply(page).inputValue()).toBe('Draf yang belum selesai');
      await page.reload();
      await log(page).getByText('Ini tambahan saya.').waitFor();
      expect(await reply(page).inputValue()).toBe('Draf yang belum selesai');
    },
  );
});

describe('the administrator', () => {
  it('invites by a link, which works once, and puts somebody out at once', { timeout: 60_000 }, async () => {
    const page = await signIn('admin');
    await page.getByRole('link', { name: 'Pegawai' }).click();
    await button(page, 'Tambah pegawai').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nama lengkap').fill('Dewi Contoh');
    await dialog.getByLabel('Nama pengguna').fill('dewi');
    await dialog.getByRole('button', { name: 'Buat dan ambil tautan' }).click();
    const link = await page.getByRole('dialog').getByLabel('Tautan penyiapan', { exact: true }).inputValue();
    await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).last().click();
    await page.getByText('Belum memasang kata sandi').waitFor();

    const invited = await newPage();
    await invited.goto(link);
    await invited.getByText('Selamat datang, Dewi Contoh').waitFor();
    await invited.getByLabel('Kata sandi', { exact: true }).fill('pendek');
    await invited.getByLabel('Ulangi kata sandi').fill('pendek');
    await button(invited, 'Simpan dan masuk').click();
    await invited
      .getByRole('alert')
      .filter({ hasText: /12 karakter|mudah ditebak/u })
      .first()
      .waitFor();
    await invited.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
    await invited.getByLabel('Ulangi kata sandi').fill(PASSWORD);
    await button(invited, 'Simpan dan masuk').click();
    await invited.getByRole('navigation', { name: 'Menu utama' }).waitFor();
    expect(await invited.getByRole('link', { name: 'Pegawai' }).count()).toBe(0);

    const again = await newPage();
    await again.goto(link);
    await again.getByText('Tautan tidak berlaku').waitFor();
    const elsewhere = await signIn('dewi');

    await button(page, 'Kelola Dewi Contoh').click();
    await page.getByRole('menuitem', { name: 'Nonaktifkan' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Nonaktifkan' }).click();
    await page.getByText('Dewi Contoh dinonaktifkan').waitFor();
    for (const out of [invited, elsewhere]) await out.getByText('Sesi Bapak/Ibu sudah berakhir').waitFor();
    await elsewhere.getByLabel('Nama pengguna').fill('dewi');
    await elsewhere.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
    await button(elsewhere, 'Masuk').click();
    await elsewhere.getByText('Nama pengguna atau kata sandi keliru.').waitFor();
  });

  it('adds a holiday, and the next ticket is due later (R-T2, R-A3)', { timeout: 60_000 }, async () => {
    const [before] = await newTicket('Eko Contoh');
    const due = (number: string) =>
      administrator<{ dueAt: string }>('GET', `/tickets/${number}`).then(({ dueAt }) => dueAt);
    const dueBefore = await due(before);
    // Offices close at 17.00 WIB, 10.00 UTC: the date is the same in both.
    const [year = '', month, day] = dueBefore.slice(0, 10).split('-');
    const page = await signIn('admin');
    await page.getByRole('link', { name: 'Hari libur' }).click();
    await button(page, 'Tambah hari libur').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tanggal').fill(`${year}-${month}-${day}`);
    await dialog.getByLabel('Nama', { exact: true }).fill('Libur Contoh');
    await dialog.getByRole('button', { name: 'Simpan' }).click();
    await page.getByText('Tersimpan').waitFor();
    const [after] = await newTicket('Fajar Contoh');
    expect(Date.parse(await due(after))).toBeGreaterThan(Date.parse(dueBefore));
    expect(await due(before)).toBe(dueBefore);
  });

  it('sends a mail again that the mail server had refused for good', { timeout: 90_000 }, async () => {
    const [number] = await newTicket('Gita Contoh');
    mailServer.next.push('bounce');
    const page = await signIn('sari');
    await openTicket(page, number);
    await button(page, 'Selesaikan').first().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Jawaban' }).fill('Sudah dijawab (contoh).');
    await button(page, 'Selesaikan dan terbitkan BAK').click();
    await page.getByText(`Tiket ${number} selesai`).waitFor();
    await page.getByRole('link', { name: 'E-mail keluar' }).click();
    const row = page.getByRole('row').filter({ hasText: number });
    await row.getByText('Gagal').waitFor({ timeout: 30_000 });
    await row.getByText('alamat tidak dikenal').waitFor();
    await row.getByRole('link', { name: /Buka surat/u }).click();
    await page.getByRole('dialog').getByText('gita.contoh@contoh.go.id').waitFor();
    await button(page, 'Kirim ulang').click();
    await page.getByText('Surat masuk antrean lagi').waitFor();
    await page.getByRole('dialog').getByText('Terkirim').first().waitFor({ timeout: 30_000 });
    expect(mailServer.received.filter(({ subject }) => subject?.includes(number))).toHaveLength(1);
  });

  it('says that a password is wrong, and after five tries to wait', { timeout: 60_000 }, async () => {
    const page = await newPage();
    await page.goto(`${product.url}/console`);
    await page.getByLabel('Nama pengguna').fill('siapa');
    for (let count = 0; count < 5; count += 1) {
      await page.getByLabel('Kata sandi', { exact: true }).fill(`salah-sekali-${count}`);
      const answered = page.waitForResponse('**/api/v1/session');
      await button(page, 'Masuk').click();
      expect((await answered).status()).toBe(401);
      await page.getByText('Nama pengguna atau kata sandi keliru.').waitFor();
    }
    await button(page, 'Masuk').click();
    await page.getByText(/Terlalu banyak percobaan\. Coba lagi dalam \d+ (detik|menit)\./u).waitFor();
    expect(await page.getByRole('button', { name: 'Masuk', exact: true }).isDisabled()).toBe(true);
  });

  it('finds all of it in the audit log', async () => {
    const page = await signIn('admin');
    await page.getByRole('link', { name: 'Log audit' }).click();
    await page.getByRole('row').filter({ hasText: 'Sari Contoh' }).first().waitFor();
    const { items } = await administrator<{ items: { action: string; actorName: string }[] }>(
      'GET',
      '/audit?limit=100',
    );
    expect(new Set(items.map(({ action }) => action))).toEqual(
      new Set([
        ...['setup.complete', 'session.start', 'staff.invite', 'staff.update', 'holiday.save'],
        ...['ticket.claim', 'ticket.take-over', 'ticket.reply', 'ticket.note', 'ticket.resolve'],
        ...['file.upload', 'file.download', 'mail.retry'],
      ]),
    );
  });
});
