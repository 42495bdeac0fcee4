import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Role, Staff } from '../models/staff.js';
import { peekSession } from '../services/staff/session.js';
import { isVisibleTo } from '../services/tickets/visible-to.js';
import type { NumberedChange } from '../shared/change-feed.js';
import { ADMINISTRATORS, DESK_READERS, OVERSEERS, TICKET_READERS, type ConsoleDeps } from './api-server.js';

/** Keeps proxies from closing a quiet stream, and finds out that a session has ended. */
const PING_MILLISECONDS = 20_000;
/** What a reader that does not keep up may owe; beyond that it is told to reload. */
const MOST_WAITING = 500;

/** Who hears of what; settings concern everybody. */
const AUDIENCE: Readonly<Record<NumberedChange['topic'], readonly Role[] | undefined>> = {
  ticket: TICKET_READERS,
  escalation: DESK_READERS,
  // Which bookings and letters somebody may see is asked when they fetch them.
  appointment: [...DESK_READERS, 'receptionist'],
  letter: [...DESK_READERS, 'receptionist'],
  message: TICKET_READERS,
  mail: TICKET_READERS,
  staff: ADMINISTRATORS,
  settings: undefined,
  channel: OVERSEERS,
};

interface Opening {
  headers: OutgoingHttpHeaders;
  sessionId: string;
  staff: Staff;
  /** Where the reader was. */
  after: string | undefined;
}

/** The open event streams of one server. */
export class EventStreams {
  readonly #open = new Set<EventStream>();

  constructor(private readonly deps: ConsoleDeps) {}

  open(response: ServerResponse, opening: Opening): void {
    const stream = new EventStream(this.deps, response, opening);
    this.#open.add(stream);
    response.on('close', () => {
      this.#open.delete(stream);
      stream.stop();
    });
    stream.start(opening);
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.end()));
  }
}

class EventStream {
  #roles: readonly string[];
  #waiting: NumberedChange[] = [];
  #blocked = false;
  #lost = false;
  #unsubscribe: () => void = () => undefined;
  #ping: NodeJS.Timeout | undefined;
  readonly #sessionId: string;
  readonly #staffId: string;

  constructor(
    private readonly deps: ConsoleDeps,
    private readonly response: ServerResponse,
    { sessionId, staff }: Opening,
  ) {
    this.#sessionId = sessionId;
    this.#staffId = staff._id;
    this.#roles = staff.roles;
  }

  /** Reading what was missed and subscribing happen in one go, so that nothing falls in between. */
  start({ headers, after }: Opening): void {
    const { changes } = this.deps.services;
    this.response.on('drain', () => this.#flush());
    this.response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would hold events back.
      'x-accel-buffering': 'no',
    });
    const missed = after === undefined ? [] : changes.since(after);
    if (missed === undefined) this.#reset();
    // An id alone moves the reader's cursor, so that it can catch up even before the first change.
    else this.#write(`retry: 2000\nid: ${after ?? changes.cursor}\n\n`);
    for (const change of missed ?? []) this.#take(change);
    this.#unsubscribe = changes.subscribe((change) => this.#take(change));
    this.#ping = setInterval(() => {
      if (!this.#blocked) this.#write(': ping\n\n');
      this.#checkSession();
    }, PING_MILLISECONDS);
    this.#ping.unref();
  }

  stop(): void {
    clearInterval(this.#ping);
    this.#unsubscribe();
  }

  end(): Promise<void> {
    this.stop();
    return new Promise((resolve) => {
      this.response.end(() => resolve());
      if (this.#blocked) this.response.destroy();
      this.response.on('close', () => resolve());
    });
  }

  #take(change: NumberedChange): void {
    // Revoked sessions and changed roles are told as changes of the person.
    if (change.topic === 'staff' && change.id === this.#staffId) this.#checkSession();
    const audience = AUDIENCE[change.topic];
    if (audience && !audience.some((role) => this.#roles.includes(role))) return;
    const reader = { staffId: this.#staffId, roles: this.#roles };
    if (change.complaint && !isVisibleTo(reader, { kind: 'complaint', ...change.complaint })) return;
    if (!this.#blocked) {
      this.#send(change);
      return;
    }
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(change);
    else this.#lost = true;
  }

  #flush(): void {
    this.#blocked = false;
    if (this.#lost) {
      this.#lost = false;
      this.#waiting = [];
      this.#reset();
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const change of waiting) this.#take(change);
  }

  #send({ cursor, topic, id, conversationId }: NumberedChange): void {
    const data = JSON.stringify({ topic, id, ...(conversationId === undefined ? {} : { conversationId }) });
    this.#write(`id: ${cursor}\nevent: change\ndata: ${data}\n\n`);
  }

  /** The reader cannot catch up: it loads its data anew and goes on from here. */
  #reset(): void {
    this.#write(`retry: 2000\nid: ${this.deps.services.changes.cursor}\nevent: reset\ndata: {}\n\n`);
  }

  #write(text: string): void {
    if (!this.response.write(text)) this.#blocked = true;
  }

  #checkSession(): void {
    const { services, clock, log } = this.deps;
    peekSession(services, { sessionId: this.#sessionId, now: clock.now() })
      .then((found) => {
        if (found) this.#roles = found.staff.roles;
        else void this.end();
      })
      .catch((error: unknown) => {
        log.warn({ err: error }, 'an event stream could not check its session and ends');
        void this.end();
      });
  }
}
