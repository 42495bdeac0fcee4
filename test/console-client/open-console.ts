import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as browsers, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';
import { startFakeApi, type FakeApi } from './fake-api.js';
import { PASSWORD } from './fake-data.js';

/** Monday, 10.00 WIB: what the pretended server and the page take for now. */
export const NOW = new Date('2026-03-02T03:00:00Z');

export interface Console {
  fake: FakeApi;
  /** A signed-in page of its own, at a path below /console. */
  open: (path: string, options?: OpenOptions) => Promise<Page>;
  close: () => Promise<void>;
}

interface OpenOptions {
  username?: string;
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** axe is put into the page from outside, which the content policy rightly forbids. */
  bypassPolicy?: boolean;
}

/** Builds the page, starts the pretended server and a browser. */
export async function startConsole(): Promise<Console> {
  // A folder of its own: test files run side by side, and one must not clear away what another serves.
  const folder = await mkdtemp(join(tmpdir(), 'dering-console-'));
  await build({
    configFile: fileURLToPath(new URL('../../vite.console.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: folder },
  });
  const fake = await startFakeApi({ now: NOW, page: folder });
  const browser = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox'],
  });
  return {
    fake,
    open: (path, options) => openPage(browser, fake, path, options),
    close: async () => {
      await browser.close();
      await fake.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function openPage(
  browser: Browser,
  fake: FakeApi,
  path: string,
  options: OpenOptions = {},
): Promise<Page> {
  const { username = 'sari', theme = 'light', width = 1440, height = 900, bypassPolicy = false } = options;
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'id-ID',
    bypassCSP: bypassPolicy,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.request.post(`${fake.url}/api/v1/session`, {
    headers: { 'x-requested-with': 'dering' },
    data: { username, password: PASSWORD },
  });
  await page.goto(`${fake.url}/console${path}`);
  await page.getByRole('main').waitFor();
  return page;
}
