import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createTerminal, type Terminal } from '../../../src/channels/terminal/index.js';
import { parseLine } from '../../../src/channels/terminal/parse.js';
import { render } from '../../../src/channels/terminal/render.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { createFakeInbox, type FakeInbox } from '../../contracts/channel-contract.js';

describe('parseLine', () => {
  it.each([
    ['', { kind: 'nothing' }],
    ['   ', { kind: 'nothing' }],
    ['Selamat pagi', { kind: 'text', text: 'Selamat pagi' }],
    ['/quit', { kind: 'quit' }],
    ['/help', { kind: 'help' }],
    ['/file', { kind: 'help' }],
    ['/file a.pdf', { kind: 'file', path: 'a.pdf', caption: undefined }],
    ['/file "surat saya.pdf" mohon dicek', { kind: 'file', path: 'surat saya.pdf', caption: 'mohon dicek' }],
    ['/menu', { kind: 'text', text: '/menu' }],
    ['//quit', { kind: 'text', text: '/quit' }],
  ])('reads %j', (line, command) => {
    expect(parseLine(line)).toEqual(command);
  });
});

describe('render', () => {
  it('writes choices as a numbered list under the text', () => {
    const choices = [
      { id: 'a', title: 'Konsultasi' },
      { id: 'b', title: 'Petugas' },
    ];
    expect(render({ author: { kind: 'bot' }, content: { kind: 'text', text: 'Pilih:', choices } })).toEqual([
      'Dering: Pilih:\n  1. Konsultasi\n  2. Petugas\n',
    ]);
  });

  it('writes no numbers where a number would be part of the answer', () => {
    const content = {
      kind: 'text',
      text: 'Provinsi?',
      choices: [{ id: 'a', title: 'Aceh' }],
      numbered: false,
    } as const;
    expect(
      render({ author: { kind: 'bot' }, content: { ...content, choices: [...content.choices] } }),
    ).toEqual(['Dering: Provinsi?\n  - Aceh\n']);
  });

  it('names the officer', () => {
    const author = { kind: 'staff', name: 'Sari Contoh' } as const;
    expect(render({ author, content: { kind: 'text', text: 'Halo' } })).toEqual(['Sari Contoh: Halo\n']);
  });

  it('lets no text move the cursor or colour the screen', () => {
    const text = 'a\u001b[2Jb\u0007c\u009b31md';
    expect(render({ author: { kind: 'bot' }, content: { kind: 'text', text } })).toEqual([
      'Dering: a[2Jbc31md\n',
    ]);
  });

  it('prints nothing of what only the office sees', () => {
    const content = { kind: 'event', event: { name: 'ticket-closed', ticketId: 'T' } } as const;
    expect(render({ author: { kind: 'system' }, content })).toEqual([]);
  });
});

describe('leaving', () => {
  async function open(): Promise<{ input: PassThrough; terminal: Terminal; inbox: FakeInbox }> {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const inbox = createFakeInbox();
    const terminal = createTerminal({
      input,
      output,
      clock: new VirtualClock(new Date('2026-03-02T02:00:00Z')),
      newId: () => `id-${inbox.attempts}`,
      texts: loadTexts(),
      storeFile: () => Promise.reject(new Error('not used')),
    });
    await terminal.start(inbox);
    return { input, terminal, inbox };
  }

  it.each(['/quit\n', ''])('handles every line before it (%j, then the end)', async (last) => {
    const { input, terminal, inbox } = await open();
    input.end(`satu\ndua\n${last}`);
    await terminal.closed;
    expect(inbox.received.map(({ content }) => 'text' in content && content.text)).toEqual(['satu', 'dua']);
    await terminal.stop();
  });

  it('reads nothing after /quit', async () => {
    const { input, terminal, inbox } = await open();
    input.write('satu\n/quit\n');
    await terminal.closed;
    input.end('dua\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect(inbox.received).toHaveLength(1);
  });
});
