import type { Ticket } from '../../src/console/client/api/types.js';
import type {
  Escalation,
  EscalationStepName,
  EscalationSummary,
  EscalationState,
} from '../../src/console/client/api/types/escalations.js';
import { CARD_STEPS } from '../../src/documents/unit-card/card-data.js';
import { unitCard } from '../../src/documents/unit-card/unit-card.js';
import { loadTexts } from '../../src/shared/i18n.js';
import { nextId, type FakeData } from './fake-data.js';
import { page, refuse, type FakeAnswer, type FakeCall } from './fake-routes.js';

const texts = loadTexts();

/** What each role may press in each state; finer rules are the services'. */
const ALLOWED: Record<string, Partial<Record<EscalationState, EscalationStepName[]>>> = {
  'unit-member': {
    sent: ['claim', 'answer', 'ask-user', 'pass-on', 'decline'],
    claimed: ['answer', 'ask-user', 'pass-on', 'decline'],
    asking: ['answer', 'decline'],
    submitted: ['answer'],
  },
  'head-of-unit': {
    sent: ['claim', 'answer'],
    claimed: ['answer'],
    submitted: ['approve', 'return', 'answer'],
  },
  supervisor: { sent: ['pass-on'], claimed: ['pass-on'], submitted: ['pass-on'] },
  agent: {
    sent: ['withdraw'],
    claimed: ['withdraw'],
    asking: ['withdraw', 'user-answer'],
    submitted: ['withdraw'],
  },
};
const AFTER: Record<EscalationStepName, EscalationState> = {
  claim: 'claimed',
  answer: 'submitted',
  'ask-user': 'asking',
  'user-answer': 'claimed',
  'pass-on': 'sent',
  decline: 'declined',
  approve: 'approved',
  return: 'claimed',
  withdraw: 'withdrawn',
};

export function escalationRoute(call: FakeCall): FakeAnswer | undefined {
  const { method, path, query, body, data } = call;
  if (path === '/escalation-units')
    return { body: { items: data.units.map(({ code, name }) => ({ code, name })) } };
  if (path === '/escalations') {
    const view = query.get('view') ?? 'open';
    const unit = query.get('unit') ?? '';
    const items = data.escalations.filter(
      (item) => inView(item, view, call.me!.id) && (unit === '' || item.unit.code === unit),
    );
    return page(items.map(toSummary), query);
  }
  const ofTicket = /^\/tickets\/([^/]+)\/(escalations|escalation-deadline|escalate)$/.exec(path);
  if (ofTicket) return ticketSide(call, decodeURIComponent(ofTicket[1]!), ofTicket[2]!);
  const one = /^\/escalations\/([^/]+)(\/steps|\/files\/([^/]+))?$/.exec(path);
  if (!one) return undefined;
  const found = data.escalations.find(({ id }) => id === one[1]);
  if (!found) return refuse(404, 'not-found', 'Eskalasi tidak ditemukan.');
  const file = data.files.get(one[3] ?? '');
  if (file) return { bytes: file.bytes, headers: { 'content-type': file.mimeType } };
  if (method === 'POST') {
    const done = takeStep(call, found, body as { step: EscalationStepName; version: number });
    if (done) return done;
  }
  return { body: withCard(found, call) };
}

function ticketSide(call: FakeCall, number: string, part: string): FakeAnswer {
  const { body, data, me, now } = call;
  const ticket = data.tickets.find((known) => known.number === number)!;
  if (part === 'escalation-deadline')
    return { body: { dueAt: new Date(now.getTime() + 3 * 86_400_000).toISOString() } };
  if (part === 'escalations') {
    const items = data.escalations.filter(({ ticketNumber }) => ticketNumber === number).reverse();
    return { body: { items: items.map((item) => ({ ...item, allowed: allowed(item, call) })) } };
  }
  const made = addEscalation(data, ticket, now, {
    ...{ unitCode: String(body.unitCode), summary: String(body.summary), question: String(body.question) },
    byName: me!.name,
  });
  ticket.status = 'waiting-unit';
  call.publish({ topic: 'escalation', id: made.id });
  call.publish({ topic: 'ticket', id: number });
  return { body: made };
}

