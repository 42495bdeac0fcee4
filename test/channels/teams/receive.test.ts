import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TENANT_ID } from '../../support/teams-server/index.js';
import { BOT_ID, buttonsOf, SARI, wordsOf } from '../../support/teams-server/person.js';
import { startBot, toSari, type TestBot } from './bot.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.close());

const contents = (): unknown[] => bot.inbox.received.map(({ content }) => content);
const shown = (): string[] => bot.server.of(SARI.chat).map(wordsOf);

describe('what comes in', () => {
  it('knows who writes, by the directory, asked once', async () => {
    const member = {
      id: SARI.userId,
      objectId: SARI.aadObjectId,
      name: 'Sari Contoh',
      email: 'Sari@contoh.go.id',
    };
    bot.server.members.set(SARI.userId, { ...member, userPrincipalName: 'sari@contoh.go.id' });
    await bot.post(bot.person.text('Halo'));
    await bot.post(bot.person.text('Halo lagi'));
    const known = { name: 'Sari Contoh', email: 'sari@contoh.go.id' };
    expect(bot.inbox.received.map((message) => message.known)).toEqual([known, known]);
    expect(bot.server.calls.filter(({ path }) => path.includes('/members/'))).toHaveLength(1);
  });

  it('does not vouch for the address of a guest', async () => {
    const userPrincipalName = 'tamu_contoh.id#EXT#@contoh.onmicrosoft.com';
    bot.server.members.set(SARI.userId, { name: 'Tamu Contoh', email: 'tamu@contoh.id', userPrincipalName });
    await bot.post(bot.person.text('Halo'));
    expect(bot.inbox.received[0]?.known).toEqual({ name: 'Tamu Contoh' });
  });

  it('does not vouch for an address of another directory, where anybody’s may be written', async () => {
    const member = {
      name: 'Kepala Contoh',
      email: 'kepala@contoh.go.id',
      userPrincipalName: 'x@lain.example',
    };
    const tenantId = '00000000-aaaa-4bbb-8ccc-000000000000';
    bot.server.members.set(SARI.userId, { ...member, tenantId });
    await bot.post(bot.person.text('Halo'));
    expect(bot.inbox.received[0]?.known).toEqual({ name: 'Kepala Contoh' });
  });

  it('leaves out the name by which the bot is called, and keeps those of others', async () => {
    const entities = [
      { type: 'mention', text: '<at>Dering</at>', mentioned: { id: BOT_ID, name: 'Dering' } },
      { type: 'mention', text: '<at>Budi</at>', mentioned: { id: '29:x', name: 'Budi' } },
      { type: 'clientInfo', locale: 'id-ID' },
    ];
    await bot.post(bot.person.text('<at>Dering</at>&nbsp;tanyakan <at>Budi</at>', { entities }));
    expect(contents()).toEqual([{ kind: 'text', text: 'tanyakan Budi' }]);
  });

  it('takes a letter with several files as one line each, its words beside the first', async () => {
    const one = bot.person.file('a.pdf', Buffer.from('%PDF-1.4 a'));
    const two = bot.person.file('b.pdf', Buffer.from('%PDF-1.4 b'));
    const attachments = [...(one.attachments as unknown[]), ...(two.attachments as unknown[])];
    await bot.post({ ...two, text: 'Mohon dibaca', attachments });
    expect(contents()).toMatchObject([
      { kind: 'file', name: 'a.pdf', caption: 'Mohon dibaca' },
      { kind: 'file', name: 'b.pdf' },
    ]);
  });

  it('fetches a pasted picture with its own token, and shows that to nobody else', async () => {
    const url = bot.server.addFile(Buffer.from('\x89PNG contoh', 'latin1'), true);
    const attachments = [{ contentType: 'image/png', contentUrl: url }];
    await bot.post(bot.person.personal({ type: 'message', attachments }));
    await bot.post(bot.person.file('a.pdf', Buffer.from('%PDF-1.4 a')));
    expect(contents()).toMatchObject([
      { kind: 'file', name: 'foto-1.png', mimeType: 'image/png' },
      { kind: 'file', name: 'a.pdf' },
    ]);
    const asked = bot.server.calls.filter(({ path }) => path.includes('berkas-'));
    expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer akses-1', undefined]);
  });

  it("never fetches from an address that is not Microsoft's, nor follows one", async () => {
    const content = { downloadUrl: 'http://127.0.0.1:1/rahasia', fileType: 'pdf' };
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    await bot.post(
      bot.person.personal({ type: 'message', attachments: [{ contentType, name: 'x.pdf', content }] }),
    );
    expect(contents()).toEqual([{ kind: 'refused-file', name: 'x.pdf', reason: 'unreadable' }]);
  });

  it('takes an edit as other words for the message', async () => {
    const first = bot.person.text('Kapan DAU cair?');
    await bot.post(first);
    const edit = {
      ...first,
      type: 'messageUpdate',
      text: 'Kapan DBH cair?',
      channelData: { eventType: 'editMessage' },
    };
    const activity = { ...edit, channelData: { eventType: 'editMessage', tenant: { id: TENANT_ID } } };
    await bot.post(activity);
    await bot.post(activity);
    expect(bot.inbox.received).toHaveLength(2);
    const [original, edited] = bot.inbox.received;
    expect(edited?.content).toEqual({
      kind: 'text',
      text: 'Kapan DBH cair?',
      replaces: original?.providerId,
    });
  });

  it.each([
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    ['typing', { type: 'typing' }],
    ['a deletion', { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage' } }],
    ['an invoke we do not know', { type: 'invoke', name: 'composeExtension/query', value: {} }],
    ['a kind of the future', { type: 'sesuatuBaru' }],
  ])('passes over %s', async (_name, fields) => {
    expect((await bot.post(bot.person.personal(fields))).status).toBe(200);
    expect(bot.inbox.attempts).toBe(0);
  });

  it('takes nothing from another tenant', async () => {
    const conversation = { conversationType: 'personal', tenantId: 'lain', id: SARI.chat };
    expect((await bot.post(bot.person.text('Halo', { conversation }))).status).toBe(200);
    expect([bot.inbox.attempts, bot.places.size]).toEqual([0, 0]);
  });

  it('tells a group once that it works in private chats only', async () => {
    const conversation = {
      conversationType: 'groupChat',
      isGroup: true,
      tenantId: TENANT_ID,
      id: '19:grup@thread.v2',
    };
    await bot.post(bot.person.text('Halo', { conversation }));
    await bot.post(bot.person.text('Halo?', { conversation }));
    await bot.until(() => bot.server.of('19:grup@thread.v2').length > 0);
    await bot.post(bot.person.text('Halo', { conversation, locale: 'en-US' }));
    expect(bot.server.of('19:grup@thread.v2').map(wordsOf)).toEqual([
      expect.stringMatching(/percakapan pribadi/),
    ]);
    expect(bot.inbox.attempts).toBe(0);
  });

  it('greets a person who installs it once, in their language, and opens no conversation', async () => {
    const installed = bot.person.personal({ type: 'installationUpdate', action: 'add', locale: 'en-GB' });
    await bot.post(installed);
    await bot.post(installed);
    await bot.until(() => shown().length > 0);
    await bot.post(bot.person.personal({ type: 'installationUpdate', action: 'add-upgrade' }));
    await bot.teams.stop();
    expect(shown()).toEqual([expect.stringMatching(/^Welcome/)]);
    expect(bot.inbox.attempts).toBe(0);
  });

  it('notes who has removed it, and who writes again', async () => {
    await bot.post(bot.person.text('Halo'));
    await bot.post(bot.person.personal({ type: 'installationUpdate', action: 'remove' }));
    expect(bot.reachable.get(SARI.chat)).toBe(false);
    await bot.post(bot.person.text('Saya kembali'));
    expect(bot.reachable.get(SARI.chat)).toBe(true);
  });
});

describe('buttons', () => {
  const ask = async (): Promise<void> => {
    await bot.post(bot.person.text('Halo'));
    const choices = [
      { id: 'consult', title: 'Konsultasi' },
      { id: 'status', title: 'Status <tiket>' },
    ];
    await bot.teams.send(toSari({ kind: 'text', text: 'Pilih *satu*:', choices }));
  };

  it('count once, however often a card is pressed or delivered, and the card then shows what was picked', async () => {
    await ask();
    const press = bot.person.press('Konsultasi');
    await bot.post(press);
    await bot.until(() => bot.server.of(SARI.chat).every((one) => buttonsOf(one).length === 0));
    await bot.post(press);
    await bot.post(
      bot.person.submit({ v: 1, kind: 'choice', choice: 'status', title: 'Status' }, String(press.replyToId)),
    );
    await bot.until(() => shown().length > 1);
    expect(contents().slice(1)).toEqual([{ kind: 'choice', choice: 'consult', text: 'Konsultasi' }]);
    expect(shown()).toEqual([
      expect.stringMatching(/^Pilih satu:\n\n✓ Konsultasi$/),
      expect.stringMatching(/Tombol ini sudah tidak berlaku/),
    ]);
  });

  it('of a question that is no longer open answer nothing', async () => {
    await bot.close();
    bot = await startBot({ isOffered: () => Promise.resolve(false) });
    await ask();
    await bot.post(bot.person.press('Konsultasi'));
    await bot.until(() => shown().length > 1);
    expect(bot.inbox.received).toHaveLength(1);
  });

  it.each([{ v: 2, kind: 'choice', choice: 'x' }, { v: 1 }, { halo: 'dunia' }, [], { v: 1, kind: 'choice' }])(
    'with data that is not ours are answered politely: %j',
    async (data) => {
      await bot.post(bot.person.text('Halo'));
      await bot.post(bot.person.submit(data, '900'));
      await bot.until(() => shown().length > 0);
      expect(shown()).toEqual([expect.stringMatching(/Kartu ini sudah tidak berlaku/)]);
      expect(bot.inbox.received).toHaveLength(1);
    },
  );
});
