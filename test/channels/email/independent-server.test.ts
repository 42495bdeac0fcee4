import type { AddressInfo } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import { describe, expect, it } from 'vitest';
import { createEmail } from '../../../src/channels/index.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { createFakeInbox } from '../../contracts/channel-contract.js';
import { createFakePorts } from './fake-ports.js';
import { letter } from './letter.js';
import { settled } from './mail-office.js';

/** Somebody else's understanding of IMAP: the stand-in of these tests and the channel could share a mistake. */
describe('with an IMAP server of another maker', () => {
  it.each([
    [['ID', 'IDLE', 'MOVE', 'UIDPLUS', 'NAMESPACE', 'ENABLE']],
    [['IDLE', 'UIDPLUS', 'LITERALPLUS', 'SASL-IR', 'AUTH-PLAIN']],
    [['NAMESPACE']],
  ])('that knows %s the mailbox is read and emptied', async (plugins) => {
    const server = hoodiecrow({ plugins, storage: { INBOX: {} } });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.server.address() as AddressInfo;
    const ports = createFakePorts(new VirtualClock(new Date('2026-03-02T01:00:00Z')), 'smtp://127.0.0.1:1');
    const channel = createEmail(ports, {
      ...{ imapUrl: `imap://testuser:testpass@127.0.0.1:${port}`, mailbox: 'INBOX', authservId: undefined },
      ...{ doneFolder: 'Dering', setAsideFolder: 'Dering-periksa' },
      ...{ address: 'kantor@dering.example', maxFileBytes: 1_000_000 },
    });
    const inbox = createFakeInbox();
    await channel.start(inbox);
    await settled(() => channel.health().state === 'up');
    const texts = ['satu é', 'dua', 'tiga'];
    for (const text of texts)
      server.appendMessage('INBOX', [], false, Buffer.from(letter({ text })).toString('latin1'));
    await settled(() => {
      ports.goOn();
      // Without MOVE a letter is copied first and taken away after, so both folders say when all is done.
      return (
        server.folderCache.Dering?.messages.length === 3 && server.folderCache.INBOX?.messages.length === 0
      );
    });
    expect(inbox.received.map(({ content }) => content)).toEqual(
      texts.map((text) => ({ kind: 'text', text })),
    );
    await channel.stop();
    server.close();
  });
});