function takeStep(
  call: FakeCall,
  found: Escalation,
  {
    step,
    version,
    ...more
  }: { step: EscalationStepName; version: number; text?: string; legalBasis?: string[] },
): FakeAnswer | undefined {
  const { me, now, data } = call;
  const last = found.thread.at(-1)!;
  if (version !== found.version) {
    const sentence = `Keadaannya baru saja berubah: ${last.byName} ${texts.for('id')(`unit-card:did.${last.step}`)}.`;
    return refuse(409, 'escalation-changed', sentence);
  }
  if (!allowed(found, call).includes(step)) return refuse(403, 'not-allowed', 'Tidak diizinkan.');
  const fileIds = (call.body.fileIds ?? []) as string[];
  const files = fileIds.flatMap((id) => data.files.get(id) ?? []).map(({ bytes: _, ...file }) => file);
  const { text, legalBasis } = more;
  const at = now.toISOString();
  const who = { byId: me!.id, byName: me!.name, at };
  const words = { ...(text ? { text } : {}), ...(legalBasis ? { legalBasis } : {}) };
  found.version += 1;
  found.thread.push({
    n: found.version,
    step,
    ...who,
    unit: found.unit,
    ...words,
    files,
    workingMinutes: 75,
  });
  found.state = AFTER[step];
  found.open = !['approved', 'declined', 'withdrawn'].includes(found.state);
  if (step === 'claim' || step === 'answer') found.assignee = { id: me!.id, name: me!.name };
  if (step === 'answer') found.answer = { text: text ?? '', legalBasis: legalBasis ?? [], files, ...who };
  found.updatedAt = at;
  call.publish({ topic: 'escalation', id: found.id });
  return undefined;
}

function withCard(found: Escalation, call: FakeCall): object {
  const shown = { ...found, allowed: allowed(found, call) };
  const dated = {
    ...{ ...shown, dueAt: new Date(found.dueAt) },
    thread: found.thread.map((line) => ({ ...line, at: new Date(line.at) })),
  };
  const { language } = call.me!;
  const card = unitCard(dated, texts.for(language), {
    language,
    steps: CARD_STEPS.filter((step) => shown.allowed.includes(step)),
    units: call.data.units.filter(({ code }) => code !== found.unit.code),
    deskUrl: 'https://contoh.go.id/console/desk/x',
  });
  return { escalation: shown, card };
}

function allowed({ state }: Escalation, { me }: FakeCall): EscalationStepName[] {
  return [...new Set(me!.roles.flatMap((role) => ALLOWED[role]?.[state] ?? []))];
}

function inView({ open, state, assignee }: Escalation, view: string, me: string): boolean {
  if (view === 'mine') return open && assignee?.id === me;
  if (view === 'closed') return !open;
  return view === 'open' ? open : state === view;
}

function toSummary({ thread: _, ...summary }: Escalation): EscalationSummary {
  return summary;
}

interface Asked {
  unitCode: string;
  summary: string;
  question: string;
  byName: string;
}

/** One more question laid before a unit. */
export function addEscalation(data: FakeData, ticket: Ticket, now: Date, asked: Asked): Escalation {
  const { unitCode, byName, ...words } = asked;
  const unit = data.units.find(({ code }) => code === unitCode)!;
  const at = now.toISOString();
  const escalation: Escalation = {
    ...{ id: nextId(), version: 1, state: 'sent', open: true, ticketNumber: ticket.number, ...words },
    unit: { code: unit.code, name: unit.name },
    asker: { name: ticket.name, agency: ticket.agency, regionName: ticket.regionName },
    ...{ sentAt: at, sentByName: byName, updatedAt: at, reminders: 0 },
    ...{ dueAt: new Date(now.getTime() + 50 * 3_600_000).toISOString(), overdue: false },
    ...{ assignee: null, files: ticket.attachments, answer: null, openQuestion: null, cardFailure: null },
    thread: [
      {
        ...{ n: 1, step: 'escalate', at, byId: 'sari', byName, unit: { code: unit.code, name: unit.name } },
        ...{ text: words.summary, workingMinutes: 0 },
      },
    ],
    ...{ workingMinutes: 190, allowed: [] },
  };
  data.escalations.push(escalation);
  return escalation;
}
