import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { runScript } from '../../src/cli/simulation/run-script.js';
import { PNG } from '../support/files.js';
import { uniqueDatabaseUri } from '../support/database.js';

const given = process.env.MONGODB_URI;
afterAll(() => {
  if (given === undefined) delete process.env.MONGODB_URI;
  else process.env.MONGODB_URI = given;
});

type Line = Record<string, unknown> & { type: string };

/** A fresh database for each run; the script names it by the variable that production uses. */
async function simulate(
  lines: readonly (object | string)[],
): Promise<{ readable: boolean; printed: Line[] }> {
  process.env.MONGODB_URI = uniqueDatabaseUri();
  const printed: Line[] = [];
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const readable = await runScript(Readable.from([`${text}\n`]), (line) => printed.push(line as Line));
  return { readable, printed };
}

const at = (time: string): string => `2026-03-02T${time}:00+07:00`;
const user = (time: string, more: object): object => ({
  at: at(time),
  channel: 'web-chat',
  from: 'v1',
  ...more,
});
const sari = (time: string, more: object): object => ({
  at: at(time),
  as: 'agent:sari',
  ticket: 'last',
  ...more,
});

const CONSULTATION = [
  user('09:00', { text: 'halo' }),
  user('09:01', { choice: 'consent:yes' }),
  user('09:02', { text: '1' }),
  user('09:03', { text: 'Sari Contoh' }),
  user('09:04', { text: 'Kepala Bidang Anggaran' }),
  user('09:05', { text: 'BPKAD Kabupaten Gowa' }),
  user('09:06', { text: 'sari@contoh.go.id' }),
  user('09:07', { text: 'tidak ada' }),
  user('09:08', { text: 'DAK Fisik' }),
  user('09:09', {
    text: 'Kapan tahap I disalurkan?',
    attachments: [
      { name: 'surat.pdf', mimeType: 'application/pdf', size: 2000 },
      { name: 'foto.png', mimeType: 'image/png', base64: PNG.toString('base64') },
    ],
  }),
  { at: at('09:12'), do: 'wait' },
  user('09:13', { text: 'kirim' }),
];

const RESOLVED = [
  ...CONSULTATION,
  sari('09:20', { do: 'claim' }),
  sari('09:21', { do: 'take-over' }),
  sari('09:22', { do: 'note', text: 'Cek ke unit.' }),
  sari('09:23', { do: 'reply', text: 'Tahun anggaran berapa?' }),
  user('09:24', { text: 'Baik.' }),
  sari('09:25', { do: 'resolve', answer: 'Februari.', legalBasis: ['PMK contoh'] }),
  user('09:26', { text: '5' }),
];

const said = (printed: readonly Line[]): unknown[] =>
  printed.filter(({ type }) => type === 'message').map(({ text }) => text);
const tickets = (printed: readonly Line[]): Line[] => printed.filter(({ type }) => type === 'ticket');

