import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

interface Page {
  items: { number: string }[];
  next: string | null;
}

let server: ConsoleServer;
let sari: Asker;
let budi: Asker;
let boss: Asker;

beforeAll(async () => {
  server = await startConsoleServer();
  sari = await server.signedInAs('sari', 'agent');
  budi = await server.signedInAs('budi', 'agent');
  boss = await server.signedInAs('ibu-kepala', 'supervisor');
});
afterAll(() => server.close());

describe('a ticket', () => {
  it('goes from the inbox to a BAK through the operations of the API (R-A2, R-A6)', async () => {
    const { number } = await server.openTicket();
    const inbox = (await sari.ask('GET', '/tickets?view=unassigned')).json<Page>();
    expect(inbox.items.map((item) => item.number)).toContain(number);

    const claimed = await sari.ask('POST', `/tickets/${number}/claim`, {});
    expect(claimed.json()).toMatchObject({ number, status: 'in-progress', assignee: { id: sari.staffId } });
    const taken = await budi.ask('POST', `/tickets/${number}/claim`, {});
    expect([taken.statusCode, taken.json<{ error: { code: string } }>().error.code]).toEqual([
      409,
      'ticket-taken',
    ]);

    const over = await sari.ask('POST', `/tickets/${number}/take-over`, {});
    expect(over.json()).toMatchObject({ holder: 'staff', holderName: 'sari Contoh' });

    const reply = { clientId: 'balasan-1', text: 'Baik, kami periksa.' };
    const first = (await sari.ask('POST', `/tickets/${number}/reply`, reply)).json<{
      items: { id: string }[];
    }>();
    const again = (await sari.ask('POST', `/tickets/${number}/reply`, reply)).json<{
      items: { id: string }[];
    }>();
    expect(first.items).toHaveLength(1);
    expect(again.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));

    const note = await sari.ask('POST', `/tickets/${number}/notes`, {
      clientId: 'catatan-1',
      text: 'Tanya bagian DAK.',
    });
    expect(note.json()).toMatchObject({ direction: 'note', author: { kind: 'staff', name: 'sari Contoh' } });

    const edited = await sari.ask('PATCH', `/tickets/${number}`, {
      topicCode: 'dau',
      profile: { position: 'Kabid', phone: '0812-3456-7890' },
    });
    expect(edited.json()).toMatchObject({
      topic: { code: 'dau' },
      profile: { position: 'Kabid', name: 'Sari Contoh', phone: '+6281234567890' },
    });

    const back = await sari.ask('POST', `/tickets/${number}/hand-back`, {});
    expect(back.json()).toMatchObject({ holder: 'bot', holderName: null });

    const answer = {
      answer: 'Tahap I disalurkan paling cepat bulan April.',
      legalBasis: ['PMK Contoh Pasal 1'],
    };
    const resolved = await sari.ask('POST', `/tickets/${number}/resolve`, answer);
    expect(resolved.statusCode).toBe(200);
    const ticket = resolved.json<{ minutes: { fileId: string; verificationUrl: string } }>();
    expect(ticket).toMatchObject({
      status: 'resolved',
      ...answer,
      minutes: { number: expect.stringContaining('BAK') as string },
    });

    const register = (await sari.ask('GET', '/minutes')).json<{ items: { ticketNumber: string }[] }>();
    expect(register.items).toContainEqual(expect.objectContaining({ ticketNumber: number }));
    const pdf = await sari.ask('GET', `/files/${ticket.minutes.fileId}`);
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const mails = (await sari.ask('GET', '/mails')).json<{ items: { id: string; ticketNumber: string }[] }>();
    const mail = mails.items.find(({ ticketNumber }) => ticketNumber === number);
    const source = await sari.ask('GET', `/mails/${mail?.id ?? ''}/source`);
    expect(source.headers['content-type']).toBe('message/rfc822');
    expect(source.body).toContain('Content-Type: application/pdf');

    const history = (await sari.ask('GET', `/tickets/${number}/history`)).json<{
      items: { name: string }[];
    }>();
    expect(history.items.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'ticket-opened',
        'ticket-claimed',
        'taken-over',
        'ticket-resolved',
        'minutes-issued',
      ]),
    );
    await server.engine.queue.idle();
    const messages = (await sari.ask('GET', `/tickets/${number}/messages`)).json<{
      items: { content: { kind: string } }[];
    }>();
    expect(messages.items.map(({ content }) => content.kind)).toContain('file');
    expect(messages.items.map(({ content }) => content.kind)).not.toContain('event');

    const page = await server.app.inject(new URL(ticket.minutes.verificationUrl).pathname);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(number);
  });

  it('is closed with a reason, given to a colleague by a supervisor only, and unknown numbers are 404', async () => {
    const { number } = await server.openTicket();
    const self = await budi.ask('POST', `/tickets/${number}/assign`, { staffId: sari.staffId });
    expect(self.statusCode).toBe(403);
    const assigned = await boss.ask('POST', `/tickets/${number}/assign`, { staffId: sari.staffId });
    expect(assigned.json()).toMatchObject({ assignee: { id: sari.staffId } });
    const closed = await sari.ask('POST', `/tickets/${number}/close`, { reason: 'Salah alamat.' });
    expect(closed.json()).toMatchObject({ status: 'closed', closeReason: 'Salah alamat.' });
    const late = await sari.ask('POST', `/tickets/${number}/reply`, { clientId: 'x', text: 'halo' });
    expect(late.json()).toMatchObject({ error: { code: 'ticket-closed' } });
    expect((await sari.ask('GET', '/tickets/DJPK-2026-999999')).statusCode).toBe(404);
  });

  it.each(['08123', 'besok', '+1 555 0100 0000 0000'])(
    'does not take %j for a telephone number',
    async (phone) => {
      const { number } = await server.openTicket();
      const refused = await sari.ask('PATCH', `/tickets/${number}`, { profile: { phone } });
      expect([refused.statusCode, refused.json<{ error: { fields: unknown } }>().error.fields]).toEqual([
        400,
        [{ path: 'profile.phone', message: 'Isian ini tidak sesuai.' }],
      ]);
    },
  );

  it('shows an administrator what it holds and lets them change nothing', async () => {
    const admin = await server.signedInAs('pengelola', 'administrator');
    const { number } = await server.openTicket();
    const shown = await admin.ask('GET', `/tickets/${number}`);
    expect(shown.json()).toMatchObject({ number, allowed: [] });
    expect((await admin.ask('POST', `/tickets/${number}/claim`, {})).statusCode).toBe(403);
  });
});

