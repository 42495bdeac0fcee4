import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, openBrowser, watchProblems } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { askQuestion, openVisitor } from './visitor.js';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const SIGNED_OUT = /status of 401/u;
const NAME = 'Lastri Contoh';
const ANSWER = 'Sisa DAK Fisik dipakai untuk bidang yang sama (contoh).';
const BASIS = 'Peraturan Contoh Nomor 1 Tahun 2026 Pasal 12';

let demo: Demo;
let browser: Browser;
let number: string;
/** The user on a phone, the agent, somebody of the unit, and the Kepala Subdit. */
let chat: Page;
let agent: Page;
let member: Page;
let head: Page;
const problems: string[][] = [];

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
  [agent, member, head] = await Promise.all([signIn('sari'), signIn('andi'), signIn('hari')]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await demo.stop();
});

async function newPage(viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  problems.push(watchProblems(page, SIGNED_OUT));
  return page;
}

async function signIn(username: string): Promise<Page> {
  const page = await newPage(DESKTOP);
  await page.goto(`${demo.url}/console`);
  await page.getByLabel('Nama pengguna').fill(username);
  await page.getByLabel('Kata sandi', { exact: true }).fill(demo.password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await page.getByRole('navigation', { name: 'Menu utama' }).waitFor();
  return page;
}

const press = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true }).click();
const thread = (page: Page) => page.getByRole('region', { name: 'Riwayat eskalasi' });

async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(text);
}

/** Writes in the live chat and waits for the answer. */
async function say(text: string, answer: RegExp): Promise<void> {
  await chat.getByRole('textbox').fill(text);
  await chat.getByRole('textbox').press('Enter');
  await chat.getByText(answer).last().waitFor();
}

/** The whole way of a question that the contact centre cannot answer alone: R-A4, R-A5, R-A6. */
describe('an escalation', () => {
  it('begins with a question in the chat', async () => {
    const visitor = await openVisitor(demo.url);
    number = await askQuestion(visitor, NAME, 'Apakah sisa DAK fisik boleh dipakai tahun ini?');
    chat = await newPage(PHONE);
    await chat.context().addCookies([{ ...visitor.cookie, url: demo.url }]);
    await chat.goto(`${demo.url}/chat`);
    await chat.getByText(number).last().waitFor();
  });

  it('goes on with the agent, who sees when the answer is due (R-A4)', async () => {
    await agent.goto(`${demo.url}/console/inbox/all/${number}`);
    await press(agent, 'Tindakan lain');
    await agent.getByRole('menuitem', { name: 'Eskalasikan' }).click();
    const dialog = agent.getByRole('dialog');
    await dialog.getByText('3 hari kerja sejak pertanyaan').waitFor();
    await dialog.getByLabel('Ringkasan untuk unit').fill('Mohon dasar hukumnya.');
    await press(dialog, 'Kirim ke unit');
    const section = agent.getByRole('region', { name: 'Eskalasi ke unit' });
    await section.getByText('Menunggu diambil').waitFor();
    await agent.locator('.row', { hasText: number }).getByText('Menunggu unit').waitFor();
  });

  it('is taken by somebody of the unit, whose desk it is on without reloading', async () => {
    await member.waitForURL('**/console/desk');
    await member.locator('.row', { hasText: NAME }).click();
    await press(member, 'Ambil');
    await thread(member).getByText('mengambil').waitFor();
    await agent.getByRole('region', { name: 'Eskalasi ke unit' }).getByText('Dikerjakan unit').waitFor();
    expect(await accessibilityProblems(member)).toEqual([]);
  });

  it('asks the user in the chat, and the answer comes back to the desk', async () => {
    await press(member, 'Tanya pengguna');
    await fill(member, 'Pertanyaan kepada pengguna', 'Untuk bidang apa sisa itu?');
    await press(member, 'Kirim pertanyaan');
    await chat.getByText('Untuk bidang apa sisa itu?').last().waitFor();
    await say('Untuk bidang jalan.', /Dicatat/u);
    await say('selesai', /sudah diteruskan ke/u);
    await thread(member).getByText('Untuk bidang jalan.').waitFor();
  });

  it('is answered, returned with remarks and answered again', async () => {
    await press(member, 'Jawab');
    await fill(member, 'Jawaban', 'Boleh.');
    await press(member, 'Kirim ke Kepala Subdit');
    await thread(member).getByText('Boleh.').waitFor();

    await head.locator('.row', { hasText: NAME }).click();
    await press(head, 'Kembalikan');
    await fill(head, 'Catatan perbaikan', 'Sebutkan pasalnya.');
    await head.locator('.adaptive .ac-adaptiveCard .ac-adaptiveCard').getByRole('button').last().click();
    await thread(member).getByText('Sebutkan pasalnya.').waitFor();

    await press(member, 'Jawab');
    await fill(member, 'Jawaban', ANSWER);
    await fill(member, 'Dasar hukum', BASIS);
    await press(member, 'Kirim ke Kepala Subdit');
    await thread(head).getByText(ANSWER).waitFor();
  });

  it('is approved, and the answer waits for the agent with its legal basis', async () => {
    await press(head, 'Setujui');
    await press(head, 'Setujui jawaban ini');
    await thread(head).getByText('menyetujui jawaban').waitFor();
    await agent.getByRole('region', { name: 'Eskalasi ke unit' }).getByText('Disetujui').waitFor();
    await press(agent, 'Selesaikan');
    const dialog = agent.getByRole('dialog');
    expect(await dialog.getByRole('textbox', { name: 'Jawaban' }).inputValue()).toBe(ANSWER);
    expect(await dialog.getByRole('textbox', { name: 'Dasar hukum 1' }).inputValue()).toBe(BASIS);
    expect(await accessibilityProblems(agent)).toEqual([]);
    await press(dialog, 'Selesaikan dan terbitkan BAK');
  });

  it('reaches the user with legal basis and BAK (R-A6)', async () => {
    await chat.getByText(ANSWER).last().waitFor();
    await chat.getByText(BASIS).last().waitFor();
    await chat
      .getByRole('link', { name: /BAK-\d{6}-DJPK-\d{4}\.pdf/u })
      .last()
      .waitFor();
  });

  it('is over on the desk, where every step stands with who and when', async () => {
    await member.getByRole('radio', { name: 'Selesai' }).check({ force: true });
    await member.locator('.row', { hasText: NAME }).click();
    await thread(member).getByText('menyetujui jawaban').waitFor();
    const steps = await member.locator('.thread > li').allTextContents();
    const who = ['Sari', 'Andi', 'Andi', 'Lastri', 'Andi', 'Hari', 'Andi', 'Hari'];
    expect(steps.map((step) => step.split(' ')[0])).toEqual(who);
  });

  it('runs without script errors', () => {
    expect(problems.flat()).toEqual([]);
  });
});
