import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/shared/clock.js';
import { startChatServer, type ChatServer } from './chat-server.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 390, height: 844 };
const MENU = [
  { id: 'consult', title: 'Konsultasi keuangan daerah' },
  { id: 'status', title: 'Status tiket' },
  { id: 'agent', title: 'Berbicara dengan petugas' },
];

let folder: string;
let browser: Browser;
let server: ChatServer;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dering-chat-'));
  await build({
    configFile: 'vite.chat.config.ts',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox'],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  server = await startChatServer({ clock: systemClock, pageFolder: pathToFileURL(`${folder}/`) });
  await openBrowser({ viewport: PHONE, hasTouch: true, isMobile: true });
});
afterEach(async () => {
  await context.close();
  await server.close();
  expect(problems).toEqual([]);
});

async function openBrowser(options: Parameters<Browser['newContext']>[0]): Promise<void> {
  context = await browser.newContext(options);
  problems = [];
  page = await openTab();
}

async function openTab(): Promise<Page> {
  const tab = await context.newPage();
  tab.on('pageerror', (error) => problems.push(error.message));
  tab.on('console', (message) => {
    // A refused or broken request is part of some tests; a script error never is.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(message.text());
  });
  await tab.goto(`${server.url}/chat`);
  return tab;
}

const address = (): string => server.office.received.at(-1)!.address;
const sentTexts = (): string[] =>
  server.office.received.map(({ content }) => ('text' in content ? content.text : content.kind));

async function write(text: string, tab = page): Promise<void> {
  await tab.getByRole('textbox').fill(text);
  await tab.getByRole('button', { name: 'Kirim', exact: true }).click();
}

/** Begins a conversation and has the bot offer its menu. */
async function begin(): Promise<void> {
  await page.getByRole('button', { name: 'Mulai percakapan' }).click();
  await page.locator('.ticks-sent').waitFor();
  server.office.say(address(), {
    kind: 'text',
    text: 'Selamat pagi, *Bapak/Ibu*. <b>Pilih</b> https://contoh.go.id/layanan.',
    choices: MENU,
    numbered: true,
  });
  await page.locator('.choice').first().waitFor();
}

