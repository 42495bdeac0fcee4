import type {
  AuditItem,
  FileRef,
  HistoryEntry,
  Holiday,
  MailDetail,
  Message,
  MinutesEntry,
  OfficeHours,
  StaffMember,
  Ticket,
  Topic,
  Unit,
} from '../../src/console/client/api/types.js';
import type { Escalation } from '../../src/console/client/api/types/escalations.js';

/** Everything the pretended server knows. All people and places of work are invented. */
export interface FakeData {
  staff: (StaffMember & { password: string | null; language: 'id' | 'en' })[];
  tickets: Ticket[];
  escalations: Escalation[];
  messages: Map<string, Message[]>;
  history: Map<string, HistoryEntry[]>;
  files: Map<string, FileRef & { bytes: Buffer }>;
  mails: MailDetail[];
  minutes: MinutesEntry[];
  topics: Topic[];
  units: Unit[];
  holidays: Holiday[];
  hours: OfficeHours;
  audit: AuditItem[];
}

export const PASSWORD = 'sandi-contoh-1945';
const HOUR = 3_600_000;

const NAMES = [
  ['Budi Contoh', 'BPKAD Kabupaten Contoh', 'Kabupaten Sleman'],
  ['Ratna Permata Contoh', 'Bappeda Kota Contoh', 'Kota Bandung'],
  ['Yohanes Contoh', 'Dinas Pekerjaan Umum Contoh', 'Kabupaten Manggarai'],
  ['Siti Aminah Contoh', 'Sekretariat Daerah Contoh', 'Provinsi Sulawesi Selatan'],
  ['I Made Contoh', 'BKAD Kabupaten Contoh', 'Kabupaten Badung'],
  ['Maria Contoh', 'Dinas Pendidikan Contoh', 'Kota Jayapura'],
] as const;
const QUESTIONS = [
  'Apakah sisa DAK Fisik tahun lalu boleh dipakai untuk bidang yang sama tahun ini, dan apa syarat pelaporannya?',
  'Bagaimana cara memperbaiki data realisasi penyerapan DAU yang ditentukan penggunaannya pada aplikasi?',
  'Kami belum menerima penyaluran Dana Desa tahap II. Dokumen apa yang masih kurang?',
  'Mohon penjelasan dasar perhitungan DBH sawit dan kapan kurang bayar disalurkan.',
  'Apakah opsen PKB langsung masuk ke RKUD kabupaten/kota pada hari yang sama?',
  'Bagaimana prosedur permohonan insentif fiskal kinerja tahun berjalan?',
];
const CHANNELS = ['web-chat', 'whatsapp', 'telegram', 'email'] as const;

let counter = 0;
/** Sorts as a ULID does: later is larger. */
export function nextId(): string {
  counter += 1;
  return `01J${String(counter).padStart(23, '0')}`;
}

/** A small office at `now`: two agents, an administrator, tickets in every state, one long conversation. */
export function createFakeData(now: Date): FakeData {
  const data: FakeData = {
    staff: [
      person('adm', 'admin', 'Dewi Contoh', ['administrator', 'supervisor'], 'Kepala Subbagian'),
      person('sari', 'sari', 'Sari Contoh', ['agent'], 'Petugas Layanan'),
      person('agus', 'agus', 'Agus Contoh', ['agent', 'supervisor'], 'Supervisor'),
      person('joko', 'joko', 'Joko Contoh', ['unit-member'], 'Analis'),
      person('wulan', 'wulan', 'Wulan Contoh', ['head-of-unit'], 'Kepala Subdit'),
      {
        ...person('rini', 'rini', 'Rini Contoh', ['receptionist'], 'Resepsionis'),
        ...{ hasPassword: false, password: null },
      },
    ],
    tickets: [],
    escalations: [],
    messages: new Map(),
    history: new Map(),
    files: new Map(),
    mails: [],
    minutes: [],
    topics: [
      topic('dak-fisik', 'DAK Fisik', 'Physical DAK', 'dana-transfer-khusus', 1),
      topic('dau', 'Dana Alokasi Umum', 'General Allocation Fund', 'dana-transfer-umum', 2),
      topic('dana-desa', 'Dana Desa', 'Village Fund', 'dana-desa', 3),
      topic('dbh', 'Dana Bagi Hasil', 'Revenue Sharing Fund', 'dana-transfer-umum', 4),
      topic('pdrd', 'Pajak Daerah dan Retribusi Daerah', 'Local Taxes and Charges', 'pdrd', 5),
      topic('insentif', 'Insentif Fiskal', 'Fiscal Incentive', 'dana-desa', 6),
    ],
    units: [
      { code: 'dana-transfer-khusus', name: 'Subdirektorat Dana Transfer Khusus', active: true },
      { code: 'dana-transfer-umum', name: 'Subdirektorat Dana Transfer Umum', active: true },
      { code: 'dana-desa', name: 'Subdirektorat Dana Desa dan Insentif', active: true },
      { code: 'pdrd', name: 'Subdirektorat Pajak Daerah dan Retribusi Daerah', active: true },
    ],
    holidays: [
      holiday('2026-01-01', 'Tahun Baru 2026 Masehi', 'national-holiday'),
      holiday('2026-03-20', 'Cuti Bersama Idulfitri', 'collective-leave'),
      holiday('2026-12-24', 'Cuti Bersama Natal', 'collective-leave'),
      holiday('2026-12-25', 'Kelahiran Yesus Kristus', 'national-holiday'),
    ],
    hours: defaultHours(),
    audit: [],
  };
  for (let index = 0; index < 64; index += 1) addTicket(data, now, index);
  return data;
}

