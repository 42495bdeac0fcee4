import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import {
  agreed,
  asked,
  createOffice,
  submitted,
  summarised,
  twinOf,
  type Chat,
  type Office,
} from '../support/conversation.js';
import { OGG, PDF, PROGRAM } from '../support/files.js';

const SCRIPT = '<script>alert("x")</script><b>Tebal</b>';

let office: Office;
const at: { menu?: Chat; question?: Chat; summary?: Chat } = {};
beforeAll(async () => {
  office = await createOffice();
  at.menu = await agreed(office.chat());
  at.question = await asked(office.chat());
  at.summary = await summarised(office.chat());
});
afterAll(async () => office.close());

async function person(place: keyof typeof at): Promise<Chat> {
  return twinOf(office, at[place] ?? expect.fail('prepared'));
}

/** Every place where something is asked. */
const PLACES: [string, () => Promise<Chat>][] = [
  ['as the very first message', () => Promise.resolve(office.chat())],
  ['at the menu', async () => person('menu')],
  [
    'as a name',
    async () => {
      const chat = await person('menu');
      await chat.says('1');
      return chat;
    },
  ],
  [
    'as a region',
    async () => {
      const chat = await person('menu');
      await chat.says('1', 'Sari Contoh', 'Kepala Bidang', 'Badan Keuangan Daerah');
      return chat;
    },
  ],
  ['in the question', async () => person('question')],
  ['under the summary', async () => person('summary')],
];

/** Answered within the pause of a question at the latest, without an apology for a fault, and nothing left behind. */
async function expectAnswered(chat: Chat): Promise<void> {
  const before = office.webChat.textsTo(chat.address).length - chat.replies.length;
  await office.time(95);
  const told = office.webChat.textsTo(chat.address).slice(before);
  expect(told.length).toBeGreaterThan(0);
  expect(told.join('\n')).not.toMatch(/gangguan di sistem/);
  const { _id: conversationId } = await chat.conversation();
  const pending = { conversationId, pending: true };
  expect(await office.services.models.messages.countDocuments(pending)).toBe(0);
}

describe.each(PLACES)('%s', (_where, lead) => {
  it.each([
    ['an empty text', ''],
    ['blanks', '  \n\t '],
    ['10,000 characters', 'panjang '.repeat(1250)],
    ['10,000 characters without a blank', 'x'.repeat(10_000)],
    ['emoji only', '🙂🙂🙂'],
    ['a query object', '{"$ne":null}'],
    ['a template', '{{name}} $t(menu:title) ${process.exit()}'],
    ['control characters', '\u0000\u0007\u202Eabc\uD800'],
    ['HTML and script', SCRIPT],
  ])('%s has a clear answer', async (_what, text) => {
    const chat = await lead();
    await chat.says(text);
    await expectAnswered(chat);
  });

  it.each([
    ['sticker', /Stiker belum dapat saya baca/],
    ['location', /Lokasi belum dapat saya baca/],
    ['contact', /Kartu kontak belum dapat saya baca/],
    ['poll', /Jajak pendapat belum dapat/],
    ['other', /jenis pesan ini belum dapat/],
  ] as const)('a %s is answered with what to do', async (what, reply) => {
    const chat = await lead();
    await chat.sends({ kind: 'unsupported', what });
    chat.expectReply(reply);
  });

  it('a 30 MB file is refused with the limit', async () => {
    const chat = await lead();
    await chat.sendsFile('besar.pdf', Buffer.concat([PDF, Buffer.alloc(30_000_000)]));
    chat.expectReply(/besar\.pdf\* terlalu besar\. Batasnya 20 MB/);
  });

  it('a program named .pdf is refused', async () => {
    const chat = await lead();
    await chat.sendsFile('surat.pdf', PROGRAM);
    chat.expectReply(/surat\.pdf\* (tidak sesuai|tidak dapat)|Isi berkas \*surat\.pdf\* tidak sesuai/);
  });

  it('an empty file is refused', async () => {
    const chat = await lead();
    await chat.sendsFile('kosong.pdf', Buffer.alloc(0));
    chat.expectReply(/kosong\.pdf\* kosong/);
  });

  it('a voice note is kept as a file', async () => {
    const chat = await lead();
    await chat.sendsFile('pesan suara.ogg', OGG);
    await expectAnswered(chat);
    expect(JSON.stringify((await chat.conversation()).stack)).toContain('pesan suara.ogg');
  });

  it('a button of long ago does no harm', async () => {
    const chat = await lead();
    await chat.sends({ kind: 'choice', choice: 'rate:5', text: 'Sangat puas' });
    await expectAnswered(chat);
    expect(await chat.tickets()).toEqual([]);
  });
});

