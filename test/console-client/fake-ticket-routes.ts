import type { Message, Ticket, TicketSummary, Person } from '../../src/console/client/api/types.js';
import { addHistory, addMessage, resolveInData, type FakeData } from './fake-data.js';
import { allowedFor, page, refuse, type FakeAnswer, type FakeCall } from './fake-routes.js';

const OPEN = new Set(['open', 'in-progress', 'waiting-user', 'waiting-unit']);
const answered = new Map<string, Message[]>();

export function ticketRoute(call: FakeCall): FakeAnswer | undefined {
  const { path, query, data, me } = call;
  if (path === '/ticket-counts') {
    const count = (view: string): number => Math.min(100, inView(data, view, me!.id).length);
    return {
      body: {
        unassigned: count('unassigned'),
        mine: count('mine'),
        open: count('open'),
        overdue: count('overdue'),
        complaints: count('complaints'),
        suggestions: count('suggestions'),
      },
    };
  }
  if (path === '/tickets') {
    const wanted = (query.get('q') ?? '').toLowerCase();
    const found = inView(data, query.get('view') ?? 'all', me!.id).filter(
      ({ number, name, agency }) =>
        wanted === '' ||
        number.toLowerCase().includes(wanted) ||
        [name, agency].some((text) => text?.toLowerCase().startsWith(wanted)),
    );
    return page(found.map(toSummary), query);
  }
  const match = /^\/tickets\/([^/]+)(?:\/([a-z-]+))?$/.exec(path);
  if (!match) return undefined;
  const ticket = data.tickets.find(({ number }) => number === decodeURIComponent(match[1]!));
  if (!ticket) return refuse(404, 'not-found', 'Tiket tidak ditemukan.');
  return oneTicket(call, ticket, match[2]);
}

function oneTicket(call: FakeCall, ticket: Ticket, part: string | undefined): FakeAnswer {
  const { method, query, data, me } = call;
  if (part === 'messages') {
    const all = data.messages.get(ticket.number) ?? [];
    const before = query.get('before');
    const end = before ? all.findIndex(({ id }) => id === before) : all.length;
    const start = Math.max(0, end - Number(query.get('limit') ?? 40));
    return { body: { items: all.slice(start, end), next: start > 0 ? all[start]!.id : null } };
  }
  if (part === 'person') return { body: personOf(ticket) };
  if (part === 'history') return { body: { items: data.history.get(ticket.number) ?? [] } };
  if (part === undefined && method === 'GET') return { body: full(ticket, call) };
  if (part === 'reply' || part === 'notes') return write(call, ticket, part);
  if (part === undefined) return edit(call, ticket);
  if (part === 'seen') {
    ticket.unread = 0;
    return { body: full(ticket, call) };
  }
  if (part === 'claim' && ticket.assignee && ticket.assignee.id !== me!.id) {
    return refuse(409, 'ticket-taken', `Tiket sudah diambil ${ticket.assignee.name}.`);
  }
  return act(call, ticket, part);
}

function edit(call: FakeCall, ticket: Ticket): FakeAnswer {
  const { body, data } = call;
  const profile = (body.profile ?? {}) as Partial<Ticket['profile']>;
  if (profile.email?.includes('@') === false) {
    return refuse(400, 'invalid-input', 'Periksa isian.', {
      fields: [{ path: 'profile.email', message: 'Alamat e-mail tidak lengkap.' }],
    });
  }
  Object.assign(ticket.profile, profile);
  if (typeof body.question === 'string') ticket.question = body.question;
  const topic = data.topics.find(({ code }) => code === body.topicCode);
  if (topic) ticket.topic = { code: topic.code, name: topic.name.id };
  ticket.name = ticket.profile.name;
  return changed(call, ticket, 'ticket-updated');
}

function act(call: FakeCall, ticket: Ticket, part: string): FakeAnswer {
  const { body, data, me, now } = call;
  const mine = { id: me!.id, name: me!.name };
  switch (part) {
    case 'claim':
      Object.assign(ticket, { assignee: mine, status: 'in-progress' });
      return changed(call, ticket, 'ticket-claimed');
    case 'take-over':
      Object.assign(ticket, {
        assignee: mine,
        status: 'in-progress',
        holder: 'staff',
        holderName: mine.name,
      });
      return changed(call, ticket, 'taken-over');
    case 'hand-back':
      Object.assign(ticket, { holder: 'bot', holderName: null });
      return changed(call, ticket, 'handed-back');
    case 'assign': {
      const to = data.staff.find(({ id }) => id === body.staffId)!;
      Object.assign(ticket, { assignee: { id: to.id, name: to.name }, status: 'in-progress' });
      return changed(call, ticket, 'ticket-assigned');
    }
    case 'close':
      Object.assign(ticket, { status: 'closed', closeReason: body.reason, closedAt: now.toISOString() });
      return changed(call, ticket, 'ticket-closed');
    case 'resolve':
      ticket.legalBasis = body.legalBasis as string[];
      resolveInData(data, ticket, String(body.answer), now);
      return changed(call, ticket);
    default:
      return refuse(404, 'not-found', 'Tidak ditemukan.');
  }
}