async function violations(tab = page): Promise<string[]> {
  await tab.evaluate(AXE);
  // Runs in the page, where axe has put itself.
  const found = await tab.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }).then((r) => r.violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

describe('writing and reading', () => {
  it('begins, shows the answer as text, bold and link, and never as HTML', async () => {
    await begin();
    expect(sentTexts()).toEqual(['Halo']);
    expect(await page.locator('.bubble strong').textContent()).toBe('Bapak/Ibu');
    expect(await page.locator('.bubble b').count()).toBe(0);
    expect(await page.locator('.bubble .text').last().textContent()).toContain('<b>Pilih</b>');
    const link = page.locator('.bubble a');
    expect(await link.getAttribute('href')).toBe('https://contoh.go.id/layanan');
    expect(await link.getAttribute('rel')).toContain('noopener');
  });

  it('sends a pressed choice once and closes the choices', async () => {
    await begin();
    await page.getByRole('button', { name: '2 Status tiket' }).click();
    await page.locator('.choice-picked').waitFor();
    expect(server.office.received.at(-1)?.content).toEqual({
      kind: 'choice',
      choice: 'status',
      text: 'Status tiket',
    });
    expect(await page.locator('.choice[aria-disabled=false]').count()).toBe(0);
    await page.locator('.choice').first().dispatchEvent('click');
    expect(server.office.received).toHaveLength(2);
  });

  it('shows what became of a message, in words too', async () => {
    await begin();
    const [own] = server.office.lines(address());
    server.office.setState(address(), own!.id, 'delivered');
    await page.locator('.ticks-delivered').waitFor();
    server.office.setState(address(), own!.id, 'read');
    await page.locator('.ticks-read').waitFor();
    expect(await page.locator('.ticks').first().textContent()).toBe('Dibaca');
  });

  it('tells the office that messages were read', async () => {
    await begin();
    const last = server.office.lines(address()).at(-1)!.id;
    await expect.poll(() => server.office.receipts.at(-1)).toMatchObject({ upTo: last, state: 'read' });
  });

  it('starts a new line with Enter on a phone and sends with Enter on a desktop', async () => {
    await page.getByRole('textbox').fill('satu');
    await page.getByRole('textbox').press('End');
    await page.getByRole('textbox').press('Enter');
    expect(await page.getByRole('textbox').inputValue()).toBe('satu\n');
    await context.close();
    await openBrowser({ viewport: { width: 1280, height: 800 } });
    await page.getByRole('textbox').fill('dua');
    await page.getByRole('textbox').press('Shift+Enter');
    await page.getByRole('textbox').pressSequentially('tiga');
    await page.getByRole('textbox').press('Enter');
    await page.locator('.ticks-sent').waitFor();
    expect(sentTexts()).toEqual(['dua\ntiga']);
  });

  it('warns over 10,000 characters and sends the text in parts', async () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `kata${index}`).join(' ');
    await page.getByRole('textbox').fill(text);
    expect(await page.getByRole('button', { name: 'Kirim', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Kirim sebagai 2 pesan' }).click();
    await expect.poll(sentTexts).toHaveLength(2);
    expect(sentTexts().join(' ')).toBe(text);
  });

  it('sends a text over 10,000 characters as a file', async () => {
    await page.getByRole('textbox').fill('kata '.repeat(2_001));
    await page.getByRole('button', { name: 'Kirim sebagai lampiran' }).click();
    await page.getByRole('link', { name: /^Unduh pesan\.txt/ }).waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('');
    expect(server.office.received[0]?.content).toMatchObject({ mimeType: 'text/plain', size: 10_004 });
  });

  it('switches its own texts to English and remembers it', async () => {
    await page.getByRole('button', { name: 'EN, English' }).click();
    await page.getByRole('button', { name: 'Start the conversation' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Start the conversation' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});

describe('breaks', () => {
  it('keeps what was written offline over a reload of the connection, and sends it once, in order', async () => {
    await begin();
    await context.setOffline(true);
    await write('pertama');
    await write('kedua');
    expect(await page.locator('.ticks-waiting').count()).toBe(2);
    await page.getByText('Sambungan terputus').waitFor();
    await context.setOffline(false);
    await expect.poll(sentTexts, { timeout: 15_000 }).toEqual(['Halo', 'pertama', 'kedua']);
    await expect.poll(() => page.locator('.ticks-waiting').count()).toBe(0);
  });

  it('sends after a reload what could not be sent before it', async () => {
    await begin();
    server.office.storingFails = new Error('away');
    await write('jangan hilang');
    await page.locator('.ticks-waiting').waitFor();
    await page.getByText('Layanan sedang tidak dapat dijangkau').waitFor();
    server.office.storingFails = undefined;
    await page.reload();
    await expect.poll(sentTexts).toEqual(['Halo', 'jangan hilang']);
    await page.locator('.row-own').nth(1).getByText('jangan hilang').waitFor();
    expect(await page.locator('.row-own').count()).toBe(2);
  });

  it('shows both tabs the same and sends nothing twice', async () => {
    await begin();
    const other = await openTab();
    await write('dari tab pertama');
    await write('dari tab kedua', other);
    for (const tab of [page, other]) {
      await tab.locator('.row-own').nth(2).waitFor();
      expect((await tab.locator('.row-own .text').allTextContents()).sort()).toEqual([
        'Halo',
        'dari tab kedua',
        'dari tab pertama',
      ]);
    }
    expect(server.office.received).toHaveLength(3);
  });

  it('ends on a shared computer in every tab, after asking, and begins afresh', async () => {
    await begin();
    const other = await openTab();
    await other.locator('.choice').first().waitFor();
    await page.getByRole('button', { name: 'Apa yang dicatat?' }).click();
    await page.getByRole('button', { name: 'Akhiri di perangkat ini' }).click();
    expect(await page.locator('.row-own').count()).toBe(1);
    await page.getByRole('button', { name: 'Hapus', exact: true }).click();
    for (const tab of [page, other]) {
      await tab.getByRole('button', { name: 'Mulai percakapan' }).waitFor();
      expect(await tab.locator('.row-own').count()).toBe(0);
    }
  });

  it('asks every ten seconds where a stream is refused', async () => {
    await begin();
    await page.clock.install();
    await page.route('**/api/chat/events*', (route) => route.fulfill({ status: 429, body: '{}' }));
    await page.reload();
    await page.locator('.choice').first().waitFor();
    server.office.say(address(), { kind: 'text', text: 'lewat jalan lain' });
    await page.clock.runFor(11_000);
    await page.getByText('lewat jalan lain').waitFor();
  });

  it('finds its place again after a reload, and older messages on the way up', async () => {
    await begin();
    for (let index = 0; index < 80; index += 1)
      server.office.say(address(), { kind: 'text', text: `pesan ${index}` });
    await page.getByText('pesan 79', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('pesan 79', { exact: true }).waitFor();
    const log = page.getByRole('log');
    await expect
      .poll(async () => {
        await log.evaluate((element) => (element.scrollTop = 0));
        return page.getByText('pesan 5', { exact: true }).count();
      })
      .toBe(1);
    await page.getByText('pesan 40', { exact: true }).evaluate((element) => element.scrollIntoView());
    const before = await page.getByText('pesan 40', { exact: true }).boundingBox();
    await page.reload();
    await page.getByText('pesan 40', { exact: true }).waitFor();
    await expect
      .poll(async () => (await page.getByText('pesan 40', { exact: true }).boundingBox())?.y)
      .toBeCloseTo(before!.y, -1);
  });

  it('marks where the new messages begin on the next visit', async () => {
    await begin();
    await expect.poll(() => server.office.receipts.length).toBeGreaterThan(0);
    await page.close();
    server.office.say(address(), { kind: 'text', text: 'Jawaban Bapak/Ibu sudah tersedia.' });
    page = await openTab();
    await page.getByText('Pesan baru').waitFor();
    expect(await page.locator('.new + .row').textContent()).toContain('sudah tersedia');
  });
});

describe('files', () => {
  const pdf = { name: 'Surat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 contoh') };
  const picker = (): ReturnType<Page['locator']> => page.locator('input[type=file]').first();

  it('uploads and shows a file to download', async () => {
    await begin();
    await picker().setInputFiles(pdf);
    const link = page.getByRole('link', { name: /^Unduh Surat\.pdf/ });
    await link.waitFor();
    const download = page.waitForEvent('download');
    await link.click();
    expect((await download).suggestedFilename()).toBe('Surat.pdf');
    expect(server.office.received.at(-1)?.content).toMatchObject({ kind: 'file', name: 'Surat.pdf' });
  });

  it('says why a file is not taken', async () => {
    await begin();
    await picker().setInputFiles({ ...pdf, buffer: Buffer.from('MZ\x90\0') });
    await page.getByText('Berkas Surat.pdf tidak diterima: isinya tidak sesuai').waitFor();
    expect(await page.locator('.row-own').count()).toBe(2);
  });

  it('does not upload a file over the limit, but lets the office know of it', async () => {
    await begin();
    await picker().setInputFiles({ ...pdf, buffer: Buffer.alloc(1_000_001) });
    await page.getByText('Berkas Surat.pdf tidak diterima: terlalu besar.').waitFor();
    expect(await page.locator('.row-own').count()).toBe(2);
    await expect
      .poll(() => server.office.received.at(-1)?.content)
      .toEqual({ kind: 'refused-file', name: 'Surat.pdf', reason: 'too-large' });
  });

  it('offers to try an interrupted upload again', async () => {
    await begin();
    await page.route('**/api/chat/files', (route) => route.abort(), { times: 1 });
    await picker().setInputFiles(pdf);
    await page.getByRole('button', { name: 'Coba lagi' }).click();
    await page.getByRole('link', { name: /^Unduh Surat\.pdf/ }).waitFor();
    expect(server.office.received).toHaveLength(2);
  });

  it('uploads what was interrupted when the connection is back', async () => {
    await begin();
    await context.setOffline(true);
    await picker().setInputFiles(pdf);
    await page.getByText('Unggahan terputus.').waitFor();
    await context.setOffline(false);
    await page.getByRole('link', { name: /^Unduh Surat\.pdf/ }).waitFor();
  });

  it('takes files that are dropped on the page', async () => {
    await begin();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['%PDF-1.4'], 'seret.pdf', { type: 'application/pdf' }));
      const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    });
    await page.getByRole('link', { name: /^Unduh seret\.pdf/ }).waitFor();
  });
});

describe('for everyone', () => {
  it.each(['light', 'dark'] as const)('has no accessibility violation (%s)', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Mulai percakapan' }).waitFor();
    expect(await violations()).toEqual([]);
    await begin();
    await page.getByRole('button', { name: '1 Konsultasi' }).click();
    server.office.say(
      address(),
      { kind: 'text', text: 'Saya petugas.' },
      { author: { kind: 'staff', name: 'Sari Contoh' } },
    );
    await page.getByText('Saya petugas.').waitFor();
    await page.getByRole('button', { name: 'Apa yang dicatat?' }).click();
    await page.getByRole('textbox').fill('x'.repeat(10_001));
    await context.setOffline(true);
    await page.getByText('Sambungan terputus').waitFor();
    expect(await violations()).toEqual([]);
    await context.setOffline(false);
  });

  it.each([
    ['a small phone', { width: 320, height: 568 }],
    ['a desktop at 200 %', { width: 640, height: 400 }],
    ['a phone on its side with its keyboard', { width: 740, height: 190 }],
  ])('fits %s without scrolling sideways, with the composer in view', async (_name, viewport) => {
    await page.setViewportSize(viewport);
    await begin();
    await page.getByRole('textbox').fill('Selamat pagi');
    const box = await page.getByRole('button', { name: 'Kirim', exact: true }).boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(viewport.height);
    expect(box!.x + box!.width).toBeLessThanOrEqual(viewport.width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      viewport.width,
    );
    expect(await page.getByRole('log').evaluate((log) => log.scrollWidth - log.clientWidth)).toBe(0);
    const log = await page.getByRole('log').boundingBox();
    expect(log!.height).toBeGreaterThan(60);
  });

  it('names telephone, WhatsApp and e-mail where no script runs', async () => {
    const without = await browser.newContext({ javaScriptEnabled: false });
    const plain = await without.newPage();
    await plain.goto(`${server.url}/chat`);
    // Chromium driven without scripts does not show <noscript>, so only its presence is checked.
    expect(await plain.locator('noscript').textContent()).toContain('JavaScript');
    const links = await plain.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links).toEqual(['tel:150420', 'https://wa.me/628111504207', 'mailto:callcenter@contoh.go.id']);
    await without.close();
  });

  it('weighs at most 20 kB on the wire, is kept for good, and uses no syntax old phones lack', async () => {
    const html = await (await fetch(`${server.url}/chat`)).text();
    const paths = [...html.matchAll(/(?:src|href)="(\/chat\/assets\/[^"]+)"/g)].map((match) => match[1]!);
    expect(paths).toHaveLength(3);
    let weight = 0;
    for (const path of paths) {
      const { headers } = await server.app.inject({ url: path, headers: { 'accept-encoding': 'br' } });
      expect(headers).toMatchObject({
        'content-encoding': 'br',
        'cache-control': 'public, max-age=31536000, immutable',
      });
      weight += Number(headers['content-length']);
      const script = path.endsWith('.js') ? await (await fetch(server.url + path)).text() : '';
      expect(script).not.toMatch(/\?\.[a-z[(]|\?\?=?|\.at\(|replaceAll/);
      expect(script).not.toContain(process.cwd());
    }
    expect(weight).toBeLessThan(20_000);
  });
});
