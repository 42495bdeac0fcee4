import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceContext } from '../../../src/services/service-context.js';
import { createMailTransport } from '../../../src/services/mail/create-mail-transport.js';
import { getMail, mailSource } from '../../../src/services/mail/get-mail.js';
import { listMails } from '../../../src/services/mail/list-mails.js';
import type { MailTransport } from '../../../src/services/mail/mail-transport.js';
import { queueMinutesMail } from '../../../src/services/mail/minutes-mail.js';
import { queueMail } from '../../../src/services/mail/queue-mail.js';
import { retryMail } from '../../../src/services/mail/retry-mail.js';
import { sendQueuedMails } from '../../../src/services/mail/send-queued-mails.js';
import { issueMinutes } from '../../../src/services/minutes/issue-minutes.js';
import { resolveTicket } from '../../../src/services/tickets/resolve-ticket.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import {
  addStaff,
  createTestServices,
  MONDAY_MORNING as now,
  type TestServices,
} from '../../support/services.js';
import { openSample, SARI } from '../../support/tickets.js';

const agent = { staffId: 'staff-sari', name: 'sari Contoh', roles: ['agent'] };

let test: TestServices;
let services: ServiceContext;
let server: MailServer;
let smtp: MailTransport;

beforeAll(async () => {
  test = await createTestServices();
  ({ services } = test);
  await addStaff(services, 'sari', 'agent');
});
afterAll(async () => {
  await test.close();
});
beforeEach(async () => {
  server = await startMailServer();
  smtp = createMailTransport({ smtpUrl: server.url, dataDir: test.folder });
});
afterEach(async () => {
  await services.models.mails.deleteMany({});
  await server.close();
});

/** At a moment that does not pass while mails are sent. */
const sendMails = (context: ServiceContext, transport: MailTransport, at: Date) =>
  sendQueuedMails(context, transport, { now: () => at });
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const sample = {
  to: 'sari@contoh.go.id',
  subject: 'Halo',
  text: 'Isi',
  attachments: [],
  ticket: null,
  now,
};
const queue = (key: string, more: Partial<Parameters<typeof queueMail>[1]> = {}) =>
  queueMail(services, { key, ...sample, ...more });
const onlyMail = async () => (await services.models.mails.findOne().lean())!;

/** Resolves a ticket and queues its BAK, twice, as a closing that is run again does. */
async function queueMinutes(input: Parameters<typeof openSample>[1] = {}) {
  const { number } = await openSample(services, input);
  const ticket = await resolveTicket(services, {
    number,
    actor: agent,
    answer: 'Ya, bisa.',
    legalBasis: [],
    now,
  });
  const issued = await issueMinutes(services, { ticketId: ticket._id, now });
  const queued = await queueMinutesMail(services, { ticket, ...issued, now });
  await queueMinutesMail(services, { ticket, ...issued, now });
  return { ticket, ...issued, queued };
}

