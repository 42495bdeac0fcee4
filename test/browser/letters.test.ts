import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Post } from '../../src/models/official-letter.js';
import { PASSWORD, recorder, startConsoleServer, type ConsoleServer } from '../console/console-server.js';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';
import { agreedConference } from '../support/letters.js';

const CLIENT = new URL('../../dist/client/console/', import.meta.url).pathname;
const DESKTOP = { width: 1440, height: 1000 };
const UNIT = 'dana-transfer-khusus';

let browser: Browser;
let server: ConsoleServer;
let url: string;
let typist: Page;
let kasubbag: Page;
let kabag: Page;
const problems: string[][] = [];

beforeAll(async () => {
  browser = await openBrowser();
  server = await startConsoleServer({}, undefined, { channels: [recorder], client: CLIENT });
  url = await server.app.listen({ port: 0, host: '127.0.0.1' });
  await agreedConference(server.services);
  typist = await open('tuti', { post: 'pelaksana-msklip' });
  kasubbag = await open('kiki', { post: 'kasubbag-msklip' });
  kabag = await open('bima', { post: 'kabag-hkk' });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A page of somebody who has just signed in. */
async function open(username: string, facts: { post?: Post; unitCode?: string }): Promise<Page> {
  const { staffId } = await server.addPerson(username, facts.post ? 'receptionist' : 'unit-member');
  await server.services.models.staff.updateOne({ _id: staffId }, { $set: facts });
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  problems.push(watchProblems(page));
  const signedIn = await context.request.post(`${url}/api/v1/session`, {
    headers: { 'x-requested-with': 'dering' },
    data: { username, password: PASSWORD },
  });
  expect(signedIn.status()).toBe(200);
  await page.goto(`${url}/console`);
  await page.getByRole('navigation', { name: 'Menu utama' }).waitFor();
  return page;
}

const press = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true }).click();
const pane = (page: Page) => page.getByRole('region', { name: /^Surat DJPK-/u });
const way = (page: Page) => pane(page).getByRole('list', { name: 'Jalan surat' });
/** Of letters that wait, beside the menu's item. */
const badge = (page: Page) => page.getByRole('link', { name: /^Surat/u }).locator('.count [aria-hidden]');

/** R-B4 with one return: three people, each on a page of their own that is never reloaded. */
describe('a letter to the unit', () => {
  it('waits for the typist, who begins with the letters and changes its text', async () => {
    await typist.waitForURL('**/console/letters');
    await expect.poll(() => badge(typist).textContent()).toBe('1');
    await typist.locator('.row').first().click();
    const sheet = pane(typist).getByRole('article', { name: 'Pratinjau surat' });
    await sheet.getByText('hari, tanggal : Kamis, 12 Maret 2026').waitFor();
    await press(typist, 'Ubah konsep');
    const form = typist.getByRole('form', { name: 'Ubah konsep' });
    await form.getByLabel('Hal').fill('Koordinasi Konferensi Contoh');
    await press(form, 'Simpan');
    await sheet.getByText('Koordinasi Konferensi Contoh').waitFor();
    expect(await accessibilityProblems(typist)).toEqual([]);
    await press(typist, 'Ajukan');
    await way(typist).getByText('menunggu paraf').waitFor();
    await expect.poll(() => badge(typist).count()).toBe(0);
  });

  it('reaches the Kasubbag without reloading, who sends it back with a remark', async () => {
    await expect.poll(() => badge(kasubbag).textContent()).toBe('1');
    await kasubbag.locator('.row').first().click();
    await press(kasubbag, 'Kembalikan');
    const dialog = kasubbag.getByRole('dialog');
    await dialog.getByLabel('Catatan perbaikan untuk pengetik').fill('Mohon sebut nama daerahnya.');
    await press(dialog, 'Kembalikan');
    await dialog.waitFor({ state: 'hidden' });
    await way(kasubbag).getByText('sedang mengetik').waitFor();
  });

  it('is mended by the typist, who reads the remark, and initialled', async () => {
    await pane(typist).getByRole('status').getByText('Mohon sebut nama daerahnya.').waitFor();
    await press(typist, 'Ubah konsep');
    const form = typist.getByRole('form', { name: 'Ubah konsep' });
    await form.getByLabel('Hal').fill('Koordinasi Konferensi dengan Kabupaten Gowa');
    await press(form, 'Simpan');
    await form.waitFor({ state: 'hidden' });
    await press(typist, 'Ajukan');
    await press(kasubbag, 'Paraf');
    await way(kasubbag).getByText('menunggu tanda tangan').waitFor();
  });

  it('is signed by the Kabag, gets its number and its papers', async () => {
    await expect.poll(() => badge(kabag).textContent()).toBe('1');
    await kabag.locator('.row').first().click();
    await press(kabag, 'Tandatangani');
    await press(kabag.getByRole('dialog'), 'Tandatangani sekarang');
    await pane(kabag).getByRole('heading', { name: 'ND-1/PK.15/2026' }).waitFor();
    for (const type of ['pdf', 'docx']) {
      const name = `ND-1-PK-15-2026.${type}`;
      const [download] = await Promise.all([
        kabag.waitForEvent('download'),
        pane(kabag)
          .getByRole('link', { name: `Unduh ${name}` })
          .click(),
      ]);
      expect(download.suggestedFilename()).toBe(name);
    }
    expect(await accessibilityProblems(kabag)).toEqual([]);
  });

  it('stands in everybody’s list of signed ones, with every step that it took', async () => {
    await pane(typist).getByRole('heading', { name: 'ND-1/PK.15/2026' }).waitFor();
    const steps = await pane(typist).locator('.thread > li').allTextContents();
    expect(steps.map((step) => step.split(' ')[0])).toEqual([
      ...['Dering', 'tuti', 'tuti', 'kiki', 'tuti', 'tuti', 'kiki', 'bima'],
    ]);
    const member = await open('andi', { unitCode: UNIT });
    await member.getByRole('link', { name: 'Surat', exact: true }).click();
    await member.locator('.row', { hasText: 'ND-1/PK.15/2026' }).click();
    await pane(member).getByText('Koordinasi Konferensi dengan Kabupaten Gowa').last().waitFor();
    expect(await pane(member).getByRole('button', { name: 'Tarik surat' }).count()).toBe(0);
  });

  it('runs without script errors', () => {
    expect(problems.flat()).toEqual([]);
  });
});