describe('HTML, script and templates', () => {
  it('in every field are text: shown as written, stored as written', async () => {
    const chat = await person('menu');
    await chat.says('1', 'Sari Contoh', `Kabid ${SCRIPT}`, `Dinas ${SCRIPT}`);
    await chat.says('Kota Makassar', 'sari@contoh.go.id', 'tidak ada', 'Lainnya');
    await chat.says(`Apa arti ${SCRIPT}?`, '{{number}} $t(menu:title)', 'selesai');
    chat.expectReply(`Jabatan: Kabid ${SCRIPT}`, `Instansi: Dinas ${SCRIPT}`, `Apa arti ${SCRIPT}?`);
    chat.expectReply('{{number}} $t(menu:title)');
    await chat.says('1');
    const ticket = await chat.ticket();
    expect(ticket.profile).toMatchObject({ position: `Kabid ${SCRIPT}`, agency: `Dinas ${SCRIPT}` });
    expect(ticket.question).toBe(`Apa arti ${SCRIPT}?\n{{number}} $t(menu:title)`);
  });

  it('are not taken for a name', async () => {
    const chat = await person('menu');
    await chat.says('1', '<script>alert(1)</script>');
    chat.expectReply(/nama lengkap dengan huruf/);
  });
});

describe('a restart in the middle', () => {
  it.each(PLACES.slice(1))('%s: the next process goes on with the same question', async (_where, lead) => {
    const chat = await lead();
    const { stack } = await chat.conversation();
    const restarted = office.anotherEngine();
    office.clock.advance(10_000);
    await receiveMessage(restarted, chat.message({ kind: 'text', text: 'bantuan' }));
    await restarted.queue.idle();
    const told = office.webChat.textsTo(chat.address);
    expect(told.slice(-2)[0]).toMatch(/Kapan saja Bapak\/Ibu dapat mengetik/);
    const names = (await chat.conversation()).stack.map(({ dialog }) => dialog);
    expect(names).toEqual(stack.map(({ dialog }) => dialog));
  });
});

describe('the same words twice', () => {
  it('as two messages are two parts; as one message delivered twice one', async () => {
    const chat = await person('question');
    await chat.says('Mohon dibantu.', 'Mohon dibantu.');
    const again = chat.message({ kind: 'text', text: 'Sekali saja.' });
    await receiveMessage(office.engine, again);
    await receiveMessage(office.engine, again);
    await chat.says('selesai', '1');
    expect((await chat.ticket()).question).toBe('Mohon dibantu.\nMohon dibantu.\nSekali saja.');
  });
});

describe('two tabs at once', () => {
  it('sending the summary from both open one ticket', async () => {
    const chat = await person('summary');
    const press = (): ReturnType<Chat['message']> =>
      chat.message({ kind: 'choice', choice: 'send', text: 'Kirim' });
    await Promise.all([press(), press()].map(async (message) => receiveMessage(office.engine, message)));
    await office.time(1);
    expect(await chat.tickets()).toHaveLength(1);
  });
});

describe('a button that was never offered, or not any more', () => {
  it.each(['rate:9', 'change:xyz', 'topic:gone', 'region:99', 'command:nothing', 'held:append', ''])(
    '(%s) cannot fail a turn at any prompt',
    async (choice) => {
      for (const lead of [agreed, asked, summarised, submitted]) {
        const chat = await lead(office.chat());
        await chat.sends({ kind: 'choice', choice, text: 'Tidak dikenal' });
        expect(chat.replies.join()).not.toMatch(/ada gangguan/);
        await chat.says('menu');
        chat.expectReply(/Ada yang dapat saya bantu/);
      }
    },
  );

  it('is taken by its words: "Batal" of an old summary still cancels, a score of an old rating rates nothing', async () => {
    const chat = await asked(office.chat());
    await chat.sends({ kind: 'choice', choice: 'cancel', text: 'Batal' });
    chat.expectReply(/dibatalkan/);
    const old = await submitted(office.chat());
    await old.sends({ kind: 'choice', choice: 'rate:5', text: 'Sangat puas' });
    expect((await old.ticket()).rating).toBeNull();
  });
});