describe('the BAK by e-mail (R-A6)', () => {
  it('arrives once, from two workers that start at the same time', async () => {
    const { ticket, minutes, file } = await queueMinutes();
    const results = await Promise.all([
      sendMails(services, smtp, now),
      sendMails(services, createMailTransport({ smtpUrl: server.url, dataDir: test.folder }), now),
    ]);
    expect(results.map(({ sent }) => sent).sort()).toEqual([0, 1]);
    expect(server.received).toHaveLength(1);
    const [mail] = server.received;
    expect(mail?.subject).toBe(`Berita Acara Konsultasi ${minutes.number} (tiket ${ticket.number})`);
    expect(mail?.text).toContain('Yth. Bapak/Ibu Sari Contoh');
    expect(mail?.text).toContain('Ya, bisa.');
    expect(mail?.text).toContain(`http://dering.test/verify/${minutes.verificationCode}`);
    expect(mail?.attachments.map(({ filename, contentType, size }) => [filename, contentType, size])).toEqual(
      [[file.name, 'application/pdf', file.size]],
    );
    expect(await onlyMail()).toMatchObject({ state: 'sent', sentAt: now, nextAttemptAt: null, attempts: 1 });
    const fact = await services.models.serviceEvents
      .findOne({ ticketId: ticket._id, name: 'minutes-mailed' })
      .lean();
    expect(fact?.at).toEqual(now);
  });

  it('is given up at once when the mail server refuses it for good, and can be sent again by hand', async () => {
    await queue('bounced');
    server.next.push('bounce');
    expect(await sendMails(services, smtp, now)).toEqual({ sent: 0, failed: 1 });
    const mail = await onlyMail();
    expect(mail).toMatchObject({ state: 'failed', attempts: 1, nextAttemptAt: null });
    expect(mail.reason).toContain('alamat tidak dikenal');
    await retryMail(services, { id: mail._id, actor: agent, now });
    expect(await sendMails(services, smtp, now)).toEqual({ sent: 1, failed: 0 });
  });

  it('arrives after the mail server refused it once', async () => {
    await queueMinutes();
    server.next.push('refuse');
    expect(await sendMails(services, smtp, now)).toEqual({ sent: 0, failed: 1 });
    expect(await onlyMail()).toMatchObject({ state: 'queued', attempts: 1, nextAttemptAt: minutesLater(1) });
    expect((await onlyMail()).reason).toContain('kotak surat sedang penuh');
    expect(await sendMails(services, smtp, new Date(minutesLater(1).getTime() - 1))).toEqual({
      sent: 0,
      failed: 0,
    });
    expect(await sendMails(services, smtp, minutesLater(1))).toEqual({ sent: 1, failed: 0 });
    expect(server.received).toHaveLength(1);
    expect(await onlyMail()).toMatchObject({ state: 'sent', attempts: 2, reason: null });
  });

  it('is repeated once, under the same Message-ID, when the worker dies between sending and writing it down', async () => {
    await queueMinutes();
    const { models } = services;
    const dying = new Proxy(models.mails, {
      get: (target, name) =>
        name === 'updateOne'
          ? () => Promise.reject(new Error('killed'))
          : (Reflect.get(target, name) as unknown),
    });
    await expect(sendMails({ ...services, models: { ...models, mails: dying } }, smtp, now)).rejects.toThrow(
      'killed',
    );
    expect(server.received).toHaveLength(1);
    expect(await sendMails(services, smtp, minutesLater(9))).toEqual({ sent: 0, failed: 0 });
    expect(await sendMails(services, smtp, minutesLater(10))).toEqual({ sent: 1, failed: 0 });
    expect(await sendMails(services, smtp, minutesLater(60))).toEqual({ sent: 0, failed: 0 });
    expect(server.received).toHaveLength(2);
    expect(server.received[0]?.messageId).toBe(server.received[1]?.messageId);
    expect(server.received[0]?.messageId).toMatch(/^<[\w-]+@localhost>$/);
  });

  it('is written in the language of the ticket', async () => {
    await queueMinutes({ language: 'en' });
    await sendMails(services, smtp, now);
    expect(server.received[0]?.subject).toContain('Minutes of consultation');
    expect(server.received[0]?.text).toContain('Dear Sari Contoh');
  });

  it.each([undefined, 'bukan-alamat', 'sari@contoh.go.id\r\nBcc: x@example.id'])(
    'is not queued for the address %j',
    async (email) => {
      const profile = { ...SARI };
      delete profile.email;
      expect(
        (await queueMinutes({ profile: email === undefined ? profile : { ...profile, email } })).queued,
      ).toBe(false);
      expect(await services.models.mails.countDocuments()).toBe(0);
    },
  );
});

