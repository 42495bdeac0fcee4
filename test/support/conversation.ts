import { expect } from 'vitest';
import type {
  Channel,
  ChannelCapabilities,
  InboundContent,
  InboundMessage,
  OutboundMessage,
} from '../../src/conversation/channel.js';
import type { DialogSet } from '../../src/conversation/dialog.js';
import { createEngine, type Engine } from '../../src/conversation/engine.js';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { refusedFileReason } from '../../src/conversation/refused-file-reason.js';
import { dialogSet } from '../../src/dialogs/index.js';
import type { Conversation } from '../../src/models/conversation.js';
import type { Choice } from '../../src/models/message.js';
import type { Role } from '../../src/models/staff.js';
import type { Ticket } from '../../src/models/ticket.js';
import { JOBS } from '../../src/scheduler/jobs/index.js';
import { runUntil } from '../../src/scheduler/run-until.js';
import { storeFile } from '../../src/services/files/store-file.js';
import type { Actor, ServiceContext } from '../../src/services/service-context.js';
import type { ChannelName } from '../../src/shared/channel-name.js';
import type { VirtualClock } from '../../src/shared/clock.js';
import { DomainError } from '../../src/shared/errors.js';
import { createIdGenerator, seededRandom } from '../../src/shared/ids.js';
import { addStaff, createTestServices } from './services.js';

/** Seconds between two messages of a person who reads what they get. */
const READING = 10;

const CAPABILITIES: ChannelCapabilities = {
  ...{ maxButtons: 20, maxTextLength: 10_000 },
  ...{ knowsPhone: false, knowsEmail: false, sendsFiles: true },
};

/** A platform that writes down what it is given, and fails when told to. */
export class RecorderChannel implements Channel {
  readonly capabilities = CAPABILITIES;
  readonly sent: OutboundMessage[] = [];
  /** What happens to each message before it is taken; may throw a ChannelError. */
  before: (message: OutboundMessage) => void | Promise<void> = () => undefined;

  constructor(
    readonly name: ChannelName,
    readonly account: string = name,
  ) {}

  start(): Promise<void> {
    return Promise.resolve();
  }

  async send(message: OutboundMessage): Promise<'sent'> {
    await this.before(message);
    this.sent.push(message);
    return 'sent';
  }

