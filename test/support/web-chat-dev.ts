/** The live chat page with a toy bot, for working on the page: `npx tsx test/support/web-chat-dev.ts`. */
import { pathToFileURL } from 'node:url';
import Fastify from 'fastify';
import type { InboundMessage } from '../../src/conversation/channel.js';
import { createWebChat } from '../../src/channels/web-chat/index.js';
import type { ChatLine } from '../../src/channels/web-chat/types.js';
import { systemClock } from '../../src/shared/clock.js';
import { createFakeOffice, type FakeOffice } from '../channels/web-chat/fake-office.js';

export interface DevChat {
  url: string;
  office: FakeOffice;
  close(): Promise<void>;
}

export async function startDevChat(port = 0): Promise<DevChat> {
  const office = createFakeOffice({ maxFileBytes: 5_000_000 }, systemClock);
  const chat = createWebChat(office.ports);
  const app = Fastify({ forceCloseConnections: true });
  await app.register(chat.routes);
  await chat.start(office.inbox);
  office.onReceive = (message) => {
    const own = office.lines(message.address).at(-1);
    setTimeout(() => {
      if (own) office.setState(message.address, own.id, 'read');
      for (const content of replyTo(message)) office.say(message.address, content);
    }, 150);
  };
  const url = await app.listen({ port, host: '127.0.0.1' });
  return {
    url,
    office,
    async close() {
      await chat.stop();
      await app.close();
    },
  };
}

const MENU = [
  { id: 'consult', title: 'Konsultasi' },
  { id: 'ticket-status', title: 'Status tiket' },
  { id: 'agent', title: 'Berbicara dengan petugas' },
];

function replyTo({ content }: InboundMessage): ChatLine['content'][] {
  if (content.kind === 'file') return [{ kind: 'text', text: `Berkas *${content.name}* sudah kami terima.` }];
  if (content.kind === 'refused-file')
    return [{ kind: 'text', text: `Maaf, berkas *${content.name}* tidak dapat kami terima.` }];
  if (content.kind === 'choice')
    return [{ kind: 'text', text: `Baik: *${content.text}*. Apakah sudah benar?`, choices: YES_NO }];
  return [
    {
      kind: 'text',
      text: 'Selamat pagi, Bapak/Ibu. Saya Dering, asisten *Contact Center DJPK*.\nAda yang dapat kami bantu? Keterangan: https://djpk.contoh.go.id/layanan.',
      choices: MENU,
      numbered: true,
    },
  ];
}

const YES_NO = [
  { id: 'yes', title: 'Ya' },
  { id: 'no', title: 'Tidak' },
];

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await startDevChat(Number(process.env.PORT ?? 3100));
  process.stdout.write(`${url}/chat\n`);
}
