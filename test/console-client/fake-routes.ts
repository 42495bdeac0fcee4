import type { Change, Me, OfficeHours, Role, Ticket } from '../../src/console/client/api/types.js';
import { addFile, nextId, PASSWORD, type FakeData } from './fake-data.js';
import { escalationRoute } from './fake-escalation-routes.js';
import { ticketRoute } from './fake-ticket-routes.js';

export interface FakeCall {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  data: FakeData;
  me: FakeData['staff'][number] | null;
  now: Date;
  publish: (change: Change) => void;
  signIn: (staffId: string) => void;
  signOut: () => void;
}

export interface FakeAnswer {
  status?: number;
  body?: unknown;
  bytes?: Buffer;
  headers?: Record<string, string>;
}

/** One refusal as the API words it. */
export function refuse(status: number, code: string, message: string, more: object = {}): FakeAnswer {
  return { status, body: { error: { code, message, ...more } } };
}

/** A page of a list by position; the real server's cursor is opaque as well. */
export function page(items: readonly unknown[], query: URLSearchParams): FakeAnswer {
  const limit = Number(query.get('limit') ?? 25);
  const from = Number(query.get('cursor') ?? 0);
  const next = from + limit < items.length ? String(from + limit) : null;
  return { body: { items: items.slice(from, from + limit), next } };
}

let wrongTries = 0;

export function route(call: FakeCall): FakeAnswer {
  const open = openRoute(call);
  if (open) return open;
  if (!call.me) return refuse(401, 'not-signed-in', 'Silakan masuk terlebih dahulu.');
  return (
    escalationRoute(call) ??
    ticketRoute(call) ??
    accountRoute(call) ??
    recordRoute(call) ??
    settingsRoute(call) ??
    refuse(404, 'not-found', 'Tidak ditemukan.')
  );
}

function openRoute({ method, path, query, body, data, signIn }: FakeCall): FakeAnswer | undefined {
  if (path === '/setup' && method === 'GET') {
    if (query.get('token') === 'first') return { body: { valid: true, needsUsername: true } };
    if (query.get('token') === 'rini') {
      return { body: { valid: true, needsUsername: false, username: 'rini', name: 'Rini Contoh' } };
    }
    return { body: { valid: false, needsUsername: false } };
  }
  if (path === '/setup') {
    signIn('adm');
    return { body: toMe(data.staff[0]!) };
  }
  if (path !== '/session' || method !== 'POST') return undefined;
  const person = data.staff.find(({ username }) => username === body.username);
  if (!person || body.password !== PASSWORD) {
    wrongTries += 1;
    if (wrongTries % 4 === 0) {
      return {
        ...refuse(429, 'too-many-attempts', 'Terlalu banyak percobaan.'),
        headers: { 'retry-after': '30' },
      };
    }
    return refuse(401, 'wrong-credentials', 'Nama pengguna atau kata sandi keliru.');
  }
  signIn(person.id);
  return { body: toMe(person) };
}

