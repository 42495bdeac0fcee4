import { DateTime } from 'luxon';
import { resolveAndTell } from '../../src/conversation/close-ticket.js';
import { handBack } from '../../src/conversation/hand-over.js';
import { sendStaffMessage } from '../../src/conversation/staff-message.js';
import type { Appointment } from '../../src/models/appointment.js';
import type { Content, UnsupportedKind } from '../../src/models/message.js';
import { isBooking, isVoice, type Ticket } from '../../src/models/ticket.js';
import { BOOKING_ACTS } from './booking-acts.js';
import { createOffice, type Chat, type Office } from './conversation.js';
import { PDF, PNG } from './files.js';

/*
 * A whole chat as text:
 *
 *   # a title, or a remark
 *   @ 2026-03-02 10:00        the clock of the office (WIB); "@ +90 seconds", "@ +3 days" lets time pass
 *   > halo                    the user writes
 *   >> tadi saya …            and goes on writing, without waiting for an answer
 *   > [Setuju]                presses that button
 *   > 📎 surat.pdf Suratnya   sends a file, with a caption
 *   > (sticker)               sends what the bot cannot read
 *   < Selamat pagi, …         the bot answers; "…" stands for any text
 *     [Setuju] [Tidak setuju] its buttons
 *   * jawab: Sudah.           a person of the office resolves the ticket; "* tulis: …" writes; "* kembalikan" hands back
 *                             what it does with bookings: test/support/booking-acts.ts, e.g. "* tutup: 2026-03-05"
 *   = DJPK-2026-000001 …      what is in the newest ticket by now
 *
 * A line that is indented belongs to the one above it. Blank lines inside a message are left out.
 */

interface Line {
  mark: '#' | '@' | '>' | '>>' | '<' | '*' | '=';
  text: string;
}

