import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addEscalation } from './fake-escalation-routes.js';
import { NOW, startConsole, type Console } from './open-console.js';

const MINE = '/inbox/mine/DJPK-2026-000990';

/** Every page and every window over one; `then` is what opens it. */
const PLACES: readonly { name: string; path: string; then?: (page: Page) => Promise<void> }[] = [
  { name: 'inbox', path: '/inbox/unassigned' },
  { name: 'ticket in work', path: MINE },
  { name: 'resolved ticket', path: '/inbox/resolved/DJPK-2026-000975' },
  { name: 'resolve', path: MINE, then: (page) => press(page, 'Selesaikan') },
  {
    name: 'assign',
    path: MINE,
    then: async (page) => {
      await press(page, 'Tindakan lain');
      await page.getByRole('menuitem', { name: 'Tugaskan' }).click();
      await page.getByRole('button', { name: 'Agus Contoh' }).waitFor();
    },
  },
  { name: 'more actions', path: MINE, then: (page) => press(page, 'Tindakan lain') },
  {
    name: 'identity with region list',
    path: MINE,
    then: async (page) => {
      const edit = page.getByRole('button', { name: 'Ubah identitas' });
      if (!(await edit.isVisible())) await press(page, 'Rincian tiket');
      await edit.click();
      await page.getByRole('combobox', { name: 'Daerah' }).fill('ban');
      await page.getByRole('option', { name: /Kota Bandung/ }).waitFor();
    },
  },
  {
    name: 'note',
    path: MINE,
    then: (page) => page.getByRole('radio', { name: 'Catatan' }).check({ force: true }),
  },
  {
    name: 'escalate',
    path: MINE,
    then: async (page) => {
      await press(page, 'Tindakan lain');
      await page.getByRole('menuitem', { name: 'Eskalasikan' }).click();
      await page.getByText('3 hari kerja sejak pertanyaan').waitFor();
    },
  },
  { name: 'escalated ticket', path: '/inbox/mine/DJPK-2026-000989' },
  { name: 'desk', path: '/desk' },
  {
    name: 'card with a form',
    path: '/desk/open',
    then: async (page) => {
      await page.locator('.row').first().click();
      await press(page, 'Jawab');
      await page.getByRole('textbox', { name: 'Jawaban' }).waitFor();
    },
  },
  { name: 'shortcuts', path: '/account', then: (page) => page.keyboard.press('?') },
  { name: 'mails', path: '/mails' },
  {
    name: 'one mail',
    path: '/mails',
    then: (page) =>
      page
        .getByRole('link', { name: /^Buka surat/ })
        .first()
        .click(),
  },
  { name: 'minutes', path: '/minutes' },
  { name: 'staff', path: '/settings/staff' },
  { name: 'new staff', path: '/settings/staff', then: (page) => press(page, 'Tambah pegawai') },
  { name: 'holidays', path: '/settings/holidays' },
  { name: 'hours', path: '/settings/hours' },
  { name: 'topics', path: '/settings/topics' },
  { name: 'one topic', path: '/settings/topics', then: (page) => press(page, 'Ubah DAK Fisik') },
  { name: 'audit', path: '/settings/audit' },
  { name: 'overview', path: '/settings/overview' },
  { name: 'account', path: '/account' },
  { name: 'no such page', path: '/nowhere' },
];

let office: Console;
let axe = '';

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  office = await startConsole();
  // One person in every role, so that every page is there.
  office.fake.data.staff.find(({ id }) => id === 'sari')!.roles = [
    'agent',
    'supervisor',
    'administrator',
    'unit-member',
  ];
  const { data } = office.fake;
  const escalated = data.tickets.find(({ number }) => number === 'DJPK-2026-000989')!;
  const words = { summary: 'Mohon dasar hukumnya.', question: escalated.question, byName: 'Agus Contoh' };
  addEscalation(data, escalated, NOW, { unitCode: 'dana-desa', ...words });
}, 120_000);
afterAll(() => office.close());

describe.each([
  { theme: 'light', width: 1440 },
  { theme: 'dark', width: 1440 },
  { theme: 'light', width: 390 },
] as const)('every page keeps WCAG 2.1 AA, $theme at $width px', ({ theme, width }) => {
  test('signed in', { timeout: 180_000 }, async () => {
    const page = await office.open('/account', { theme, width, height: 800, bypassPolicy: true });
    const found: string[] = [];
    for (const { name, path, then } of PLACES) {
      await page.goto(`${office.fake.url}/console${path}`);
      await page.getByRole('main').waitFor();
      await expect.poll(() => page.locator('.skeleton').count()).toBe(0);
      await then?.(page);
      found.push(...(await check(page)).map((problem) => `${name}: ${problem}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
  });

  test('before sign-in', async () => {
    const page = await office.open('/', { username: 'nobody', theme, width, bypassPolicy: true });
    const found = await check(page);
    await page.goto(`${office.fake.url}/console/setup?token=first`);
    await page.getByRole('heading', { name: 'Siapkan akun' }).waitFor();
    found.push(...(await check(page)));
    await page.context().close();
    expect(found).toEqual([]);
  });
});

test('at 200 % on a 1280 px screen no page scrolls sideways', { timeout: 120_000 }, async () => {
  const page = await office.open('/account', { width: 640, height: 400 });
  const found: string[] = [];
  for (const { name, path } of PLACES.filter(({ then }) => !then)) {
    await page.goto(`${office.fake.url}/console${path}`);
    await page.getByRole('main').waitFor();
    await expect.poll(() => page.locator('.skeleton').count()).toBe(0);
    const over = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (over > 0) found.push(`${name} by ${String(over)} px`);
  }
  await page.context().close();
  expect(found).toEqual([]);
});

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** What axe finds, and anything that makes the page scroll sideways. */
async function check(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(`(async () => {
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    const found = violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target.join(' ')).join(', '));
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [...found, 'scrolls sideways by ' + (scrollWidth - clientWidth)] : found;
  })()`);
}