  health(): { state: 'up' } {
    return { state: 'up' };
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** Texts that reached an address, oldest first; a file is its name. */
  textsTo(address: string): string[] {
    return this.sent.filter((message) => message.address === address).map(textOf);
  }
}

/** The engine with the real dialogs, services and jobs on a database of its own, on a virtual clock. */
export interface Office {
  readonly services: ServiceContext;
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly webChat: RecorderChannel;
  readonly mails: { to: string; subject: string }[];
  /** Another process on the same database. */
  anotherEngine(parts?: { dialogs?: DialogSet; channel?: RecorderChannel }): Engine;
  chat(options?: ChatOptions): Chat;
  agent(username: string, ...roles: Role[]): Promise<Actor>;
  /** Lets time pass; the jobs do their work on the way. */
  time(seconds: number): Promise<void>;
  until(instant: Date | string): Promise<void>;
  tickets(): Promise<Ticket[]>;
  close(): Promise<void>;
}

export async function createOffice(options: Parameters<typeof createTestServices>[0] = {}): Promise<Office> {
  const test = await createTestServices(options);
  const { services, clock } = test;
  const webChat = new RecorderChannel('web-chat');
  const channels = new Map<ChannelName, Channel>([
    ['web-chat', webChat],
    ['whatsapp', new RecorderChannel('whatsapp')],
  ]);
  const engine = createEngine({ services, clock, channels, dialogs: dialogSet, owner: 'process-1' });
  const mails: { to: string; subject: string }[] = [];
  const mailTransport = {
    mode: 'folder' as const,
    send: ({ to, subject }: { to: string; subject: string }) => {
      mails.push({ to, subject });
      return Promise.resolve();
    },
  };
  const until = async (instant: Date): Promise<void> =>
    runUntil(JOBS, { engine, mailTransport }, clock, instant);
  let visitors = 0;
  let processes = 1;
  const office: Office = {
    ...{ services, clock, engine, webChat, mails },
    anotherEngine: ({ dialogs = dialogSet, channel = webChat } = {}) => {
      processes += 1;
      return createEngine({
        services: { ...services, newId: createIdGenerator(clock, seededRandom(1000 + processes)) },
        ...{ clock, dialogs, owner: `process-${processes}` },
        channels: new Map<ChannelName, Channel>([['web-chat', channel]]),
      });
    },
    chat: (chatOptions = {}) => {
      visitors += 1;
      return new Chat(office, { address: `visitor-${visitors}`, ...chatOptions });
    },
    agent: (username, ...roles) =>
      addStaff(services, username, ...(roles.length > 0 ? roles : ['agent' as const])),
    time: (seconds) => until(new Date(clock.now().getTime() + seconds * 1000)),
    until: (instant) => until(new Date(instant)),
    tickets: () => services.models.tickets.find({}).sort({ _id: 1 }).lean(),
    close: async () => {
      await engine.queue.idle();
      await test.close();
    },
  };
  return office;
}

interface ChatOptions {
  address?: string;
  channel?: 'web-chat' | 'whatsapp';
  known?: InboundMessage['known'];
}

let messages = 0;

/** A service user at their phone: writes, presses, sends, reads. */
export class Chat {
  readonly address: string;
  readonly channel: 'web-chat' | 'whatsapp';
  /** How much had been received when the user last wrote. */
  #seen = 0;

  constructor(
    private readonly office: Office,
    private readonly options: ChatOptions,
  ) {
    this.address = options.address ?? 'visitor';
    this.channel = options.channel ?? 'web-chat';
  }

  /** Each text after a pause for reading, each with its whole turn. */
  async says(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.sends({ kind: 'text', text });
  }

  async presses(choice: string): Promise<void> {
    const offered = (await this.conversation()).offered?.choices ?? [];
    const title = offered.find(({ id }) => id === choice)?.title;
    expect(title, `a button ${choice} in ${JSON.stringify(offered)}`).toBeDefined();
    await this.sends({ kind: 'choice', choice, text: title ?? '' });
  }

  /** As a channel does it: a file that is refused arrives as its refusal. */
  async sendsFile(name: string, content: Uint8Array, caption?: string): Promise<void> {
    await this.sends(await this.stored(name, content, caption));
  }

  /** @param reading seconds that pass before */
  async sends(content: InboundContent, more: Partial<InboundMessage> = {}, reading = READING): Promise<void> {
    await this.office.time(reading);
    this.#seen = this.#received().length;
    await receiveMessage(this.office.engine, this.message(content, more));
    await this.office.time(0);
  }

  /** A message as the channel would hand it over. */
  message(content: InboundContent, more: Partial<InboundMessage> = {}): InboundMessage {
    messages += 1;
    const now = this.office.clock.now();
    const message = {
      ...{ channel: this.channel, account: this.channel, address: this.address },
      ...{ providerId: `message-${messages}`, sentAt: now, content },
      ...more,
    };
    return this.options.known ? { ...message, known: this.options.known } : message;
  }

  async stored(name: string, content: Uint8Array, caption?: string): Promise<InboundContent> {
    const now = this.office.clock.now();
    try {
      const file = await storeFile(this.office.services, { content, name, conversationId: null, now });
      return caption === undefined ? { kind: 'file', ...file } : { kind: 'file', ...file, caption };
    } catch (error) {
      const reason = error instanceof DomainError ? refusedFileReason(error.code) : undefined;
      if (!reason) throw error;
      return { kind: 'refused-file', name, reason };
    }
  }