describe('paging', () => {
  it('shows every ticket that does not move exactly once while others arrive and change', async () => {
    const opened: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      server.clock.advance(1_000);
      opened.push((await server.openTicket()).number);
    }
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null && page < 50; page += 1) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { items, next } = (
        await sari.ask('GET', `/tickets?view=unassigned&limit=4${query}`)
      ).json<Page>();
      seen.push(...items.map(({ number }) => number));
      cursor = next;
      server.clock.advance(1_000);
      const newcomer = await server.openTicket();
      // One that was already shown moves to the top, as every change does.
      await boss.ask('PATCH', `/tickets/${seen[0] ?? newcomer.number}`, { question: `Perubahan ${page}` });
    }
    expect(cursor).toBeNull();
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((number) => opened.includes(number)).sort()).toEqual([...opened].sort());
  });

  it('shows the audit log newest first, without gaps while it grows', async () => {
    const all: string[] = [];
    let cursor = '';
    for (;;) {
      const { items, next } = (await boss.ask('GET', `/audit?limit=3${cursor}`)).json<{
        items: { id: string }[];
        next: string | null;
      }>();
      all.push(...items.map(({ id }) => id));
      await boss.ask('PATCH', '/session', { language: 'id' });
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(all).toEqual([...new Set(all)].sort().reverse());
    expect(all.length).toBeGreaterThan(8);
  });

  it('refuses a cursor that it did not give', async () => {
    for (const path of ['/tickets', '/audit', '/mails', '/minutes']) {
      const response = await boss.ask('GET', `${path}?cursor=abc`);
      expect([path, response.statusCode]).toEqual([path, 400]);
    }
  });
});