/** One more ticket, as when a user just confirmed a question. */
export function addTicket(data: FakeData, now: Date, index: number): Ticket {
  const [name, agency, regionName] = NAMES[index % NAMES.length]!;
  const topicOf = data.topics[index % data.topics.length]!;
  const unit = data.units.find(({ code }) => code === topicOf.unitCode)!;
  const question = QUESTIONS[index % QUESTIONS.length]!;
  const shape = shapeOf(index);
  const assignee = shape.assignee === null ? null : data.staff.find(({ id }) => id === shape.assignee)!;
  const number = `DJPK-2026-${String(1000 - index).padStart(6, '0')}`;
  const received = new Date(now.getTime() - index * 1.7 * HOUR - 5 * 60_000);
  const dueAt = new Date(now.getTime() + shape.dueIn * HOUR);
  const ticket: Ticket = {
    number,
    kind: index === 4 ? 'assistance' : 'consultation',
    status: shape.status,
    channel: CHANNELS[index % CHANNELS.length]!,
    name,
    agency,
    regionName,
    topic: { code: topicOf.code, name: topicOf.name.id },
    question,
    receivedAt: received.toISOString(),
    dueAt: dueAt.toISOString(),
    overdue: shape.dueIn < 0,
    ...{ anonymous: false, about: null, concerns: null },
    assignee: assignee ? { id: assignee.id, name: assignee.name } : null,
    holder: assignee ? 'staff' : 'bot',
    unread: index < 3 ? 3 - index : 0,
    updatedAt: received.toISOString(),
    conversationId: `conversation-${String(index)}`,
    conversationIds: [`conversation-${String(index)}`],
    profile: {
      name,
      position: 'Kepala Bidang Anggaran',
      agency,
      regionCode: '3404',
      regionName,
      email: index % 5 === 3 ? null : 'pengguna@contoh.go.id',
      phone: '+6281200000000',
    },
    unit: { code: unit.code, name: unit.name },
    attachments: [],
    countedFrom: received.toISOString(),
    firstResponseAt: assignee ? received.toISOString() : null,
    answer: null,
    legalBasis: [],
    resolvedAt: null,
    closedAt: null,
    closeReason: null,
    rating: null,
    minutes: null,
    deadlineExplanation:
      '2 hari kerja sejak Kamis, 19 November pukul 10.15 WIB; jatuh tempo Senin, 23 November 2026 pukul 17.00 WIB',
    holderName: assignee?.name ?? null,
    unreachableAt: null,
    allowed: [],
  };
  data.tickets.push(ticket);
  addConversation(data, ticket, index);
  if (ticket.status === 'resolved')
    resolveInData(data, ticket, 'Ya, sepanjang dilaporkan pada aplikasi.', received);
  if (ticket.status === 'closed') {
    ticket.closedAt = received.toISOString();
    ticket.closeReason = 'Pertanyaan sama dengan tiket lain.';
  }
  return ticket;
}

