import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PairingError } from '../../../src/conversation/pairing.js';
import { enterCode, scan, showsCode } from '../../support/whatsapp-server/index.js';
import { NUMBER, startNumber, type Number } from './number.js';

describe('linking the number', () => {
  let number: Number;
  beforeEach(async () => {
    number = await startNumber({ paired: false });
  });
  afterEach(() => number.close());

  const shown = async (field: 'qr' | 'code'): Promise<string> =>
    number.server.changes.until(() => {
      const state = number.channel.pairing.state();
      return state.phase === 'waiting' && state[field];
    }, `a ${field}`);

  it('does not connect before an operator asks for it', () => {
    expect(number.channel.pairing.state()).toEqual({ phase: 'unpaired' });
    expect(number.channel.health()).toEqual({ state: 'down', reason: 'not paired' });
    expect(number.server.attempts).toBe(0);
  });

  it('by QR: scan, new connection, open; after a restart it opens again without one', async () => {
    const { server } = number;
    await number.channel.pairing.begin();
    scan(server, NUMBER, await shown('qr'));
    await number.up();
    expect(number.channel.pairing.state()).toEqual({ phase: 'paired', phone: NUMBER });
    await number.restart();
    await number.up();
    await number.user.text(NUMBER, 'Halo');
    await number.received(1);
    expect(server.accountOf(NUMBER).devices.size).toBe(1);
    await expect(number.channel.pairing.begin()).rejects.toThrow(new PairingError('already-paired'));
  });

  it('by a code typed on the phone', async () => {
    await expect(number.channel.pairing.begin('0812')).rejects.toThrow(new PairingError('bad-phone'));
    await number.channel.pairing.begin(NUMBER);
    const code = await shown('code');
    expect(code).toMatch(/^[A-Z0-9]{8}$/);
    await number.server.changes.until(() => showsCode(number.server, NUMBER));
    await enterCode(number.server, NUMBER, code);
    await number.up();
  });

  it('waits for the operator again when no phone came, and a second attempt works', async () => {
    await number.channel.pairing.begin();
    await shown('qr');
    [...number.server.connections][0]!.drop();
    await number.server.changes.until(() => number.channel.pairing.state().phase === 'unpaired');
    const { attempts } = number.server;
    number.time.advance(600_000);
    expect(number.server.attempts).toBe(attempts);
    await number.channel.pairing.begin();
    scan(number.server, NUMBER, await shown('qr'));
    await number.up();
  });

  it('can be given up, which WhatsApp is told, and begun with new keys; the old ones are kept apart', async () => {
    await number.channel.pairing.begin();
    scan(number.server, NUMBER, await shown('qr'));
    await number.up();
    await number.channel.pairing.unpair();
    await number.server.changes.until(() => number.server.accountOf(NUMBER).devices.size === 0);
    expect(number.channel.pairing.state()).toEqual({ phase: 'unpaired' });
    const stored = await number.models.whatsappAccounts.findById('main').lean();
    expect(stored).toMatchObject({ generation: 2, credentials: null, former: { generation: 1 } });
    await number.channel.pairing.begin();
    scan(number.server, NUMBER, await shown('qr'));
    await number.up();
  });
});
