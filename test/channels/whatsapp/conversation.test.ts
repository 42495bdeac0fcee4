import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NUMBER, startNumber, type Number } from './number.js';

describe('a conversation on WhatsApp', () => {
  let number: Number;
  beforeEach(async () => {
    number = await startNumber();
    await number.up();
  });
  afterEach(() => number.close());

  it('goes there and back over real Noise and Signal, and counts as sent when the platform has confirmed it', async () => {
    const { user, channel, server } = number;
    await user.text(NUMBER, 'Selamat pagi');
    const [message] = await number.received(1);
    expect(message).toMatchObject({
      ...{ channel: 'whatsapp', account: 'main', content: { kind: 'text', text: 'Selamat pagi' } },
      known: { phone: '+6281234567890' },
    });
    expect(await channel.send(number.message('Selamat pagi, Ibu Sari.'))).toBe('sent');
    await server.changes.until(() => user.texts.length === 1);
    expect(user.texts).toEqual(['Selamat pagi, Ibu Sari.']);
  });
});
