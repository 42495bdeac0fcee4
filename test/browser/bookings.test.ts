import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, startConsoleServer, type ConsoleServer } from '../console/console-server.js';
import { readySample, requestSample, take, wib } from '../support/appointments.js';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';
import { MONDAY_MORNING } from '../support/services.js';

const CLIENT = new URL('../../dist/client/console/', import.meta.url).pathname;
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** A refused step is an answer with status 4xx, which the browser writes on its console. */
const REFUSED = /status of 4\d\d/u;
const MAROS = '73.09';

let browser: Browser;
let server: ConsoleServer;
let url: string;
let agent: Page;
let boss: Page;
/** The visit that is planned, dragged and displaced. */
let id: string;
const problems: string[][] = [];

beforeAll(async () => {
  [browser, server] = await Promise.all([
    openBrowser(),
    startConsoleServer({}, undefined, { client: CLIENT }),
  ]);
  url = await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { services } = server;
  id = (await readySample(services))._id;
  const other = await readySample(services, { region: MAROS });
  await take(services, other._id, wib('2026-03-06T13:00'));
  await requestSample(services, { kind: 'video-application', region: null });
  await server.addPerson('sari', 'agent');
  await server.addPerson('rina', 'supervisor');
  [agent, boss] = [await signIn('sari'), await signIn('rina')];
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function signIn(username: string): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  problems.push(watchProblems(page, REFUSED));
  await page.clock.setFixedTime(MONDAY_MORNING);
  await context.request.post(`${url}/api/v1/session`, {
    headers: { 'x-requested-with': 'dering' },
    data: { username, password: PASSWORD },
  });
  return page;
}

const press = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true }).click();
const agreed = async (): Promise<Date | undefined> =>
  (await server.services.models.appointments.findById(id).lean())?.agreed?.startsAt;

/** Opens the week of 2 March 2026. */
async function openWeek(page: Page): Promise<void> {
  await page.goto(`${url}/console/calendar?view=timeGridWeek&date=2026-03-05`);
  await page.locator('.grid-booking').first().waitFor();
}

/** The booking that begins at a time, e.g. "09.00" on a date yyyy-MM-dd. */
function at(page: Page, date: string, time: string): Locator {
  return page.locator(`.fc-timegrid-col[data-date="${date}"] .grid-booking`, { hasText: time });
}

/** Drags a booking with the mouse, as a person does, again where the page was just drawing it anew; the page asks, and is told yes. */
async function drag(page: Page, from: Locator, date: string, time: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Memindahkan waktu' });
  const asked = async (): Promise<boolean> => {
    const [start, day, row] = await Promise.all([
      from.boundingBox(),
      page.locator(`.fc-timegrid-col[data-date="${date}"]`).boundingBox(),
      page.locator(`.fc-timegrid-slot-lane[data-time="${time}:00"]`).boundingBox(),
    ]);
    if (!start || !day || !row) return false;
    await page.mouse.move(start.x + 20, start.y + 6);
    await page.mouse.down();
    await page.mouse.move(start.x + 24, start.y + 10);
    await page.mouse.move(day.x + day.width / 2, row.y + 8, { steps: 12 });
    await page.mouse.up();
    return dialog.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
  };
  await expect.poll(asked, { timeout: 15_000 }).toBe(true);
  await press(dialog, 'Pindahkan');
  await dialog.waitFor({ state: 'hidden' });
}