const MARKED = /^(#|@|>>|>|<|\*|=)(?: (.*))?$/u;

/** Plays the user's lines of a script and writes down the chat; a line of the bot that is as the script has it stays as it is. */
export async function play(script: string): Promise<string> {
  const lines = parse(script);
  const first = lines.find(({ mark }) => mark !== '#');
  const office = await createOffice({ now: moment(first?.mark === '@' ? first.text : '2026-03-02 10:00') });
  try {
    const stage = new Stage(office);
    const played: Line[] = [];
    for (const [index, line] of lines.entries()) {
      if (line.mark === '<') continue;
      if (line.mark === '#') {
        played.push(line);
        continue;
      }
      const after = lines.slice(index + 1);
      const next = after.findIndex(({ mark }) => mark !== '<' && mark !== '#');
      const expected = after.slice(0, next === -1 ? undefined : next).filter(({ mark }) => mark === '<');
      const text = await stage.act(line);
      played.push({ mark: line.mark, text });
      const told = stage.told();
      played.push(
        ...told.map((said, at): Line => ({ mark: '<', text: asScripted(said, expected[at]?.text) })),
      );
    }
    return write(played);
  } finally {
    await office.close();
  }
}

function parse(script: string): Line[] {
  const lines: Line[] = [];
  for (const [index, written] of script.split('\n').entries()) {
    if (written.trim() === '') continue;
    const last = lines.at(-1);
    const marked = MARKED.exec(written);
    if (marked) lines.push({ mark: marked[1] as Line['mark'], text: marked[2] ?? '' });
    else if (written.startsWith('  ') && last) last.text += `\n${written.slice(2)}`;
    else throw new Error(`line ${index + 1} is no part of a chat: ${written}`);
  }
  return lines;
}

/** Blank lines set off the turns. */
function write(lines: readonly Line[]): string {
  return lines
    .map(({ mark, text }, index) => {
      const turn = mark !== '<' && lines[index - 1]?.mark === '<';
      const indented = mark === '=' || mark === '<' || text.includes('\n');
      return `${turn ? '\n' : ''}${mark} ${indented ? text.replaceAll('\n', '\n  ') : text}`.trimEnd();
    })
    .join('\n')
    .concat('\n');
}

function asScripted(said: string, scripted: string | undefined): string {
  if (scripted === undefined) return said;
  const pattern = scripted
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
    .join('[^]*');
  return new RegExp(`^${pattern}$`, 'u').test(said) ? scripted : said;
}

/** One user and the office, while a script is played. */
class Stage {
  readonly #chat: Chat;
  #heard = 0;

  constructor(private readonly office: Office) {
    this.#chat = office.chat();
  }

  /** Does what the line says; returns the line as it is written down. */
  async act({ mark, text }: Line): Promise<string> {
    switch (mark) {
      case '@':
        await this.#time(text);
        return text;
      case '>':
      case '>>':
        await this.#chat.sends(await this.#content(text), {}, mark === '>' ? 10 : 2);
        return text;
      case '*':
        await this.#staff(text);
        return text;
      case '=':
        return this.#ticket();
      default:
        return text;
    }
  }

  /** What was said since this was last asked. */
  told(): string[] {
    const sent = this.office.webChat.sent.slice(this.#heard);
    this.#heard += sent.length;
    return sent.map(({ content }) => shown(content));
  }

  async #time(text: string): Promise<void> {
    const [, amount, unit] = /^\+(\d+) (\w+)$/u.exec(text) ?? [];
    if (unit === undefined) return this.office.until(moment(text));
    const now = DateTime.fromJSDate(this.office.clock.now());
    await this.office.until(now.plus({ [unit]: Number(amount) }).toJSDate());
  }

  async #content(text: string): Promise<Parameters<Chat['sends']>[0]> {
    const [, title] = /^\[(.+)\]$/u.exec(text) ?? [];
    if (title !== undefined) {
      const choice = this.#offered().find((offered) => offered.title === title);
      if (!choice) throw new Error(`no button "${title}" in the latest message`);
      return { kind: 'choice', choice: choice.id, text: title };
    }
    const [, name, caption] = /^📎 (\S+)(?: (.+))?$/u.exec(text) ?? [];
    if (name !== undefined)
      return this.#chat.stored(name, name.endsWith('.png') ? PNG : pdfNamed(name), caption);
    const [, what] = /^\((sticker|location|contact|poll|other)\)$/u.exec(text) ?? [];
    return what === undefined
      ? { kind: 'text', text }
      : { kind: 'unsupported', what: what as UnsupportedKind };
  }

  #offered(): readonly { id: string; title: string }[] {
    return this.#chat.choices;
  }

  async #staff(text: string): Promise<void> {
    const [, action = '', words = ''] = /^(\w+)(?:: ([^]*))?$/u.exec(text) ?? [];
    const { services, engine, clock } = this.office;
    const known = await services.models.staff.exists({ _id: 'staff-rani' });
    if (!known) await this.office.agent('rani');
    const act = BOOKING_ACTS[action];
    if (act) {
      const actor = { staffId: 'staff-rani', name: 'rani Contoh', roles: ['agent' as const] };
      await act({ ...{ services, actor, words, now: clock.now() }, mine: () => this.#booking() });
      return this.office.time(5);
    }
    const { number, kind } = await this.#chat.ticket();
    const roles = [isVoice(kind) ? ('supervisor' as const) : ('agent' as const)];
    const actor = { staffId: 'staff-rani', name: 'rani Contoh', roles };
    const input = { number, actor, now: clock.now() };
    if (action === 'jawab') await resolveAndTell(engine, { ...input, answer: words, legalBasis: [] });
    else if (action === 'tulis') await sendStaffMessage(engine, { ...input, clientId: words, text: words });
    else if (action === 'kembalikan') await handBack(engine, input);
    else throw new Error(`nobody in the office can "${text}"`);
    await this.office.time(1);
  }

  async #booking(): Promise<Appointment> {
    const { _id: conversationId } = await this.#chat.conversation();
    const { appointments } = this.office.services.models;
    const found = await appointments.findOne({ conversationId }).sort({ _id: -1 }).lean();
    if (!found) throw new Error('nothing was booked yet');
    return found;
  }

  async #ticket(): Promise<string> {
    const ticket = (await this.#chat.tickets()).at(-1);
    return ticket ? recorded(ticket) : '(no ticket)';
  }
}

/** Files of different names are different files. */
function pdfNamed(name: string): Buffer {
  return Buffer.concat([PDF, Buffer.from(`\n%${name}\n`)]);
}

function shown(content: Content): string {
  if (content.kind === 'file') return `📎 ${content.name} ${content.caption ?? ''}`.trim();
  if (content.kind !== 'text') return `(${content.kind})`;
  const buttons = (content.choices ?? []).map(({ title }) => `[${title}]`).join(' ');
  return [...content.text.split('\n'), buttons].filter((line) => line.trim() !== '').join('\n');
}

function recorded({ number, kind, topicCode, status, profile, question, ...rest }: Ticket): string {
  const { name, position, agency, regionName, email, phone } = profile;
  return [
    `${number} ${isVoice(kind) || isBooking(kind) ? kind : topicCode}, ${status}`,
    isVoice(kind) ? `${rest.anonymous ? 'anonymous, ' : ''}about: ${rest.about ?? '–'}` : '',
    [name, position, agency, regionName, email, phone].map((fact) => fact ?? '–').join(' | '),
    question,
    ...rest.attachments.map((file) => `📎 ${file.name}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** "2026-03-02 10:00", in WIB. */
function moment(text: string): Date {
  const found = DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm', { zone: 'Asia/Jakarta' });
  if (!found.isValid) throw new Error(`not a moment: ${text}`);
  return found.toJSDate();
}
