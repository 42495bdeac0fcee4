import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** What a window of 1440 pixels has at 200 %. */
const ZOOMED = { width: 720, height: 450 };
/** Before sign-in the page asks who is there, and is told nobody. */
const NOBODY_THERE = /status of 401/u;
const NOT_FOUND = 'Halaman tidak ditemukan';

const VIEWS = [
  ...['unassigned', 'mine', 'open', 'overdue', 'complaints', 'suggestions', 'waiting-unit'],
  ...['resolved', 'closed', 'all'],
];
const MENU_VIEWS = VIEWS.filter((view) => view !== 'all').map((view) => `/inbox/${view}`);
const RECORDS = ['/mails', '/minutes'];
const SETTINGS = ['staff', 'holidays', 'hours', 'clocks', 'rooms', 'topics', 'overview', 'channels'].map(
  (name) => `/settings/${name}`,
);
const AUDIT = '/settings/audit';
const CHANNELS = '/settings/channels';
const DESK = '/desk';
/** For the contact centre and the units alike. */
const BOOKINGS = ['/bookings', '/calendar', '/letters'];
const RECEPTION = '/reception';
const BOOKING_VIEWS = ['planning', 'waiting', 'scheduled', 'over', 'closed'];

let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

interface Visit {
  page: Page;
  /** Script errors, errors on the page's console (a request the content policy refuses is one) and broken requests. */
  problems: string[];
}

async function openPage(username?: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems = watchProblems(page, username === undefined ? NOBODY_THERE : undefined);
  page.on('response', (response) => {
    if (response.status() >= 400 && !(username === undefined && response.status() === 401))
      problems.push(`${response.status()} ${response.url()}`);
  });
  if (username !== undefined) {
    const signedIn = await context.request.post(`${demo.url}/api/v1/session`, {
      headers: { 'x-requested-with': 'dering' },
      data: { username, password: demo.password },
    });
    expect(signedIn.status()).toBe(200);
  }
  return { page, problems };
}

async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${demo.url}/console${path}`);
  await settled(page);
}

/** Nothing loads any more: no placeholder stands, and there is something to read. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('main').first().waitFor();
  await expect.poll(() => page.locator('.skeleton').count(), { timeout: 10_000 }).toBe(0);
}

async function wider(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Colours on their way from one theme to the other are neither. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)));
  })()`);
}

/** What is wrong with the page as it stands: light and dark, on a desk, on a phone, at 200 %. */
async function inspect(page: Page): Promise<string[]> {
  const found: string[] = [];
  const check = async (how: string): Promise<void> => {
    await painted(page);
    found.push(...(await accessibilityProblems(page)).map((problem) => `${how}: ${problem}`));
  };
  await page.emulateMedia({ colorScheme: 'light' });
  await check('light');
  for (const [how, viewport] of [
    ['at 200 %', ZOOMED],
    ['at 390 px', PHONE],
  ] as const) {
    await page.setViewportSize(viewport);
    await painted(page);
    const over = await wider(page);
    if (over > 0) found.push(`${how}: ${over} px too wide`);
  }
  await check('at 390 px');
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: 'dark' });
  await check('dark');
  return found;
}

/** The tickets of the demo, one of each status and kind of holder. */
async function samples(page: Page): Promise<string[]> {
  const answer = await page.request.get(`${demo.url}/api/v1/tickets?view=all&limit=100`);
  const { items } = (await answer.json()) as { items: { number: string; status: string; holder: string }[] };
  const one = new Map(items.map((ticket) => [`${ticket.status} ${ticket.holder}`, ticket.number]));
  expect(new Set(items.map(({ status }) => status))).toEqual(
    new Set(['open', 'in-progress', 'waiting-user', 'waiting-unit', 'scheduled', 'resolved', 'closed']),
  );
  return [...one.values()];
}

