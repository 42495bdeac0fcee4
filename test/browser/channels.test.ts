import { create } from 'qrcode';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PairingState } from '../../src/conversation/pairing.js';
import { NUMBER, startNumber, type Number } from '../channels/whatsapp/number.js';
import { PASSWORD, recorder, startConsoleServer, type ConsoleServer } from '../console/console-server.js';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';
import { enterCode, scan, showsCode } from '../support/whatsapp-server/index.js';

const CLIENT = new URL('../../dist/client/console/', import.meta.url).pathname;
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

let browser: Browser;
let number: Number;
let server: ConsoleServer;
let url: string;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  await server.close();
  await number.close();
});

/** The console with a number that nobody has linked yet, at a stand-in of WhatsApp. */
async function start(qrMs?: number): Promise<void> {
  number = await startNumber({
    paired: false,
    ports: ({ server: at }) => (at && qrMs !== undefined ? { server: { ...at, qrMs } } : {}),
  });
  server = await startConsoleServer({}, undefined, { channels: [recorder, number.channel], client: CLIENT });
  url = await server.app.listen({ port: 0, host: '127.0.0.1' });
}

async function openChannels(
  role: 'administrator' | 'supervisor',
): Promise<{ page: Page; problems: string[] }> {
  await server.addPerson(role, role);
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems = watchProblems(page);
  const signedIn = await context.request.post(`${url}/api/v1/session`, {
    headers: { 'x-requested-with': 'dering' },
    data: { username: role, password: PASSWORD },
  });
  expect(signedIn.status()).toBe(200);
  await page.goto(`${url}/console/settings/channels`);
  await page.getByRole('heading', { name: 'WhatsApp' }).waitFor();
  return { page, problems };
}

async function beginToLink(page: Page, phone?: string): Promise<void> {
  await page.getByRole('button', { name: 'Tautkan nomor' }).click();
  await page.getByText('Nomor ini dapat diblokir WhatsApp').waitFor();
  const begin = page.getByRole('button', { name: 'Mulai penautan' });
  expect(await begin.isDisabled()).toBe(true);
  if (phone !== undefined) {
    await page.getByRole('radio', { name: 'Ketik kode' }).check();
    await page.getByLabel('Nomor WhatsApp kantor').fill(phone);
  }
  await page.getByLabel('Saya memahami risiko ini').check();
  await begin.click();
}

/** The QR as the channel has it now; `not`: a later one. */
function shownBy(field: 'qr' | 'code', not?: string): Promise<string> {
  return number.server.changes.until(() => {
    const state: PairingState = number.channel.pairing.state();
    return state.phase === 'waiting' && state[field] !== not && state[field];
  }, `a ${field}`);
}

/** Waits until the page draws exactly this code: black squares read back from the picture. */
async function draws(page: Page, qr: string): Promise<void> {
  const { size, data } = create(qr, { errorCorrectionLevel: 'L' }).modules;
  const wanted = [...data.keys()].filter((index) => data[index]);
  await expect
    .poll(
      async () => {
        const path = (await page.locator('svg.qr path').getAttribute('d', { timeout: 10_000 })) ?? '';
        return [...path.matchAll(/M(\d+) (\d+)h/gu)].map(([, x, y]) => +x! - 4 + (+y! - 4) * size).join();
      },
      { timeout: 10_000 },
    )
    .toBe(wanted.join());
}

/** Colours on their way from one theme to the other are neither. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)));
  })()`);
}

async function inspect(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [viewport, colorScheme] of [
    [DESKTOP, 'light'],
    [DESKTOP, 'dark'],
    [PHONE, 'light'],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await painted(page);
    const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    if ((await page.evaluate<number>(over)) > 0) found.push(`${viewport.width} px: too wide`);
    found.push(...(await accessibilityProblems(page)));
  }
  await page.setViewportSize(DESKTOP);
  return found;
}

/** The card of WhatsApp. */
const card = (page: Page) =>
  page.locator('section', { has: page.getByRole('heading', { name: 'WhatsApp', exact: true }) });

describe('linking WhatsApp from the console', { timeout: 60_000 }, () => {
  it('by QR, live, and unlinking after a question; every step can be used by everyone', async () => {
    await start();
    const { page, problems } = await openChannels('administrator');
    await card(page).getByText('Belum ada nomor yang tertaut.').waitFor();
    const found = await inspect(page);
    await beginToLink(page);
    const qr = await shownBy('qr');
    await draws(page, qr);
    found.push(...(await inspect(page)));
    scan(number.server, NUMBER, qr);
    await page.getByText(`Nomor +${NUMBER} sudah tertaut.`).waitFor();
    found.push(...(await inspect(page)));
    await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).last().click();
    await card(page).getByText('Berjalan').waitFor();
    await card(page).getByText(`+${NUMBER}`).waitFor();

    await card(page).getByRole('button', { name: 'Putuskan tautan' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Putuskan tautan' }).click();
    await card(page).getByText('Belum tertaut dengan nomor').waitFor();
    await card(page).getByText('Terhenti').waitFor();
    await number.server.changes.until(() => number.server.accountOf(NUMBER).devices.size === 0);
    expect([found, problems]).toEqual([[], []]);
    await page.context().close();
  });

  it('by a code typed on the phone', async () => {
    await start();
    const { page, problems } = await openChannels('administrator');
    await beginToLink(page, `+${NUMBER}`);
    const code = await shownBy('code');
    await page.getByText(`${code.slice(0, 4)}-${code.slice(4)}`).waitFor();
    await number.server.changes.until(() => showsCode(number.server, NUMBER));
    await enterCode(number.server, NUMBER, code);
    await page.getByText(`Nomor +${NUMBER} sudah tertaut.`).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('the QR changes by itself; when no phone came the page says so and begins anew', async () => {
    await start(1_500);
    const { page, problems } = await openChannels('administrator');
    await beginToLink(page);
    await draws(page, await shownBy('qr', await shownBy('qr')));
    await page.getByText('Kode tidak dipakai sampai waktunya habis.').waitFor({ timeout: 30_000 });
    await page.getByLabel('Saya memahami risiko ini').check();
    await page.getByRole('button', { name: 'Mulai lagi' }).click();
    await draws(page, await shownBy('qr'));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('a supervisor sees how it stands, and has no way to link', async () => {
    await start();
    const { page, problems } = await openChannels('supervisor');
    await card(page).getByText('Hanya administrator yang dapat menautkan nomor.').waitFor();
    expect(await page.getByRole('button', { name: 'Tautkan nomor' }).count()).toBe(0);
    await number.channel.pairing.begin();
    await card(page).getByText('Menunggu ponsel').waitFor();
    expect(await page.locator('svg.qr').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