function personOf({ conversationId, channel, updatedAt }: Ticket): Person {
  const addresses = [{ conversationId, channel, lastInboundAt: updatedAt }];
  return { addresses, tickets: [], similar: [], merges: [] };
}

function write(call: FakeCall, ticket: Ticket, part: 'reply' | 'notes'): FakeAnswer {
  const { body, data, me, now } = call;
  const clientId = String(body.clientId);
  let items = answered.get(clientId);
  if (!items) {
    const base = {
      direction: part === 'notes' ? ('note' as const) : ('out' as const),
      author: { kind: 'staff' as const, name: me!.name },
      sentAt: now.toISOString(),
      receivedAt: now.toISOString(),
      delivery: part === 'notes' ? null : { state: 'queued' as const, reason: null },
    };
    items = [];
    if (typeof body.text === 'string') {
      items.push(addMessage(data, ticket, { ...base, content: { kind: 'text', text: body.text } }));
    }
    for (const fileId of (body.fileIds ?? []) as string[]) {
      const { name, mimeType, size } = data.files.get(fileId)!;
      const content = { kind: 'file' as const, fileId, name, mimeType, size };
      items.push(addMessage(data, ticket, { ...base, content }));
    }
    answered.set(clientId, items);
    if (part === 'reply')
      Object.assign(ticket, { holder: 'staff', holderName: me!.name, status: 'waiting-user' });
    ticket.assignee ??= { id: me!.id, name: me!.name };
    ticket.updatedAt = now.toISOString();
    const sent = items;
    call.publish({
      topic: 'message',
      id: sent[0]!.id,
      conversationId: ticket.conversationId,
      number: ticket.number,
    });
    setTimeout(() => {
      for (const message of sent) if (message.delivery) message.delivery.state = 'delivered';
      call.publish({ topic: 'message', id: sent[0]!.id, conversationId: ticket.conversationId });
    }, 700);
  }
  return { status: 201, body: part === 'notes' ? items[0] : { items } };
}

function changed(call: FakeCall, ticket: Ticket, event?: string): FakeAnswer {
  ticket.updatedAt = call.now.toISOString();
  if (event) addHistory(call.data, ticket.number, event, call.me!.name, call.now);
  call.publish({
    topic: 'ticket',
    id: ticket.number,
    number: ticket.number,
    conversationId: ticket.conversationId,
  });
  return { body: full(ticket, call) };
}

function full(ticket: Ticket, { me, data }: FakeCall): Ticket {
  return { ...ticket, allowed: allowedFor(ticket, me!, data) };
}

function toSummary(ticket: Ticket): TicketSummary {
  const { number, kind, status, channel, name, agency, regionName, topic, question, receivedAt, dueAt } =
    ticket;
  const { overdue, assignee, holder, unread, updatedAt } = ticket;
  const head = {
    number,
    kind,
    status,
    channel,
    name,
    agency,
    regionName,
    anonymous: ticket.anonymous,
    topic,
    question: question.slice(0, 160),
  };
  return { ...head, receivedAt, dueAt, overdue, assignee, holder, unread, updatedAt };
}

function inView(data: FakeData, view: string, me: string): Ticket[] {
  const tests: Record<string, (ticket: Ticket) => boolean> = {
    unassigned: ({ status, assignee }) => OPEN.has(status) && !assignee,
    mine: ({ status, assignee }) => OPEN.has(status) && assignee?.id === me,
    open: ({ status }) => OPEN.has(status),
    overdue: ({ status, overdue }) => OPEN.has(status) && overdue,
    complaints: ({ status, kind }) => OPEN.has(status) && kind === 'complaint',
    suggestions: ({ status, kind }) => OPEN.has(status) && kind === 'suggestion',
    'waiting-unit': ({ status }) => status === 'waiting-unit',
    resolved: ({ status }) => status === 'resolved',
    closed: ({ status }) => status === 'closed',
  };
  return data.tickets
    .filter(tests[view] ?? (() => true))
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}