describe('every page can be used by everyone, in light and dark, on a desk, a phone and at 200 %', () => {
  async function visit(page: Page, paths: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const path of paths) {
      await go(page, path);
      if ((await page.getByText(NOT_FOUND).count()) > 0) found.push(`${path}: not found`);
      found.push(...(await inspect(page)).map((problem) => `${path} ${problem}`));
    }
    return found;
  }

  it('before sign-in', { timeout: 60_000 }, async () => {
    const { page, problems } = await openPage();
    expect(await visit(page, ['', '/setup?token=unknown'])).toEqual([]);
    await page.getByText('Tautan tidak berlaku').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('the inbox and a ticket of every status', { timeout: 120_000 }, async () => {
    const { page, problems } = await openPage('sari');
    const tickets = await samples(page);
    const paths = [
      ...VIEWS.map((view) => `/inbox/${view}`),
      ...tickets.map((number) => `/inbox/all/${number}`),
    ];
    expect(await visit(page, paths)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('bookings in every state, and the calendar', { timeout: 120_000 }, async () => {
    const { page, problems } = await openPage('sari');
    const paths = BOOKING_VIEWS.map((view) => `/bookings/${view}`);
    for (const view of BOOKING_VIEWS) {
      const answer = await page.request.get(`${demo.url}/api/v1/appointments?view=${view}&limit=1`);
      const { items } = (await answer.json()) as { items: { id: string }[] };
      paths.push(...items.map(({ id }) => `/bookings/${view}/${id}`));
    }
    expect(paths.length).toBeGreaterThan(BOOKING_VIEWS.length + 2);
    const calendars = ['timeGridDay', 'timeGridWeek', 'dayGridMonth'].map((view) => `/calendar?view=${view}`);
    expect(await visit(page, [...paths, ...calendars])).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('the desk of a unit and what lies on it', { timeout: 120_000 }, async () => {
    const { page, problems } = await openPage('andi');
    const answer = await page.request.get(`${demo.url}/api/v1/escalations?view=open&limit=100`);
    const { items } = (await answer.json()) as { items: { id: string; state: string }[] };
    const one = new Map(items.map(({ id, state }) => [state, `/desk/open/${id}`]));
    expect(one.size).toBeGreaterThan(1);
    expect(await visit(page, [DESK, '/desk/closed', ...one.values()])).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('records, settings and account', { timeout: 120_000 }, async () => {
    const { page, problems } = await openPage('admin');
    expect(await visit(page, [...RECORDS, ...SETTINGS, AUDIT, '/account'])).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe('the menu offers what a role may do, and nothing else', () => {
  it.each([
    ['sari', [...MENU_VIEWS, ...RECORDS, ...BOOKINGS], [...SETTINGS, AUDIT, DESK]],
    [
      'rina',
      [...MENU_VIEWS, ...RECORDS, ...BOOKINGS, RECEPTION, DESK, CHANNELS, AUDIT],
      SETTINGS.filter((path) => path !== CHANNELS),
    ],
    ['andi', [DESK, ...BOOKINGS], [...RECORDS, ...SETTINGS, AUDIT, RECEPTION]],
    ['admin', [...MENU_VIEWS, ...RECORDS, ...BOOKINGS, ...SETTINGS, AUDIT], [DESK]],
  ])('%s', { timeout: 60_000 }, async (username, offered, refused) => {
    const { page, problems } = await openPage(username);
    await go(page, '');
    const menu = page.getByRole('navigation', { name: 'Menu utama' });
    const entries = await menu.getByRole('link').evaluateAll((links) =>
      // Runs in the page; the attribute is there on every link of the menu.
      links.map((link) => link.getAttribute('href') ?? ''),
    );
    expect([...entries].sort()).toEqual([...offered, '/account'].map((path) => `/console${path}`).sort());
    for (const href of entries) {
      const entry = menu.locator(`a[href="${href}"]`);
      await entry.click();
      await page.waitForURL(`**${href}`);
      await settled(page);
      expect(await page.getByText(NOT_FOUND).count(), href).toBe(0);
      if (href !== '/console/account') expect(await entry.getAttribute('aria-current')).toBe('page');
      const title = await page.getByRole('heading', { level: 1 }).textContent();
      expect(title, href).toMatch(/\p{L}{3}/u);
    }
    for (const path of refused) {
      await go(page, path);
      await page.getByText(NOT_FOUND).first().waitFor();
      await page.getByText('bukan untuk peran Anda').waitFor();
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('names every administrator page to the server too: it refuses whoever may not see it', async () => {
    const { page } = await openPage('sari');
    for (const path of ['staff', 'audit', 'overview']) {
      const answer = await page.request.get(`${demo.url}/api/v1/${path}`, {
        headers: { 'accept-language': 'id' },
      });
      expect(answer.status(), path).toBe(403);
      expect(await answer.text()).toContain('Peran Anda belum mencakup tindakan ini');
    }
    await page.context().close();
  });

  it('an unknown address and an unknown ticket are said politely, with a way back', async () => {
    const { page } = await openPage('sari');
    await go(page, '/tidak-ada');
    await page.getByRole('link', { name: 'Ke kotak masuk' }).click();
    await page.locator('.row').first().waitFor();
    await go(page, '/inbox/all/DJPK-1999-000001');
    await page.getByText('Tiket tidak ditemukan').waitFor();
    await page.getByRole('button', { name: 'Kembali ke daftar' }).click();
    await page.waitForURL('**/inbox/all');
    await page.context().close();
  });

  it('on a phone the menu opens, leads on and closes again', async () => {
    const { page } = await openPage('admin');
    await page.setViewportSize(PHONE);
    await go(page, '');
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('link', { name: 'Hari libur' }).click();
    await page.getByRole('heading', { name: 'Hari libur' }).waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: 'Menu', exact: true }).getAttribute('aria-expanded'))
      .toBe('false');
    await page.context().close();
  });
});
