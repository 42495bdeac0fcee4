import { create } from 'qrcode';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/models/staff.js';
import { assignConsultant } from '../../src/services/appointments/assign-consultant.js';
import { visitCode } from '../../src/services/appointments/visit-code.js';
import { PASSWORD, startConsoleServer, type ConsoleServer } from '../console/console-server.js';
import { readySample, take, wib } from '../support/appointments.js';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';

const CLIENT = new URL('../../dist/client/console/', import.meta.url).pathname;
const TABLET = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };
/** A refused step is an answer with status 4xx, which the browser writes on its console. */
const REFUSED = /status of 4\d\d/u;
const PATIENT = { timeout: 15_000 };

let browser: Browser;
let server: ConsoleServer;
let url: string;
let code: string;
let id: string;
let desk: Page;
let boss: Page;
let consultant: Page;
const problems: string[][] = [];

beforeAll(async () => {
  server = await startConsoleServer({}, undefined, { client: CLIENT });
  browser = await openBrowser();
  url = await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { services } = server;
  const visit = await readySample(services);
  id = visit._id;
  code = visitCode(services, visit);
  await take(services, id, wib('2026-03-05T09:00'));
  const later = await readySample(services, { region: '73.09' });
  await take(services, later._id, wib('2026-03-05T10:00'));
  server.clock.moveTo(wib('2026-03-05T08:40'));
  [desk, boss, consultant] = [
    await signIn('rara', 'receptionist'),
    await signIn('rina', 'supervisor'),
    await signIn('andi', 'unit-member'),
  ];
  const unitCode = visit.unitCode;
  await services.models.staff.updateOne({ _id: 'staff-andi' }, { $set: { unitCode } });
  const actor = { staffId: 'staff-rina', name: 'rina Contoh', roles: ['supervisor'] };
  await assignConsultant(services, { id, consultantId: 'staff-andi', actor, now: server.clock.now() });
  await itIs('08:40');
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function signIn(username: string, role: Role): Promise<Page> {
  await server.addPerson(username, role);
  const context = await browser.newContext({ viewport: TABLET, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  problems.push(watchProblems(page, REFUSED));
  await context.request.post(`${url}/api/v1/session`, {
    headers: { 'x-requested-with': 'dering' },
    data: { username, password: PASSWORD },
  });
  return page;
}

/** Moves server and pages to a time of Thursday, 5 March 2026 (WIB). */
async function itIs(time: string): Promise<void> {
  server.clock.moveTo(wib(`2026-03-05T${time}`));
  for (const page of [desk, boss]) await page.clock.setFixedTime(server.clock.now());
}

const press = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true }).click();
const place = (page: Page, name: string) => page.locator('.visit-step', { hasText: name });
const stored = () => server.services.models.appointments.findById(id).lean();

/** Shows the page a camera that sees the code. */
async function giveCamera(page: Page, text: string): Promise<void> {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark = [...data.keys()].filter((index) => data[index]);
  await page.addInitScript(`
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = ${(size + 8) * 8};
    const draw = canvas.getContext('2d');
    const paint = () => {
      draw.fillStyle = '#fff';
      draw.fillRect(0, 0, canvas.width, canvas.height);
      draw.fillStyle = '#000';
      for (const at of ${JSON.stringify(dark)})
        draw.fillRect((4 + at % ${size}) * 8, (4 + Math.floor(at / ${size})) * 8, 8, 8);
    };
    setInterval(paint, 50);
    const media = { getUserMedia: async () => canvas.captureStream(20) };
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: media });
  `);
}

/** Draws strokes from left to right over the pad. */
async function sign(page: Page, strokes: number): Promise<void> {
  const box = (await page.locator('.signature-pad').boundingBox())!;
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    const y = box.y + box.height * (0.3 + 0.2 * stroke);
    await page.mouse.move(box.x + box.width * 0.2, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, y + 30, { steps: 8 });
    await page.mouse.move(box.x + box.width * 0.8, y - 20, { steps: 8 });
    await page.mouse.up();
  }
}

/** A day of a visit (R-C2, R-C5, R-C8, R-C9). */
describe('the reception', () => {
  it('begins with the visits of the day', async () => {
    await desk.goto(`${url}/console`);
    await desk.waitForURL('**/console/reception');
    await desk.getByText('Kamis, 5 Maret 2026').waitFor();
    expect(await desk.locator('.visit-card').count()).toBe(2);
    expect(await accessibilityProblems(desk)).toEqual([]);
  });

  it('finds a visit by a name, and by a code that a scanner types', async () => {
    const box = desk.getByRole('textbox', { name: 'Cari kunjungan' });
    await box.fill('budi');
    await desk.getByRole('region', { name: 'Hasil pencarian' }).getByText('09.00').waitFor();
    await box.fill('entah siapa');
    await desk.getByText('Kunjungan tidak ditemukan').waitFor();
    await box.fill('');
    await box.pressSequentially(code);
    await box.press('Enter');
    await desk.waitForURL(`**/reception/visits/${id}`);
  });

  it('finds it by the code that the camera sees', async () => {
    await giveCamera(desk, code);
    await desk.goto(`${url}/console/reception`);
    await press(desk, 'Pindai kode');
    await desk.waitForURL(`**/reception/visits/${id}`);
    expect(await desk.getByRole('dialog').count()).toBe(0);
  });

  it('is kind to guests who come at another time (R-C2)', async () => {
    await desk.goto(`${url}/console/reception/visits/${id}`);
    await itIs('08:45');
    const [, later] = await server.services.models.appointments.find().sort({ 'agreed.startsAt': 1 }).lean();
    await boss.goto(`${url}/console/reception/visits/${later?._id ?? ''}`);
    await boss.getByText('Belum waktunya: tamu diterima Kamis, 5 Maret 2026 pukul 09.30–11.00 WIB').waitFor();
    await boss.getByLabel('Kartu tamu untuk Sari Contoh').fill('12');
    await boss.getByLabel('Identitas sudah diperiksa').check();
    await press(boss, 'Terima tamu');
    await boss.getByText('Tamu hanya diterima pada hari kunjungannya').waitFor();
  });

  it('takes the identity cards in exchange for guest cards', async () => {
    const form = place(desk, 'Terima tamu');
    expect(await form.getByRole('button', { name: 'Terima tamu' }).isDisabled()).toBe(true);
    await form.getByLabel('Kartu tamu untuk Sari Contoh').fill('12');
    await form.getByLabel('Kartu tamu untuk Budi Contoh').fill('13');
    await form.getByLabel('Identitas sudah diperiksa').check();
    expect(await accessibilityProblems(desk)).toEqual([]);
    await press(form, 'Terima tamu');
    await desk.getByText('Datang pukul 08.45 WIB, kartu tamu 12, 13').waitFor();
  });

  it('calls the consultant, and the page of somebody else follows without reloading', async () => {
    await boss.goto(`${url}/console/reception/visits/${id}`);
    await itIs('08:50');
    const call = desk.getByRole('button', { name: 'Panggil konsultan' });
    await expect.poll(() => call.isEnabled(), PATIENT).toBe(true);
    await call.press('Enter');
    const focused = "document.activeElement?.querySelector('h2')?.textContent";
    await expect.poll(() => desk.evaluate<string>(focused), PATIENT).toBe('Konsultan menemui tamu');
    await boss.getByText('Konsultan dipanggil').first().waitFor();
    await boss.getByText('Konsultan: 0 dari 10 menit').waitFor();
  });

  it('shows in red that the 10 minutes are over', async () => {
    await itIs('09:03');
    await desk.reload();
    const clock = desk.locator('.visit-clock.due-late');
    await clock.getByText('Konsultan: 13 dari 10 menit').waitFor();
    expect(await accessibilityProblems(desk)).toEqual([]);
    await press(desk, 'Konsultan sudah datang');
    await place(desk, 'Konsultan menemui tamu').getByText('Pukul 09.03 WIB').waitFor();
  });

  it('has guests sign on the screen with undo, or on paper (R-C9)', async () => {
    await press(desk, 'Tanda tangan di layar: Sari Contoh');
    const dialog = desk.getByRole('dialog');
    const keep = dialog.getByRole('button', { name: 'Simpan tanda tangan' });
    expect(await keep.isDisabled()).toBe(true);
    await sign(desk, 1);
    await press(dialog, 'Urungkan');
    expect(await keep.isDisabled()).toBe(true);
    await sign(desk, 2);
    expect(await accessibilityProblems(desk)).toEqual([]);
    await keep.click();
    await desk.getByRole('img', { name: 'Tanda tangan Sari Contoh' }).waitFor();
    const width = "document.querySelector('.guest-signature img').naturalWidth";
    await expect.poll(() => desk.evaluate<number>(width), PATIENT).toBe(1000);
    await press(desk, 'Hadir, tanda tangan di kertas: Budi Contoh');
    await desk.getByText('Tanda tangan di kertas').waitFor();
  });

  it('checks the SPPD, which the supervisor signs (R-C5)', async () => {
    const orders = place(desk, 'SPPD').first();
    await orders.getByLabel('Nomor SPPD Sari Contoh').fill('SPD-001/2026');
    await orders.getByLabel('Nomor SPPD Budi Contoh').fill('SPD-002/2026');
    await press(orders, 'Simpan nomor SPPD');
    await orders.getByText('Menunggu tanda tangan Supervisor').waitFor();
    await press(boss, 'Tanda tangani 2 SPPD');
    await orders.getByText('Budi Contoh: SPD-002/2026, ditandatangani').waitFor();
  });

  it('waits for the BAK of the consultant, prints it and hands it over', async () => {
    await desk.getByText('Menunggu BAK dari Petugas Konsultan').waitFor();
    const report = { step: 'report', answer: 'Jawaban contoh.', legalBasis: [], recordingUrl: null };
    const written = await consultant.context().request.post(`${url}/api/v1/appointments/${id}/steps`, {
      headers: { 'x-requested-with': 'dering' },
      data: report,
    });
    expect(written.status()).toBe(200);
    const link = desk.getByRole('link', { name: 'Cetak BAK' });
    await link.waitFor();
    const paper = await desk.context().request.get(`${url}${(await link.getAttribute('href')) ?? ''}`);
    expect(paper.headers()['content-type']).toBe('application/pdf');
    await press(desk, 'BAK dan SPPD sudah diserahkan');
    await place(desk, 'Serahkan BAK dan SPPD').getByText('Pukul 09.03 WIB').waitFor();
  });

  it('gives the identity cards back', async () => {
    await itIs('09:40');
    await desk.getByText('Terima kembali kartu tamu 12, 13').waitFor();
    await press(desk, 'Identitas dan kartu sudah ditukar kembali');
    await desk.getByText('Sudah pulang').waitFor();
    await desk.getByText('Kunjungan: 55 dari 60 menit').waitFor();
    expect(await stored()).toMatchObject({ state: 'done', visit: { leftAt: wib('2026-03-05T09:40') } });
    const facts = await server.services.models.serviceEvents
      .find({ name: /^appointment-(meet|leave)$/u })
      .lean();
    expect(facts.map(({ name, facts: { minutes, late } }) => [name, minutes, late])).toEqual([
      ['appointment-meet', 13, true],
      ['appointment-leave', 55, false],
    ]);
  });

  it('tells somebody without a schedule how to have one, also across the table (R-C2)', async () => {
    await desk.goto(`${url}/console/reception`);
    await desk.getByRole('link', { name: 'Tanpa jadwal' }).click();
    await desk.getByText('Mohon maaf, konsultasi tatap muka').waitFor();
    await desk.getByRole('img', { name: 'Kode QR menuju percakapan' }).waitFor();
    await press(desk, 'Catat satu kedatangan');
    await desk.getByText('Hari ini 1 kedatangan tanpa jadwal').waitFor();
    await press(desk, 'Putar untuk tamu');
    expect(await desk.locator('.for-guest-turned').count()).toBe(1);
    expect(await accessibilityProblems(desk)).toEqual([]);
  });

  it.each([
    ['a phone in the dark', PHONE, 'dark'],
    ['a tablet by day', TABLET, 'light'],
  ] as const)('keeps WCAG 2.1 AA and scrolls no page sideways on %s', async (_where, size, colorScheme) => {
    await desk.setViewportSize(size);
    await desk.emulateMedia({ colorScheme });
    for (const path of ['', `/visits/${id}`, '/unscheduled']) {
      await desk.goto(`${url}/console/reception${path}`);
      await desk.getByRole('main').waitFor();
      await expect.poll(() => desk.locator('.skeleton').count(), PATIENT).toBe(0);
      expect([path, await accessibilityProblems(desk)]).toEqual([path, []]);
      const over = await desk.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([path, over]).toEqual([path, 0]);
    }
  });

  it('speaks the language of the reader', async () => {
    const headers = { 'x-requested-with': 'dering' };
    await boss.context().request.patch(`${url}/api/v1/session`, { headers, data: { language: 'en' } });
    await boss.goto(`${url}/console/reception/visits/${id}`);
    await boss.getByText('Arrived at 08:45 WIB, guest card 12, 13').waitFor();
    expect(
      await boss
        .locator('.reception')
        .getByText(/\b(tamu|kunjungan|pukul)\b/iu)
        .count(),
    ).toBe(0);
  });

  it('runs without script errors', () => {
    expect(problems.flat()).toEqual([]);
  });
});