  /** Lets seconds pass without a word of the user. */
  async time(seconds: number): Promise<void> {
    this.#seen = this.#received().length;
    await this.office.time(seconds);
  }

  /** What was received since the user last wrote (or time last passed). */
  get replies(): string[] {
    return this.#received().slice(this.#seen).map(textOf);
  }

  get lastReply(): string {
    return this.replies.at(-1) ?? '';
  }

  /** The buttons of the latest message. */
  get choices(): readonly Choice[] {
    const last = this.#received().at(-1)?.content;
    return last?.kind === 'text' ? (last.choices ?? []) : [];
  }

  /** Every pattern is found in what was received since the user last wrote. */
  expectReply(...patterns: readonly (RegExp | string)[]): void {
    const said = this.replies.join('\n---\n');
    for (const pattern of patterns) expect(said).toMatch(pattern);
  }

  expectSilence(): void {
    expect(this.replies).toEqual([]);
  }

  async conversation(): Promise<Conversation> {
    const found = await this.office.services.models.conversations
      .findOne({ channel: this.channel, account: this.channel, address: this.address })
      .lean();
    if (!found) throw new Error('nothing was written yet');
    return found;
  }

  /** Tickets of this user, oldest first. */
  async tickets(): Promise<Ticket[]> {
    const { _id: conversationId } = await this.conversation();
    return this.office.services.models.tickets.find({ conversationId }).sort({ _id: 1 }).lean();
  }

  async ticket(): Promise<Ticket> {
    const ticket = (await this.tickets()).at(-1);
    if (!ticket) throw new Error('no ticket was opened');
    return ticket;
  }

  #received(): OutboundMessage[] {
    const channel = this.office.engine.channels.get(this.channel) as RecorderChannel;
    return channel.sent.filter(({ address }) => address === this.address);
  }
}

/** Everything about an invented official in one message. */
export const WHO_I_AM =
  'Nama saya Sari Contoh, jabatan Kepala Bidang Anggaran, BPKAD Kabupaten Gowa, email sari@contoh.go.id, HP 0812-3456-7890';

/** From "halo" to the menu. */
export async function agreed(chat: Chat): Promise<Chat> {
  await chat.says('halo');
  await chat.presses('consent:yes');
  chat.expectReply(/Ada yang dapat saya bantu/);
  return chat;
}

/** From "halo" to the question. */
export async function asked(chat: Chat): Promise<Chat> {
  await agreed(chat);
  await chat.says('1', 'Sari Contoh', 'Kepala Bidang Anggaran', 'BPKAD Kabupaten Gowa', 'sari@contoh.go.id');
  await chat.says('0812 3456 7890');
  await chat.presses('topic:dak-fisik');
  chat.expectReply(/tuliskan pertanyaannya/);
  return chat;
}

/** From "halo" to the summary. */
export async function summarised(chat: Chat): Promise<Chat> {
  await asked(chat);
  await chat.says('Kapan DAK Fisik tahap I disalurkan?', 'selesai');
  chat.expectReply(/Mohon diperiksa/);
  return chat;
}

/** From "halo" to the ticket number. */
export async function submitted(chat: Chat): Promise<Chat> {
  await summarised(chat);
  await chat.presses('send');
  chat.expectReply(/DJPK-\d{4}-\d{6}/);
  return chat;
}

/** Another person whose conversation stands exactly where this one's does; quicker than leading each there. */
export async function twinOf(office: Office, chat: Chat): Promise<Chat> {
  const twin = office.chat();
  const now = office.clock.now();
  await office.services.models.conversations.create({
    ...(await chat.conversation()),
    ...{ _id: office.services.newId(), address: twin.address, createdAt: now },
  });
  return twin;
}

function textOf({ content }: OutboundMessage): string {
  if (content.kind === 'text') return content.text;
  return content.kind === 'file' ? `📎 ${content.name} ${content.caption ?? ''}`.trim() : '';
}
