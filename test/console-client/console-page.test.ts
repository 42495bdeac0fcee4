import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addMessage, addTicket } from './fake-data.js';
import { NOW, startConsole, type Console } from './open-console.js';

// Held by Sari, who is signed in, and one that nobody has yet.
const MINE = 'DJPK-2026-000990';
const WAITING = 'DJPK-2026-000999';
const LONG = 'DJPK-2026-001000';

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

async function open(path: string, options?: Parameters<Console['open']>[1]): Promise<void> {
  page = await office.open(path, options);
  page.on('pageerror', (error) => broken.push(error.message));
  page.on('console', (line) => {
    if (line.text().includes('Content Security Policy')) broken.push(line.text());
  });
}

const reply = () => page.getByRole('textbox', { name: 'Balas' });
const log = () => page.getByRole('log');

describe('working by keyboard alone', () => {
  test('from the list to a sent answer and back', async () => {
    await open('/inbox/mine');
    await page.locator('.row').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await log().waitFor();
    await page.keyboard.press('r');
    await reply().and(page.locator(':focus')).waitFor();
    await page.keyboard.type('jawaban cepat, tetap lengkap');
    await page.keyboard.press('Control+Enter');
    await log().getByText('jawaban cepat, tetap lengkap').waitFor();
    await log().getByRole('img', { name: 'Sampai' }).last().waitFor();
    expect(await reply().inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText('Pilih tiket untuk membuka percakapan').waitFor();
  });

  test('single keys do nothing while somebody types, or when they are turned off', async () => {
    await open(`/inbox/mine/${MINE}`);
    await reply().fill('');
    await reply().pressSequentially('enrc?/');
    expect(await reply().inputValue()).toBe('enrc?/');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('switch', { name: 'Pakai pintasan satu tombol' }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('the slash key searches all tickets', async () => {
    await open('/inbox/mine');
    await page.locator('.row').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('000960');
    await page.getByText('Hasil dari semua tiket').waitFor();
    await expect.poll(() => page.locator('.row').count()).toBe(1);
  });
});

describe('nothing that was written is lost', () => {
  test('a failed message stays, says why, and is sent once when tried again', async () => {
    await open(`/inbox/mine/${MINE}`);
    office.fake.failWrites(1);
    await reply().fill('Pesan yang sempat gagal');
    await page.getByRole('button', { name: 'Kirim' }).click();
    await page.getByText('Belum terkirim: Server sedang tidak dapat dihubungi.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Coba lagi' }).click();
    await expect.poll(() => page.getByText('Belum terkirim').count()).toBe(0);
    const sent = office.fake.data.messages
      .get(MINE)!
      .filter(({ content }) => content.kind === 'text' && content.text === 'Pesan yang sempat gagal');
    expect(sent).toHaveLength(1);
  });

  test('a draft survives a reload, each ticket and kind has its own', async () => {
    await open(`/inbox/mine/${MINE}`);
    await reply().fill('Belum selesai');
    await page.getByRole('radio', { name: 'Catatan' }).check({ force: true });
    await page.getByRole('textbox', { name: 'Catatan' }).fill('Untuk rekan');
    await page.reload();
    expect(await reply().inputValue()).toBe('Belum selesai');
    await page.getByRole('radio', { name: 'Catatan' }).check({ force: true });
    expect(await page.getByRole('textbox', { name: 'Catatan' }).inputValue()).toBe('Untuk rekan');
  });

  test('a refused file says why and keeps the text from going without it', async () => {
    await open(`/inbox/mine/${MINE}`);
    await reply().fill('Terlampir');
    const picker = page.locator('input[type=file]');
    await picker.setInputFiles({
      name: 'rekap.exe',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('MZ'),
    });
    await page.getByText('rekap.exe: Jenis berkas ini tidak diizinkan.').waitFor();
    expect(await page.getByRole('button', { name: 'Kirim' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Hapus rekap.exe' }).click();
    await picker.setInputFiles({
      name: 'lampiran.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4'),
    });
    await page.getByRole('button', { name: 'Kirim' }).click();
    await log().getByText('lampiran.pdf').waitFor();
  });
});

describe('live', () => {
  test('a new ticket and a new message appear without reloading', async () => {
    await open('/inbox/unassigned');
    await page.locator('.row').first().waitFor();
    await expect.poll(() => page.title()).toBe('(9) Dering');
    const ticket = addTicket(office.fake.data, new Date(NOW.getTime() + 60_000), 0);
    Object.assign(ticket, {
      number: 'DJPK-2026-001001',
      conversationId: 'conversation-new',
      conversationIds: ['conversation-elsewhere', 'conversation-new'],
      name: 'Tamu Contoh',
    });
    office.fake.publish({ topic: 'ticket', id: 'x', number: ticket.number });
    await page.getByRole('link', { name: /Tamu Contoh/ }).waitFor();
    await expect.poll(() => page.title()).toBe('(10) Dering');
    await page.getByRole('link', { name: /Tamu Contoh/ }).click();
    await log().waitFor();
    const at = NOW.toISOString();
    addMessage(office.fake.data, ticket, {
      direction: 'in',
      author: { kind: 'user', name: 'Tamu Contoh' },
      content: { kind: 'text', text: '<img src=x onerror=alert(1)> satu lagi' },
      sentAt: at,
      receivedAt: at,
      delivery: null,
    });
    office.fake.publish({ topic: 'message', id: 'm', conversationId: ticket.conversationId });
    await log().getByText('<img src=x onerror=alert(1)> satu lagi').waitFor();
  });

  test('a broken line is shown and heals by itself', async () => {
    await open('/inbox/mine');
    await page.getByText('Tersambung').waitFor();
    office.fake.cutStreams();
    await page.getByText('Terputus, mencoba lagi').first().waitFor();
    await page.getByText('Tersambung').waitFor();
    expect(await page.locator('.live-banner').count()).toBe(0);
  });

  test('older messages load above while the reader stays where the reader was', async () => {
    await open(`/inbox/all/${LONG}`);
    const bubbles = log().locator('.bubble');
    await bubbles.last().waitFor();
    await expect.poll(() => log().evaluate((box) => box.scrollTop)).toBeGreaterThan(0);
    // Older lines come only once the reader's place is measured.
    let letCome = (): void => undefined;
    const measured = new Promise<void>((resolve) => {
      letCome = resolve;
    });
    await page.route('**/messages?before=*', async (route) => {
      await measured;
      await route.continue();
    });
    const before = await bubbles.count();
    await log().evaluate((box) => box.scrollTo(0, 150));
    const reading = await bubbles.nth(4).elementHandle();
    await log().getByText('Memuat pesan sebelumnya…').waitFor();
    const place = (await reading.boundingBox())!.y;
    letCome();
    await expect.poll(() => bubbles.count()).toBeGreaterThan(before);
    expect(Math.abs((await reading.boundingBox())!.y - place)).toBeLessThan(4);
  });
});

describe('what is done to a ticket', () => {
  test('a colleague was faster: the page says so and shows the ticket as it is', async () => {
    await open(`/inbox/unassigned/${WAITING}`);
    await page.getByRole('button', { name: 'Ambil', exact: true }).waitFor();
    const ticket = office.fake.data.tickets.find(({ number }) => number === WAITING)!;
    ticket.assignee = { id: 'agus', name: 'Agus Contoh' };
    await page.getByRole('button', { name: 'Ambil', exact: true }).click();
    await page.getByText('Tiket sudah diambil Agus Contoh. Tampilan sudah disegarkan.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Ambil', exact: true }).count()).toBe(0);
  });

  test('resolving asks for the answer, keeps it, and ends with the minutes', async () => {
    await open(`/inbox/mine/${MINE}`);
    await log().waitFor();
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'Selesaikan dan terbitkan BAK' }).click();
    await page.getByText('Jawaban wajib diisi.').waitFor();
    await page.getByRole('textbox', { name: 'Jawaban' }).fill('Ya, langsung masuk ke RKUD.');
    await page.getByRole('textbox', { name: 'Dasar hukum 1' }).fill('PMK contoh, Pasal 1');
    await page.keyboard.press('Enter');
    await page.keyboard.type('PMK contoh, Pasal 2');
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'Selesaikan dan terbitkan BAK' }).click();
    await page.getByRole('complementary').getByText('BAK-000990/DJPK/2026').waitFor();
    const ticket = office.fake.data.tickets.find(({ number }) => number === MINE)!;
    expect(ticket).toMatchObject({
      answer: 'Ya, langsung masuk ke RKUD.',
      legalBasis: ['PMK contoh, Pasal 1', 'PMK contoh, Pasal 2'],
    });
  });

  test('on a phone list and conversation take turns, and details lie over them', async () => {
    await open('/inbox/mine', { width: 390, height: 844 });
    await page.locator('.row').first().click();
    await log().waitFor();
    expect(await page.getByRole('region', { name: 'Daftar tiket' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Rincian tiket' }).click();
    await page.getByRole('complementary', { name: 'Rincian tiket' }).waitFor();
    await page.getByRole('button', { name: 'Sembunyikan rincian' }).click();
    await page.getByRole('button', { name: 'Kembali ke daftar' }).click();
    await page.getByRole('region', { name: 'Daftar tiket' }).waitFor();
  });
});