describe('simulate', () => {
  it('plays a consultation to its BAK and rating, with messages, tickets and mail in order', async () => {
    const { readable, printed } = await simulate(RESOLVED);
    expect(readable).toBe(true);
    expect(tickets(printed).map(({ status }) => status)).toEqual(
      expect.arrayContaining(['open', 'in-progress', 'waiting-user', 'resolved']),
    );
    expect(tickets(printed).at(-1)).toMatchObject({
      number: 'DJPK-2026-000001',
      attachments: ['surat.pdf', 'foto.png'],
      rating: { score: 5 },
    });
    const mails = printed.filter(({ type }) => type === 'mail');
    expect(mails).toMatchObject([
      { to: 'sari@contoh.go.id', attachments: [expect.stringMatching(/^BAK-.*\.pdf$/u)] },
    ]);
    const times = printed.map(({ at: time }) => String(time));
    expect(times).toEqual(times.toSorted());
    expect(said(printed).join('\n')).not.toContain('Cek ke unit');
  });

  it('prints the same for the same input', async () => {
    const [first, second] = [await simulate(RESOLVED), await simulate(RESOLVED)];
    expect(second).toEqual(first);
  });

  it('takes a message with a known id for a duplicate', async () => {
    const { printed } = await simulate([
      user('09:00', { text: 'halo', id: 'wamid-1' }),
      user('09:01', { text: 'halo', id: 'wamid-1' }),
    ]);
    expect(said(printed)).toHaveLength(2);
  });

  it('takes a message that was sent long before it arrived for a late one', async () => {
    const late = { text: 'halo', sentAt: '2026-03-01T20:00:00+07:00' };
    const { printed } = await simulate([user('09:00', late)]);
    expect(said(printed)[0]).toContain('baru kami terima');
    const { readable } = await simulate([user('09:00', { text: 'halo', sentAt: at('09:01') })]);
    expect(readable).toBe(false);
  });

  it('lets the pause of a question end on the virtual clock', async () => {
    const { printed } = await simulate(CONSULTATION.slice(0, -1));
    const summary = printed.find(({ text }) => String(text).includes('Mohon diperiksa'));
    expect(summary).toMatchObject({ at: '2026-03-02T09:10:30+07:00' });
  });

  it('prints the refusal of what staff may not do, and goes on', async () => {
    const { readable, printed } = await simulate([
      ...CONSULTATION,
      sari('09:20', { do: 'claim' }),
      { ...sari('09:21', { do: 'claim' }), as: 'agent:budi' },
      sari('09:22', { do: 'resolve', answer: ' ' }),
      sari('09:23', { do: 'claim', ticket: 77 }),
      sari('09:24', { do: 'close', reason: 'Ganda.' }),
    ]);
    expect(readable).toBe(true);
    const refusals = printed.filter(({ type }) => type === 'refusal');
    expect(refusals.map(({ as, do: action, code }) => [as, action, code])).toEqual([
      ['agent:budi', 'claim', 'ticket-taken'],
      ['agent:sari', 'resolve', 'answer-missing'],
      ['agent:sari', 'claim', 'not-found'],
    ]);
    expect(tickets(printed).at(-1)).toMatchObject({ status: 'closed' });
  });

  it('tells a file that is too large or not what it says, and keeps the rest', async () => {
    const { printed } = await simulate([
      ...CONSULTATION.slice(0, 9),
      user('09:09', {
        text: 'Mohon arahan atas surat ini.',
        attachments: [
          { name: 'besar.pdf', mimeType: 'application/pdf', size: 30_000_000 },
          { name: 'surat.pdf', mimeType: 'application/x-msdownload', size: 500 },
          { name: 'baik.pdf', mimeType: 'application/pdf', size: 500 },
        ],
      }),
      user('09:10', { text: 'selesai' }),
      user('09:11', { text: '1' }),
    ]);
    const texts = said(printed).join('\n');
    expect(texts).toMatch(/besar\.pdf\* terlalu besar/);
    expect(texts).toMatch(/surat\.pdf\* tidak sesuai/);
    expect(tickets(printed).at(-1)).toMatchObject({ attachments: ['baik.pdf'] });
  });
});

describe('a line that cannot be read', () => {
  it.each([
    ['not JSON', '{"at":', /not JSON/],
    ['not an object', '[1]', /not a JSON object/],
    ['an unknown channel', { ...user('09:05', { text: 'x' }), channel: 'fax' }, /channel/],
    ['an unknown field', user('09:05', { text: 'x', colour: 'red' }), /colour/],
    ['nothing said', user('09:05', {}), /text, choice or attachments/],
    ['no offset', { ...user('09:05', { text: 'x' }), at: '2026-03-02T09:05:00' }, /offset/],
    ['an unknown action', sari('09:05', { do: 'dance' }), /do|discriminator|Invalid/],
    ['an unknown role', { ...sari('09:05', { do: 'claim' }), as: 'king:sari' }, /as/],
    ['a query for a text', user('09:05', { text: { $ne: null } }), /text/],
    ['an earlier time', user('08:00', { text: 'x' }), /earlier/],
    [
      'bytes and a size',
      user('09:05', { attachments: [{ name: 'a', mimeType: 'b', size: 1, base64: '' }] }),
      /either/,
    ],
  ])('(%s) is an error with its number; the other lines are played', async (_what, bad, message) => {
    const { readable, printed } = await simulate([
      user('09:00', { text: 'halo' }),
      bad,
      user('09:06', { text: 'setuju' }),
    ]);
    expect(readable).toBe(false);
    const errors = printed.filter(({ type }) => type === 'error');
    expect(errors).toEqual([{ type: 'error', line: 2, message: expect.stringMatching(message) as string }]);
    expect(said(printed).join('\n')).toContain('persetujuan sudah dicatat');
  });
});