describe('bookings in the console', () => {
  it('are planned by an agent from the list, on a session that is free from the earliest day on (R-C1, R-C2)', async () => {
    await agent.goto(`${url}/console/bookings`);
    await agent.locator(`.row[data-number="${id}"]`).click();
    await press(agent, 'Jadwalkan');
    const dialog = agent.getByRole('dialog');
    await dialog.getByText('Paling awal Kamis, 5 Maret 2026').waitFor();
    await dialog.getByRole('radio', { name: '09.00' }).first().check();
    await press(dialog, 'Jadwalkan');
    const pane = agent.locator('.pane');
    await pane.getByText('Kamis, 5 Maret 2026').first().waitFor();
    await pane.getByText('menyepakati waktu').waitFor();
    expect(await agreed()).toEqual(wib('2026-03-05T09:00'));
    expect(await accessibilityProblems(agent)).toEqual([]);
  });

  it('are moved by dragging them in the week, after a question', async () => {
    await openWeek(agent);
    expect(await accessibilityProblems(agent)).toEqual([]);
    await drag(agent, at(agent, '2026-03-05', '09.00'), '2026-03-06', '10:00');
    await at(agent, '2026-03-06', '10.00').waitFor();
    await expect.poll(agreed, { timeout: 15_000 }).toEqual(wib('2026-03-06T10:00'));
  });

  it('go back with the reason where somebody else has the session (R-C3)', async () => {
    await drag(agent, at(agent, '2026-03-06', '10.00'), '2026-03-06', '13:00');
    await agent.locator('.toast-bad', { hasText: 'diambil orang lain' }).waitFor();
    await at(agent, '2026-03-06', '10.00').waitFor();
    expect(await agreed()).toEqual(wib('2026-03-06T10:00'));
  });

  it('go back for an agent where a rule forbids it', async () => {
    await drag(agent, at(agent, '2026-03-06', '10.00'), '2026-03-04', '10:00');
    await agent.locator('.toast-bad', { hasText: 'Kamis, 5 Maret 2026' }).waitFor();
    await at(agent, '2026-03-06', '10.00').waitFor();
  });

  it('are moved against a rule by a supervisor alone, who says why', async () => {
    await openWeek(boss);
    await drag(boss, at(boss, '2026-03-06', '10.00'), '2026-03-04', '10:00');
    const dialog = boss.getByRole('dialog', { name: 'Mengecualikan aturan' });
    await dialog.getByLabel('Alasan').fill('Bupati hanya hadir hari itu.');
    await press(dialog, 'Kecualikan dan simpan');
    await at(boss, '2026-03-04', '10.00').waitFor();
    await at(agent, '2026-03-04', '10.00').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    const opened = async (): Promise<string> => {
      // Lost where the page draws the booking anew just then.
      if (!boss.url().includes('/bookings/')) await at(boss, '2026-03-04', '10.00').press('Enter');
      return boss.url();
    };
    await expect.poll(opened, { timeout: 15_000 }).toContain(id);
    await boss.getByText('Dikecualikan: tenggang waktu sejak surat diterima').waitFor();
    await boss.getByText('Bupati hanya hadir hari itu.').waitFor();
  });

  it('lose their time when their day is closed, which is said before, and wait to be planned again', async () => {
    await openWeek(agent);
    await press(agent, 'Tutup hari atau sesi');
    const dialog = agent.getByRole('dialog');
    await dialog.getByLabel('Tanggal').fill('2026-03-04');
    await dialog.getByText('1 jadwal akan dilepas').waitFor();
    await dialog.getByLabel('Alasan').fill('Ruang VC diperbaiki');
    await press(dialog, 'Simpan penutupan');
    await agent.getByRole('heading', { name: 'Penutupan' }).waitFor();
    await expect.poll(agreed, { timeout: 15_000 }).toBeUndefined();
    await agent.goto(`${url}/console/bookings/planning/${id}`);
    await agent.getByText('surat baru tidak diperlukan').waitFor();
  });

  it('can be worked on a phone, in the dark, without breaking the frame', async () => {
    const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    await agent.setViewportSize(PHONE);
    await agent.emulateMedia({ colorScheme: 'dark' });
    for (const path of [`bookings/planning/${id}`, 'bookings', 'calendar?date=2026-03-06']) {
      await agent.goto(`${url}/console/${path}`);
      await agent.locator('.row:visible, .grid-booking:visible, .booking-section:visible').first().waitFor();
      expect([path, await agent.evaluate<number>(over)]).toEqual([path, 0]);
      expect([path, await accessibilityProblems(agent)]).toEqual([path, []]);
    }
  });

  it('show no script errors', () => {
    expect(problems.flat()).toEqual([]);
  });
});
