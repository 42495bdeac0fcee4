import { DateTime } from 'luxon';
import type { Channel, ChannelCapabilities } from '../../conversation/channel.js';
import type { Content } from '../../models/message.js';
import type { Ticket } from '../../models/ticket.js';
import type { MailTransport } from '../../services/mail/mail-transport.js';
import type { ServiceContext } from '../../services/service-context.js';
import type { ChannelName } from '../../shared/channel-name.js';
import type { Clock } from '../../shared/clock.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';

type Entry = { line: object } | { ticketNumber: string };

/** What leaves the process, written down in order instead of sent. */
export class Recording {
  #entries: Entry[] = [];
  readonly #shown = new Map<string, string>();

  constructor(
    private readonly clock: Clock,
    private readonly print: (line: object) => void,
  ) {}

  add(type: string, facts: object): void {
    this.#entries.push({ line: { at: localTime(this.clock.now()), type, ...facts } });
  }

  /** Tickets are announced by number and read when the moment is over. */
  watch({ changes }: ServiceContext): void {
    changes.subscribe((change) => {
      if (change.topic === 'ticket') this.#entries.push({ ticketNumber: change.id });
    });
  }

  /** Prints what was recorded; a ticket only where it looks different from when it was last printed. */
  async flush({ models }: ServiceContext): Promise<void> {
    const entries = this.#entries;
    this.#entries = [];
    for (const entry of entries) {
      if ('line' in entry) {
        this.print(entry.line);
        continue;
      }
      const ticket = await models.tickets.findOne({ number: entry.ticketNumber }).lean();
      if (ticket) this.printChanged(ticket);
    }
  }

  private printChanged(ticket: Ticket): void {
    const facts = ticketFacts(ticket);
    const seen = JSON.stringify(facts);
    if (this.#shown.get(ticket.number) === seen) return;
    this.#shown.set(ticket.number, seen);
    this.print({ at: localTime(this.clock.now()), type: 'ticket', ...facts });
  }
}

/** What the simulated platforms can do: as their real ones, as far as a dialog cares. */
const CAPABILITIES: Readonly<Record<'web-chat' | 'whatsapp' | 'telegram' | 'email', ChannelCapabilities>> = {
  'web-chat': {
    maxButtons: 20,
    maxTextLength: 10_000,
    knowsPhone: false,
    knowsEmail: false,
    sendsFiles: true,
  },
  whatsapp: { maxButtons: 0, maxTextLength: 4_096, knowsPhone: true, knowsEmail: false, sendsFiles: true },
  telegram: { maxButtons: 20, maxTextLength: 4_096, knowsPhone: false, knowsEmail: false, sendsFiles: true },
  email: { maxButtons: 0, maxTextLength: 100_000, knowsPhone: false, knowsEmail: true, sendsFiles: true },
};

export const RECORDED_CHANNELS = Object.keys(CAPABILITIES) as (keyof typeof CAPABILITIES)[];

export function recordingChannel(name: keyof typeof CAPABILITIES, recording: Recording): Channel {
  return {
    name,
    account: name,
    capabilities: CAPABILITIES[name],
    start: () => Promise.resolve(),
    send: ({ address, content }) => {
      recording.add('message', {
        channel: name satisfies ChannelName,
        to: address,
        ...contentFacts(content),
      });
      return Promise.resolve('sent');
    },
    health: () => ({ state: 'up' }),
    stop: () => Promise.resolve(),
  };
}

export function recordingMailTransport(recording: Recording): MailTransport {
  return {
    mode: 'folder',
    send: ({ to, subject, attachments }) => {
      recording.add('mail', { to, subject, attachments: attachments.map(({ filename }) => filename) });
      return Promise.resolve();
    },
  };
}

/** ISO time in the zone of the service. */
export function localTime(instant: Date): string {
  return DateTime.fromJSDate(instant, { zone: SERVICE_ZONE }).toISO({ suppressMilliseconds: true }) ?? '';
}

function contentFacts(content: Content): object {
  switch (content.kind) {
    case 'text':
      return content.choices ? { text: content.text, choices: content.choices } : { text: content.text };
    case 'file': {
      const { name, mimeType } = content;
      return { text: content.caption ?? '', attachments: [{ name, mimeType }] };
    }
    default:
      return { text: '' };
  }
}

function ticketFacts(ticket: Ticket): object {
  const { number, status, kind, topicCode, unitCode, profile, question, attachments, assigneeName, rating } =
    ticket;
  return {
    ...{ number, status, kind, topic: topicCode, unit: unitCode },
    ...{
      receivedAt: localTime(ticket.receivedAt),
      countedFrom: localTime(ticket.countedFrom),
      dueAt: localTime(ticket.dueAt),
    },
    ...{ identity: profile, question, attachments: attachments.map(({ name }) => name) },
    ...{ assignee: assigneeName, rating: rating && { score: rating.score, comment: rating.comment } },
  };
}