describe('sending', () => {
  it('sends every one of 30 mails once, with four workers', async () => {
    for (let count = 0; count < 30; count += 1) await queue(`mail-${count}`, { subject: `Surat ${count}` });
    await Promise.all(Array.from({ length: 4 }, () => sendMails(services, smtp, now)));
    expect(server.received.map(({ subject }) => subject).sort()).toEqual(
      Array.from({ length: 30 }, (_, count) => `Surat ${count}`).sort(),
    );
  });

  it('gives up after eight attempts, says why, and can be sent again by hand', async () => {
    await queue('refused');
    let at = now;
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      server.next.push('refuse');
      await sendMails(services, smtp, at);
      const { nextAttemptAt } = await onlyMail();
      if (!nextAttemptAt) break;
      pauses.push((nextAttemptAt.getTime() - at.getTime()) / 60_000);
      at = nextAttemptAt;
    }
    expect(pauses).toEqual([1, 5, 15, 60, 120, 240, 360]);
    const failed = await onlyMail();
    expect(failed).toMatchObject({ state: 'failed', attempts: 8, nextAttemptAt: null });
    expect(failed.reason).toContain('kotak surat sedang penuh');

    expect(await retryMail(services, { id: failed._id, actor: agent, now: at })).toMatchObject({
      state: 'queued',
    });
    expect(await sendMails(services, smtp, at)).toEqual({ sent: 1, failed: 0 });
    expect(server.received[0]?.messageId).toBe(failed.messageId);
    await expect(retryMail(services, { id: failed._id, actor: agent, now: at })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(retryMail(services, { id: 'unknown', actor: agent, now: at })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('gives up a mail whose every attempt was interrupted', async () => {
    await queue('killer');
    await services.models.mails.updateOne({ key: 'killer' }, { $set: { attempts: 8 } });
    await sendMails(services, smtp, now);
    expect(server.received).toHaveLength(0);
    expect(await onlyMail()).toMatchObject({ state: 'failed', reason: 'interrupted' });
  });

  it('tries again when the connection was cut, and when nobody answers', async () => {
    await queue('cut');
    server.next.push('cut');
    expect(await sendMails(services, smtp, now)).toEqual({ sent: 0, failed: 1 });
    const { url } = server;
    await server.close();
    const nobody = createMailTransport({ smtpUrl: url, dataDir: test.folder });
    expect(await sendMails(services, nobody, minutesLater(1))).toEqual({ sent: 0, failed: 1 });
    expect(await onlyMail()).toMatchObject({ state: 'queued', attempts: 2 });
  });

  it('fails a mail whose attachment is gone without stopping the others', async () => {
    await queue('broken', { attachments: [{ fileId: 'unknown', name: 'surat.pdf' }] });
    await queue('whole');
    expect(await sendMails(services, smtp, now)).toEqual({ sent: 1, failed: 1 });
  });

  it('writes down when each was sent, and leaves each to others for as long, however long the ones before took', async () => {
    for (const key of ['first', 'second', 'third']) await queue(key);
    const clock = new VirtualClock(now);
    const leases: unknown[] = [];
    const slow: MailTransport = {
      mode: 'smtp',
      send: async () => {
        const claimed = await services.models.mails.findOne({ state: 'queued', attempts: 1 }).lean();
        leases.push(claimed?.nextAttemptAt);
        clock.advance(5 * 60_000);
      },
    };
    await sendQueuedMails(services, slow, clock);
    expect(leases).toEqual([minutesLater(10), minutesLater(15), minutesLater(20)]);
    const sent = await services.models.mails.find({}).sort({ _id: 1 }).lean();
    expect(sent.map(({ sentAt }) => sentAt)).toEqual([minutesLater(5), minutesLater(10), minutesLater(15)]);
  });

  it('tells the screens', async () => {
    const seen: string[] = [];
    const stop = services.changes.subscribe(({ topic }) => seen.push(topic));
    await queue('seen');
    await sendMails(services, smtp, now);
    stop();
    expect(seen).toEqual(['mail', 'mail']);
  });
});

describe('queuing', () => {
  it('queues one mail per key', async () => {
    await Promise.all(Array.from({ length: 10 }, () => queue('same')));
    expect(await services.models.mails.countDocuments()).toBe(1);
  });

  it.each([
    '',
    'sari',
    'a@b',
    'a@contoh.go.id, b@contoh.go.id',
    'Sari <a@contoh.go.id>',
    'a@contoh.go.id\nBcc: b@contoh.go.id',
  ])('refuses the address %j', async (to) => {
    await expect(queue('address', { to })).rejects.toMatchObject({
      code: 'invalid-input',
      params: { field: 'to' },
    });
  });

  it('lets no header in through the subject, the text or the name of an attachment', async () => {
    const { file } = await queueMinutes();
    await services.models.mails.deleteMany({});
    await queue('injection', {
      subject: 'Halo\r\nBcc: korban@contoh.go.id\r\n\r\n<script>',
      text: 'Isi\r\n.\r\nBcc: korban@contoh.go.id',
      attachments: [{ fileId: file.fileId, name: 'surat"\r\nX-Injected: ya\r\n.pdf' }],
    });
    await sendMails(services, smtp, now);
    const [mail] = server.received;
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.subject).toBe('Halo Bcc: korban@contoh.go.id <script>');
    expect(mail?.text).toContain('.\nBcc: korban@contoh.go.id');
    expect(mail?.attachments).toHaveLength(1);
    expect(mail?.attachments[0]?.headers.has('x-injected')).toBe(false);
  });
});

describe('without a mail server', () => {
  it('keeps each mail as one .eml in the data folder', async () => {
    const { minutes, file } = await queueMinutes();
    const folder = createMailTransport({ smtpUrl: undefined, dataDir: test.folder });
    expect(folder.mode).toBe('folder');
    expect(await sendMails(services, folder, now)).toEqual({ sent: 1, failed: 0 });
    const { _id, messageId } = await onlyMail();
    expect(await readdir(join(test.folder, 'mail'))).toEqual([`${_id}.eml`]);
    const mail = await simpleParser(await readFile(join(test.folder, 'mail', `${_id}.eml`)));
    expect(mail).toMatchObject({ messageId, date: now });
    expect(mail.subject).toContain(minutes.number);
    expect(mail.attachments[0]).toMatchObject({ filename: file.name, size: file.size });
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  });
});

describe('looking at mails', () => {
  it('lists them newest first, page by page, with their tickets', async () => {
    const { ticket } = await queueMinutes();
    for (let count = 0; count < 4; count += 1) await queue(`listed-${count}`, { subject: `Surat ${count}` });
    const first = await listMails(services, { actor: agent, limit: 3 });
    const second = await listMails(services, { actor: agent, limit: 3, cursor: first.next! });
    expect(first.items.map(({ subject }) => subject)).toEqual(['Surat 3', 'Surat 2', 'Surat 1']);
    expect(second.items.map(({ ticketNumber }) => ticketNumber)).toEqual([null, ticket.number]);
    expect(second.next).toBeNull();
  });

  it('shows one with its text, and gives its source for download', async () => {
    const { file } = await queueMinutes();
    const { _id, messageId } = await onlyMail();
    const mail = await getMail(services, { id: _id, actor: agent });
    expect(mail).toMatchObject({
      to: SARI.email,
      state: 'queued',
      attachments: [{ fileId: file.fileId, name: file.name }],
    });
    const source = await simpleParser(await buffer(await mailSource(services, { id: _id, actor: agent })));
    expect(source).toMatchObject({ messageId });
    expect(source.attachments[0]?.size).toBe(file.size);
  });

  it('is for agents, supervisors and administrators', async () => {
    const actor = { ...agent, roles: ['unit-member'] };
    await expect(listMails(services, { actor, limit: 3 })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(getMail(services, { actor, id: 'x' })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(retryMail(services, { actor, id: 'x', now })).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
