import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Escalation } from '../../src/console/client/api/types/escalations.js';
import { addEscalation } from './fake-escalation-routes.js';
import { NOW, startConsole, type Console } from './open-console.js';

const MINE = 'DJPK-2026-000990';
const UNIT = 'dana-transfer-khusus';

let office: Console;
let page: Page;
const broken: string[] = [];

beforeAll(async () => {
  office = await startConsole();
}, 120_000);
afterAll(() => office.close());
beforeEach(() => {
  broken.length = 0;
});
afterEach(async () => {
  expect(broken).toEqual([]);
  await page.context().close();
});

async function open(path: string, username = 'joko'): Promise<void> {
  page = await office.open(path, { username });
  page.on('pageerror', (error) => broken.push(error.message));
  page.on('console', (line) => {
    if (line.text().includes('Content Security Policy')) broken.push(line.text());
  });
}

function asked(question = 'Apakah sisa DAK boleh dipakai?'): Escalation {
  const ticket = office.fake.data.tickets.find(({ number }) => number === MINE)!;
  const summary = 'Mohon dasar hukumnya.';
  return addEscalation(office.fake.data, ticket, NOW, {
    ...{ unitCode: UNIT, summary, question, byName: 'Sari Contoh' },
  });
}

/** As if somebody else had pressed. */
function happens(escalation: Escalation, step: 'claim' | 'answer', byName: string): void {
  escalation.version += 1;
  escalation.state = step === 'claim' ? 'claimed' : 'submitted';
  const { unit, version: n } = escalation;
  escalation.thread.push({ n, step, at: NOW.toISOString(), byId: 'x', byName, unit, workingMinutes: 5 });
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByRole('textbox', { name });
const thread = () => page.getByRole('region', { name: 'Riwayat eskalasi' });

describe('the desk of a unit', () => {
  test('is where its people land, and is worked by keyboard alone', async () => {
    asked('Pertanyaan dengan papan ketik?');
    await open('/');
    await page.waitForURL('**/console/desk');
    await page.locator('.row').last().waitFor();
    await page.locator('.row').last().focus();
    await page.keyboard.press('Enter');
    await button('Ambil').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Eskalasi Bapak/Ibu ambil').waitFor();
    await page.locator('.adaptive:focus').waitFor();
    await button('Jawab').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    for (let tabs = 0; tabs < 4; tabs += 1) {
      if ((await field('Jawaban').and(page.locator(':focus')).count()) > 0) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('Boleh, dengan laporan.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Peraturan Contoh Pasal 1');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Peraturan Contoh Pasal 2');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Jawaban dikirim kepada Kepala Subdit').waitFor();
    await thread().getByText('Boleh, dengan laporan.').waitFor();
    await thread().getByText('Peraturan Contoh Pasal 2').waitFor();
    const { answer } = office.fake.data.escalations.at(-1)!;
    expect(answer?.legalBasis).toEqual(['Peraturan Contoh Pasal 1', 'Peraturan Contoh Pasal 2']);
  });

  test('shows what people wrote as text, never as HTML or markup', async () => {
    const { id } = asked('<img src=x onerror=alert(1)> **tebal** [tautan](https://contoh.id)');
    await open(`/desk/open/${id}`);
    await page
      .locator('.adaptive')
      .getByText('<img src=x onerror=alert(1)> **tebal** [tautan](https://contoh.id)')
      .waitFor();
    expect(await page.locator('.adaptive img, .adaptive a').count()).toBe(0);
  });

  test('says who was faster, shows the card as it is now and keeps what was typed', async () => {
    const escalation = asked();
    await open(`/desk/open/${escalation.id}`);
    await button('Jawab').click();
    await field('Jawaban').fill('Jawaban yang panjang sekali');
    happens(escalation, 'claim', 'Putu Contoh');
    await button('Kirim ke Kepala Subdit').click();
    await page.getByRole('alert').getByText('Putu Contoh mengambil').waitFor();
    await button('Ambil').waitFor({ state: 'detached' });
    expect(await field('Jawaban').inputValue()).toBe('Jawaban yang panjang sekali');
    await button('Kirim ke Kepala Subdit').click();
    await thread().getByText('Jawaban yang panjang sekali').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('goes on under the hand of whoever writes when something changes, and keeps a draft over a reload', async () => {
    const escalation = asked();
    await open(`/desk/open/${escalation.id}`);
    await button('Jawab').click();
    await field('Jawaban').pressSequentially('Setengah ');
    happens(escalation, 'claim', 'Putu Contoh');
    office.fake.publish({ topic: 'escalation', id: escalation.id });
    await thread().getByText('Putu Contoh').waitFor();
    await page.keyboard.type('jadi');
    expect(await field('Jawaban').inputValue()).toBe('Setengah jadi');
    await page.reload();
    await button('Jawab').click();
    expect(await field('Jawaban').inputValue()).toBe('Setengah jadi');
  });

  test('keeps to read what was typed for a step that is over, and never puts it over another answer', async () => {
    const escalation = asked();
    happens(escalation, 'answer', 'Putu Contoh');
    const answer = { legalBasis: [], files: [], byId: 'x', byName: 'Putu Contoh', at: NOW.toISOString() };
    escalation.answer = { ...answer, text: 'Jawaban lama' };
    await open(`/desk/open/${escalation.id}`, 'wulan');
    await button('Setujui').click();
    await field('Jawaban').fill('Jawaban lama, diperbaiki');
    happens(escalation, 'answer', 'Putu Contoh');
    escalation.answer = { ...answer, text: 'Jawaban baru' };
    await button('Setujui jawaban ini').click();
    await page.getByRole('alert').getByText('Putu Contoh menjawab').waitFor();
    await page
      .getByRole('region', { name: /belum terkirim/u })
      .getByText('diperbaiki')
      .waitFor();
    expect(await field('Jawaban').inputValue()).toBe('Jawaban baru');
    await button('Buang tulisan ini').click();
    await page.getByRole('region', { name: /belum terkirim/u }).waitFor({ state: 'detached' });
  });

  test('takes files with an answer and gives them down again', async () => {
    const { id } = asked();
    await open(`/desk/open/${id}`);
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'Lampiran-Contoh.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
    });
    await page.getByText('8 B').waitFor();
    await button('Jawab').click();
    await field('Jawaban').fill('Lihat lampiran.');
    await button('Kirim ke Kepala Subdit').click();
    const link = thread().getByRole('link', { name: 'Unduh Lampiran-Contoh.pdf' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toContain(`/escalations/${id}/files/`);
  });
});

describe('the agent', () => {
  test('escalates, sees how it stands, and resolves with what was approved', async () => {
    const { data } = office.fake;
    const { number } = data.tickets.find(({ number: other }) => other !== MINE && other.endsWith('989'))!;
    await open(`/inbox/open/${number}`, 'sari');
    await button('Tindakan lain').click();
    await page.getByRole('menuitem', { name: 'Eskalasikan' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('3 hari kerja sejak pertanyaan').waitFor();
    await dialog.getByLabel('Ringkasan untuk unit').fill('Mohon dasar hukumnya.');
    await dialog.getByRole('button', { name: 'Kirim ke unit' }).click();
    const section = page.getByRole('region', { name: 'Eskalasi ke unit' });
    await section.getByText('Menunggu diambil').waitFor();
    await page.locator('.row', { hasText: number }).getByText('Menunggu unit').waitFor();

    const escalation = data.escalations.find(({ ticketNumber }) => ticketNumber === number)!;
    happens(escalation, 'answer', 'Joko Contoh');
    const at = NOW.toISOString();
    const basis = ['Peraturan Contoh Pasal 7'];
    const files = [{ fileId: 'f1', name: 'lampiran.pdf', mimeType: 'application/pdf', size: 1 }];
    escalation.answer = { text: 'Boleh.', legalBasis: basis, files, byId: 'x', byName: 'Joko', at };
    Object.assign(escalation, { state: 'approved', open: false });
    office.fake.publish({ topic: 'escalation', id: escalation.id });
    await section.getByText('Disetujui').waitFor();
    await page.keyboard.press('e');
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Jawaban' }).inputValue()).toBe('Boleh.');
    expect(await dialog.getByRole('textbox', { name: 'Dasar hukum 1' }).inputValue()).toBe(basis[0]);
    const enclose = dialog.getByRole('switch', { name: 'Kirim juga berkas dari unit (1)' });
    expect(await enclose.isChecked()).toBe(true);
  });

  test('hands over what the user answered with one press', async () => {
    const escalation = asked();
    escalation.state = 'asking';
    escalation.openQuestion = { n: 2, text: 'Untuk bidang apa?', at: NOW.toISOString() };
    office.fake.data.escalations = [escalation];
    await open(`/inbox/all/${MINE}`, 'sari');
    const section = page.getByRole('region', { name: 'Eskalasi ke unit' });
    await section.getByText('Untuk bidang apa?').waitFor();
    await button('Teruskan jawaban').click();
    await section.getByText('Dikerjakan unit').waitFor();
    expect(escalation.thread.at(-1)).toMatchObject({ step: 'user-answer', byName: 'Sari Contoh' });
  });

  test('says where the unit sees nothing in Teams, and why', async () => {
    const escalation = asked();
    escalation.cardFailure = 'recipient-unreachable';
    office.fake.data.escalations = [escalation];
    await open(`/inbox/all/${MINE}`, 'sari');
    await page.getByText(/Kartu di Teams tidak menunjukkan keadaan terakhir: Penerima tidak dapat/).waitFor();
  });

  test('takes a question back after being asked', async () => {
    const escalation = asked();
    office.fake.data.escalations = [escalation];
    await open(`/inbox/all/${MINE}`, 'sari');
    await button('Tarik eskalasi').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Tarik eskalasi' }).click();
    await page.getByRole('region', { name: 'Eskalasi ke unit' }).getByText('Ditarik').waitFor();
  });
});

describe('the administrator', () => {
  test('says until when a head is away, and who decides then', async () => {
    await open('/settings/topics', 'admin');
    await button('Ubah Subdirektorat Dana Transfer Khusus').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Pengganti Kepala Subdit').selectOption({ label: 'Joko Contoh' });
    await dialog.getByLabel('Kepala Subdit tidak masuk sampai dengan').fill('2026-03-06');
    await dialog.getByRole('button', { name: 'Simpan' }).click();
    await page.getByText('Kasubdit tidak masuk s.d. Jumat, 6 Maret 2026').waitFor();
    const saved = office.fake.data.units.find(({ code }) => code === UNIT);
    expect(saved).toMatchObject({ deputyId: 'joko', headAwayUntil: '2026-03-06' });
  });

  test('lets a topic escalate and answer by itself', async () => {
    await open('/settings/topics', 'admin');
    await button('Ubah DAK Fisik').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch', { name: 'Langsung dieskalasikan ke unit' }).check();
    await dialog.getByRole('switch', { name: 'Jawaban yang disetujui langsung dikirim' }).check();
    await dialog.getByRole('button', { name: 'Simpan' }).click();
    await page.getByText('Tersimpan').waitFor();
    const saved = office.fake.data.topics.find(({ code }) => code === 'dak-fisik');
    expect(saved).toMatchObject({ escalatesByItself: true, sendsApprovedAnswer: true });
  });
});