function accountRoute({ method, path, body, me, now, signOut }: FakeCall): FakeAnswer | undefined {
  if (path === '/session') {
    if (method === 'DELETE') {
      signOut();
      return { status: 204 };
    }
    if (method === 'PATCH') me!.language = body.language as 'id' | 'en';
    return { body: toMe(me!) };
  }
  if (path === '/session/password') {
    return body.current === PASSWORD
      ? { status: 204 }
      : refuse(401, 'wrong-credentials', 'Kata sandi sekarang keliru.', { fields: [] });
  }
  if (path.startsWith('/sessions')) {
    const items = [
      session('s1', 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/153.0 Safari/537.36', true, now),
      session(
        's2',
        'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/152.0 Mobile Safari/537.36',
        false,
        now,
      ),
    ];
    return method === 'GET' ? { body: { items } } : { status: 204 };
  }
  return undefined;
}

function recordRoute({ method, path, query, body, data, publish }: FakeCall): FakeAnswer | undefined {
  if (path === '/files' && method === 'POST') {
    const bytes = body.bytes as Buffer;
    if (String(body.name).endsWith('.exe'))
      return refuse(415, 'file-type-refused', 'Jenis berkas ini tidak diizinkan.');
    return { status: 201, body: addFile(data, String(body.name), String(body.mimeType), bytes) };
  }
  if (path.startsWith('/files/')) {
    const file = data.files.get(path.slice('/files/'.length));
    if (!file) return refuse(404, 'not-found', 'Berkas tidak ada.');
    return {
      bytes: file.bytes,
      headers: { 'content-type': file.mimeType, 'x-content-type-options': 'nosniff' },
    };
  }
  if (path === '/mails') return page([...data.mails].reverse(), query);
  const mail = /^\/mails\/([^/]+)(\/retry)?$/.exec(path);
  if (mail) {
    const found = data.mails.find(({ id }) => id === mail[1]);
    if (!found) return refuse(404, 'not-found', 'Surat tidak ada.');
    if (mail[2]) {
      Object.assign(found, { state: 'queued', reason: null });
      publish({ topic: 'mail', id: found.id });
    }
    return { body: found };
  }
  if (path === '/minutes') return page([...data.minutes].reverse(), query);
  if (path === '/assignees') {
    const items = data.staff.filter(
      ({ roles, active }) => active && roles.some((role) => role === 'agent' || role === 'supervisor'),
    );
    return { body: { items: items.map(({ id, name }) => ({ id, name })) } };
  }
  if (path === '/regions') {
    const wanted = (query.get('q') ?? '').toLowerCase();
    const items = REGIONS.filter(({ name }) => name.toLowerCase().includes(wanted));
    return { body: { items } };
  }
  return undefined;
}

function settingsRoute(call: FakeCall): FakeAnswer | undefined {
  const { method, path, query, body, data, now } = call;
  const code = decodeURIComponent(path.split('/')[2] ?? '');
  if (path.startsWith('/staff')) return staffRoute(call, code);
  if (path.startsWith('/topics')) return put(call, data.topics, { code, ...body });
  if (path.startsWith('/units')) return put(call, data.units, { code, ...body });
  if (path.startsWith('/holidays')) {
    if (method === 'GET')
      return {
        body: { items: data.holidays.filter(({ date }) => date.startsWith(query.get('year') ?? '')) },
      };
    data.holidays = data.holidays.filter(({ date }) => date !== code);
    if (method === 'PUT') data.holidays.push({ date: code, ...body } as FakeData['holidays'][number]);
    data.holidays.sort((a, b) => (a.date < b.date ? -1 : 1));
    return method === 'PUT' ? { body: { date: code, ...body } } : { status: 204 };
  }
  if (path === '/office-hours') {
    if (method === 'PUT') data.hours = body as unknown as OfficeHours;
    return { body: data.hours };
  }
  if (path === '/audit') {
    const items = Array.from({ length: 60 }, (_, index) => ({
      id: nextId(),
      at: new Date(now.getTime() - index * 900_000).toISOString(),
      actorName: index % 3 ? 'Sari Contoh' : 'Dewi Contoh',
      action: ['ticket.claim', 'ticket.reply', 'ticket.resolve', 'staff.create'][index % 4],
      subject: `DJPK-2026-${String(1000 - index).padStart(6, '0')}`,
      details: index % 2 ? { length: 120, files: 1 } : {},
    }));
    return page(items, query);
  }
  if (path === '/overview') {
    return {
      body: {
        channels: [
          {
            name: 'web-chat',
            state: 'up',
            lastInboundAt: now.toISOString(),
            lastOutboundAt: now.toISOString(),
            queued: 0,
          },
          {
            name: 'whatsapp',
            state: 'down',
            reason: 'QR belum dipindai',
            lastInboundAt: null,
            lastOutboundAt: null,
            queued: 3,
          },
          { name: 'telegram', state: 'starting', lastInboundAt: null, lastOutboundAt: null, queued: 0 },
        ],
        mail: { mode: 'folder', queued: 1, failed: 2 },
        pendingMessages: 0,
        store: 'embedded',
        version: '0.1.0',
      },
    };
  }
  return undefined;
}

function staffRoute({ method, path, body, data }: FakeCall, id: string): FakeAnswer {
  const setupUrl = 'http://127.0.0.1:3000/console/setup?token=rini';
  const shown = (person: FakeData['staff'][number]): object => ({
    ...person,
    password: undefined,
    language: undefined,
  });
  if (method === 'GET') return { body: { items: data.staff.map(shown) } };
  if (path === '/staff') {
    if (data.staff.some(({ username }) => username === body.username)) {
      return refuse(409, 'username-taken', 'Nama pengguna sudah dipakai.', {
        fields: [{ path: 'username', message: 'Nama pengguna sudah dipakai.' }],
      });
    }
    const made = {
      id: nextId(),
      position: null,
      email: null,
      unitCode: null,
      post: null,
      active: true,
      hasPassword: false,
      password: null,
      language: 'id',
      ...body,
    } as FakeData['staff'][number];
    data.staff.push(made);
    return { status: 201, body: { staff: shown(made), setupUrl } };
  }
  const found = data.staff.find((person) => person.id === id);
  if (!found) return refuse(404, 'not-found', 'Pegawai tidak ada.');
  if (path.endsWith('/setup-link')) return { body: { setupUrl } };
  if (path.endsWith('/sessions')) return { status: 204 };
  Object.assign(found, body);
  return { body: shown(found) };
}

function put(call: FakeCall, list: { code: string }[], value: { code: string }): FakeAnswer {
  if (call.method === 'GET') return { body: { items: list } };
  const at = list.findIndex(({ code }) => code === value.code);
  if (at < 0) list.push(value);
  else list[at] = value;
  return { body: value };
}

function toMe({
  active: _a,
  hasPassword: _h,
  password: _p,
  email: _e,
  ...me
}: FakeData['staff'][number]): Me {
  return me;
}

function session(id: string, userAgent: string, current: boolean, now: Date): object {
  return { id, userAgent, current, createdAt: now.toISOString(), lastSeenAt: now.toISOString() };
}

const REGIONS = [
  { code: '3404', name: 'Kabupaten Sleman', level: 'regency', province: 'Daerah Istimewa Yogyakarta' },
  { code: '3273', name: 'Kota Bandung', level: 'city', province: 'Jawa Barat' },
  { code: '3204', name: 'Kabupaten Bandung', level: 'regency', province: 'Jawa Barat' },
  { code: '51', name: 'Bali', level: 'province', province: null },
];

/** What this person may do with the ticket as it stands. */
export function allowedFor(
  ticket: Ticket,
  me: { id: string; roles: Role[] },
  { escalations }: FakeData,
): Ticket['allowed'] {
  const works = me.roles.includes('agent') || me.roles.includes('supervisor');
  if (!works) return [];
  if (ticket.status === 'resolved' || ticket.status === 'closed') return ['note'];
  if (!ticket.assignee) return ['claim', 'take-over', 'reply', 'note', 'assign', 'edit', 'close'];
  const mine = ticket.assignee.id === me.id;
  const asked = escalations.some(({ ticketNumber, open }) => open && ticketNumber === ticket.number);
  const base: Ticket['allowed'] = ['note', 'assign', 'edit', ...(asked ? [] : (['escalate'] as const))];
  if (!mine) return me.roles.includes('supervisor') ? [...base, 'take-over', 'close'] : ['note', 'take-over'];
  return ticket.holder === 'staff'
    ? [...base, 'reply', 'hand-back', 'resolve', 'close']
    : [...base, 'reply', 'take-over', 'resolve', 'close'];
}