/** What resolving leaves behind: answer, BAK, mail, history. */
export function resolveInData(data: FakeData, ticket: Ticket, answer: string, at: Date): void {
  const number = `BAK-${ticket.number.slice(-6)}/DJPK/2026`;
  const file = addFile(
    data,
    `${number.replaceAll('/', '-')}.pdf`,
    'application/pdf',
    Buffer.from('%PDF-1.4\n'),
  );
  const when = at.toISOString();
  Object.assign(ticket, {
    status: 'resolved',
    answer,
    resolvedAt: when,
    holder: 'bot',
    holderName: null,
    unreachableAt: null,
    unread: 0,
  });
  ticket.legalBasis =
    ticket.legalBasis.length > 0 ? ticket.legalBasis : ['PMK contoh Nomor 1 Tahun 2026, Pasal 12'];
  const entry = {
    number,
    revision: 1,
    issuedAt: when,
    fileId: file.fileId,
    verificationUrl: '/verify/contoh',
  };
  ticket.minutes = entry;
  data.minutes.push({
    ...entry,
    ticketNumber: ticket.number,
    officerName: ticket.assignee?.name ?? 'Sari Contoh',
  });
  data.mails.push({
    id: nextId(),
    to: ticket.profile.email ?? 'pengguna@contoh.go.id',
    subject: `Berita Acara Konsultasi ${number}`,
    state: data.mails.length % 4 === 2 ? 'failed' : 'sent',
    attempts: data.mails.length % 4 === 2 ? 5 : 1,
    reason: data.mails.length % 4 === 2 ? '550 mailbox unavailable' : null,
    createdAt: when,
    sentAt: data.mails.length % 4 === 2 ? null : when,
    ticketNumber: ticket.number,
    text: 'Yth. Bapak/Ibu,\n\nTerlampir Berita Acara Konsultasi.\n\nHormat kami,\nPetugas Layanan',
    attachments: [{ fileId: file.fileId, name: file.name }],
  });
  addHistory(data, ticket.number, 'ticket-resolved', ticket.assignee?.name ?? 'Sari Contoh', at);
  addHistory(data, ticket.number, 'minutes-issued', null, at);
}

export function addHistory(data: FakeData, number: string, name: string, who: string | null, at: Date): void {
  const all = data.history.get(number) ?? [];
  all.push({ id: nextId(), at: at.toISOString(), name, who, facts: {} });
  data.history.set(number, all);
}

export function addFile(data: FakeData, name: string, mimeType: string, bytes: Buffer): FileRef {
  const file = { fileId: nextId(), name, mimeType, size: bytes.length };
  data.files.set(file.fileId, { ...file, bytes });
  return file;
}

export function addMessage(
  data: FakeData,
  ticket: Ticket,
  message: Omit<Message, 'id' | 'channel'>,
): Message {
  const stored = { ...message, channel: ticket.channel, id: nextId() };
  const all = data.messages.get(ticket.number) ?? [];
  all.push(stored);
  data.messages.set(ticket.number, all);
  return stored;
}

