import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUpdate, type Arrival } from '../../../src/channels/telegram/parse.js';
import { readUpdate } from '../../../src/channels/telegram/update.js';
import { VirtualClock } from '../../../src/shared/clock.js';

interface Fixture {
  update_id: number;
  message?: Record<string, unknown>;
}

const fixtures = JSON.parse(
  readFileSync(new URL('../../fixtures/telegram/updates.json', import.meta.url), 'utf8'),
) as Record<string, Fixture>;

const NOW = new Date('2026-03-02T02:30:00Z');
const reader = {
  account: '110201543',
  clock: new VirtualClock(NOW),
  ticketOfLink: (payload: string) => (payload === 'DJPK-2026-000123_signed' ? 'DJPK-2026-000123' : undefined),
};
const parse = (value: unknown): Arrival | undefined => {
  const update = readUpdate(value);
  return update && parseUpdate(update, reader);
};
const contentOf = (name: string): unknown => {
  const arrival = parse(fixtures[name]);
  return arrival?.kind === 'message' ? arrival.content : arrival;
};

describe('an update', () => {
  it.each([
    ['text', { kind: 'text', text: 'Selamat pagi, kapan DAK Fisik tahap I disalurkan?' }],
    ['start', { kind: 'choice', choice: 'command:menu', text: '/start' }],
    ['start-of-nobody', { kind: 'choice', choice: 'command:menu', text: '/start' }],
    ['start-of-a-ticket', { kind: 'text', text: '/tiket DJPK-2026-000123' }],
    ['command', { kind: 'text', text: 'bantuan' }],
    [
      'document',
      {
        kind: 'announced-file',
        telegramId: 'BQACAgUAAxkBAAIB_doc',
        name: 'Surat Permohonan.pdf',
        size: 248113,
        caption: 'Surat kami',
      },
    ],
    [
      'photo',
      { kind: 'announced-file', telegramId: 'AgACAgUAAxkBAAIB_x', name: 'foto-107.jpg', size: 98120 },
    ],
    ['audio', { kind: 'announced-file', telegramId: 'CQACAgUAAxkBAAIB_a', name: 'rapat.mp3', size: 201222 }],
    [
      'video',
      { kind: 'announced-file', telegramId: 'BAACAgUAAxkBAAIB_v', name: 'video-109.mp4', size: 400123 },
    ],
    ['voice', { kind: 'unsupported', what: 'other' }],
    ['video-note', { kind: 'unsupported', what: 'other' }],
    ['sticker', { kind: 'unsupported', what: 'sticker' }],
    ['location', { kind: 'unsupported', what: 'location' }],
    ['poll', { kind: 'unsupported', what: 'poll' }],
    ['dice', { kind: 'unsupported', what: 'other' }],
    ['own-contact', { kind: 'text', text: '+6281234567890' }],
    ['foreign-contact', { kind: 'unsupported', what: 'contact' }],
    ['contact-without-telegram', { kind: 'unsupported', what: 'contact' }],
    ['pinned', { kind: 'nothing' }],
    ['auto-delete', { kind: 'nothing' }],
    [
      'edited-text',
      { kind: 'text', text: 'Selamat pagi, kapan DAK Fisik tahap II disalurkan?', replaces: '700100200:101' },
    ],
    ['edited-location', { kind: 'nothing' }],
    ['press-without-a-message', { kind: 'lost-press' }],
    ['group-message', { kind: 'group', chatId: -1001234567890 }],
    ['added-to-group', { kind: 'group', chatId: -1001234567890 }],
    ['made-admin-of-channel', { kind: 'group', chatId: -1009876543210 }],
    ['removed-from-group', { kind: 'left-group', chatId: -1001234567890 }],
    ['blocked', { kind: 'reachability', address: '700100200', reachable: false }],
    ['unblocked', { kind: 'reachability', address: '700100200', reachable: true }],
    ['reaction', { kind: 'nothing' }],
  ])('of kind %s is read', (name, expected) => {
    expect(contentOf(name)).toMatchObject(expected);
  });

  it('has a person, an id of its own and the time of the platform', () => {
    expect(parse(fixtures.text)).toMatchObject({
      head: {
        ...{ channel: 'telegram', account: '110201543', address: '700100200', providerId: '700100200:101' },
        ...{ sentAt: new Date('2026-03-02T02:20:00Z'), known: { name: 'Sari Contoh' } },
      },
    });
    expect(parse(fixtures['edited-text'])).toMatchObject({
      head: {
        sentAt: new Date('2026-03-02T02:21:00Z'),
        providerId: expect.stringContaining('edit:') as string,
      },
    });
  });

  it('with the own number tells it as known; a number of somebody else is not', () => {
    expect(parse(fixtures['own-contact'])).toMatchObject({ head: { known: { phone: '+6281234567890' } } });
    expect(parse(fixtures['foreign-contact'])).not.toHaveProperty('head.known.phone');
  });

  it('with a press is one answer per keyboard, in the words of its button where they are known', () => {
    expect(parse(fixtures.press)).toMatchObject({
      ...{ kind: 'press', choice: 'consent:yes', title: 'Setuju', messageId: 130 },
      head: { providerId: 'press:700100200:130', sentAt: NOW },
    });
    expect(parse(fixtures['press-on-an-old-message'])).toMatchObject({
      choice: 'menu:status',
      title: 'menu:status',
    });
  });

  it.each([
    ['of before Telegram', 0],
    ['without sense', 1e300],
    ['of next year', 1_803_900_000],
    ['missing', undefined],
    ['that is no number', 'kemarin'],
  ])('with a time %s was sent now', (_name, date) => {
    const update = { update_id: 1, message: { ...fixtures.text?.message, date } };
    expect(parse(update)).toMatchObject({ head: { sentAt: NOW } });
  });

  it('from a clock that is some hours ahead keeps its time', () => {
    const date = NOW.getTime() / 1000 + 3 * 3600;
    const update = { update_id: 1, message: { ...fixtures.text?.message, date } };
    expect(parse(update)).toMatchObject({ head: { sentAt: new Date('2026-03-02T05:30:00Z') } });
  });

  it('of whatever shape never throws', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.constantFrom(...Object.values(fixtures)),
        fc.nat(),
        (junk, fixture, seed) => {
          parse(junk);
          parse({
            update_id: 1,
            message: junk,
            edited_message: junk,
            callback_query: junk,
            my_chat_member: junk,
          });
          const fields = Object.keys(fixture.message ?? {});
          const field = fields[seed % Math.max(1, fields.length)] ?? 'text';
          parse({ update_id: 1, message: { ...fixture.message, [field]: junk } });
        },
      ),
    );
  });
});