function addConversation(data: FakeData, ticket: Ticket, index: number): void {
  const received = Date.parse(ticket.receivedAt);
  const line = (minutes: number, rest: Pick<Message, 'direction' | 'author' | 'content'>): void => {
    const at = new Date(received + minutes * 60_000).toISOString();
    const delivery: Message['delivery'] =
      rest.direction === 'out' ? { state: minutes < 0 ? 'read' : 'delivered', reason: null } : null;
    addMessage(data, ticket, { ...rest, sentAt: at, receivedAt: at, delivery });
  };
  const user = { kind: 'user', name: ticket.name } as const;
  const bot = { kind: 'bot' } as const;
  // The first ticket carries a long past, for loading older lines.
  if (index === 0) {
    for (let old = 150; old > 0; old -= 1) {
      line(-old * 60, {
        direction: old % 2 ? 'out' : 'in',
        author: old % 2 ? bot : user,
        content: { kind: 'text', text: `Baris lama ke-${String(old)} dari percakapan sebelumnya.` },
      });
    }
  }
  line(-9, {
    direction: 'in',
    author: user,
    content: { kind: 'text', text: 'Selamat pagi, saya mau konsultasi' },
  });
  line(-9, {
    direction: 'out',
    author: bot,
    content: {
      kind: 'text',
      text: 'Selamat pagi, Bapak/Ibu. Tentang apa konsultasinya?',
      choices: data.topics.slice(0, 4).map(({ code, name }) => ({ id: code, title: name.id })),
    },
  });
  line(-8, {
    direction: 'in',
    author: user,
    content: { kind: 'choice', choice: ticket.topic.code, text: ticket.topic.name },
  });
  line(-6, { direction: 'in', author: user, content: { kind: 'text', text: ticket.question } });
  line(-6, {
    direction: 'in',
    author: user,
    content: { kind: 'text', text: 'Rujukan kami: https://contoh.go.id/peraturan.' },
  });
  const picture = addFile(data, 'tangkapan-layar.png', 'image/png', PIXEL);
  line(-5, {
    direction: 'in',
    author: user,
    content: { kind: 'file', ...picture, caption: 'Tampilan di aplikasi' },
  });
  const letter = addFile(
    data,
    'Surat Permohonan Konsultasi Nomor 900-123-2026.pdf',
    'application/pdf',
    Buffer.alloc(248_300),
  );
  line(-5, { direction: 'in', author: user, content: { kind: 'file', ...letter } });
  line(-4, {
    direction: 'in',
    author: user,
    content: { kind: 'refused-file', name: 'rekap.exe', reason: 'type' },
  });
  line(-4, { direction: 'in', author: user, content: { kind: 'unsupported', what: 'sticker' } });
  ticket.attachments = [picture, letter];
  const opened = new Date(received);
  addHistory(data, ticket.number, 'ticket-opened', null, opened);
  line(1, {
    direction: 'out',
    author: bot,
    content: {
      kind: 'text',
      text: `Terima kasih. Nomor tiket Bapak/Ibu ${ticket.number}. Petugas kami akan menjawab.`,
    },
  });
  if (!ticket.assignee) return;
  const staff = { kind: 'staff', name: ticket.assignee.name } as const;
  addHistory(data, ticket.number, 'ticket-claimed', ticket.assignee.name, new Date(received + 2 * 60_000));
  addHistory(data, ticket.number, 'taken-over', ticket.assignee.name, new Date(received + 2 * 60_000));
  line(3, {
    direction: 'note',
    author: staff,
    content: { kind: 'text', text: 'Sudah ditanyakan ke unit, tunggu konfirmasi angka realisasi.' },
  });
  line(4, {
    direction: 'out',
    author: staff,
    content: { kind: 'text', text: 'Selamat siang, Bapak/Ibu. Saya bantu periksa dahulu datanya, ya.' },
  });
  line(4.5, { direction: 'in', author: user, content: { kind: 'text', text: 'Baik, terima kasih banyak.' } });
}

function shapeOf(index: number): { status: Ticket['status']; assignee: string | null; dueIn: number } {
  if (index < 9)
    return { status: 'open', assignee: null, dueIn: [20, 2, 6, -3, 46, 30, 44, 70, 150][index]! };
  if (index < 16)
    return {
      status: index % 3 ? 'in-progress' : 'waiting-user',
      assignee: 'sari',
      dueIn: index === 10 ? -30 : index * 2,
    };
  if (index < 22) return { status: 'in-progress', assignee: 'agus', dueIn: index };
  if (index < 56) return { status: 'resolved', assignee: index % 2 ? 'sari' : 'agus', dueIn: 10 };
  return { status: 'closed', assignee: 'agus', dueIn: 10 };
}

function holiday(date: string, name: string, kind: Holiday['kind']): Holiday {
  return { date, name, kind, decree: 'SKB 3 Menteri 2025' };
}

function person(
  id: string,
  username: string,
  name: string,
  roles: StaffMember['roles'],
  position: string,
): FakeData['staff'][number] {
  return {
    id,
    username,
    name,
    position,
    email: `${username}@contoh.go.id`,
    roles,
    unitCode: null,
    post: null,
    active: true,
    hasPassword: true,
    password: PASSWORD,
    language: 'id',
  };
}

function topic(code: string, id: string, en: string, unitCode: string, position: number): Topic {
  return { code, name: { id, en }, keywords: id.toLowerCase().split(' '), unitCode, position, active: true };
}

function defaultHours(): OfficeHours {
  const day = [
    { from: '08:00', to: '12:00' },
    { from: '13:00', to: '17:00' },
  ];
  const friday = [
    { from: '08:00', to: '11:30' },
    { from: '13:30', to: '17:00' },
  ];
  return {
    zone: 'Asia/Jakarta',
    periods: { '1': day, '2': day, '3': day, '4': day, '5': friday, '6': [], '7': [] },
  };
}

/** A green 64 × 48 PNG would do; one pixel stretches as well. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwAFgwJ/lq0mPwAAAABJRU5ErkJggg==',
  'base64',
);
