import {
  describeChannelContract,
  type ChannelHarness,
  type UserAction,
} from '../../contracts/channel-contract.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { letter } from './letter.js';
import { createMailOffice, PASS, settled } from './mail-office.js';

const t = loadTexts().for('id');

describeChannelContract('email', createHarness);

async function createHarness(): Promise<ChannelHarness> {
  const office = await createMailOffice();
  const { channel, inbox, imap, smtp, clock, ports, settings } = office;
  let last = '';

  async function handed(): Promise<'acknowledged' | 'not-acknowledged'> {
    await settled(() => imap.folder('INBOX').mails.length === 0 || channel.health().state === 'down');
    const taken = imap.folder('INBOX').mails.length === 0;
    if (taken) await settled(() => channel.health().state === 'up');
    return taken ? 'acknowledged' : 'not-acknowledged';
  }

  return {
    channel,
    inbox,
    async deliverInbound(action, at) {
      if (action.kind === 'choice') return 'impossible';
      if (at > clock.now()) clock.moveTo(at);
      last = letterFor(action);
      imap.arrive(last, at);
      return handed();
    },
    async redeliver() {
      if (channel.health().state === 'down') ports.goOn();
      else imap.arrive(last, clock.now());
      await settled(() => channel.health().state === 'up');
      return handed();
    },
    address: () => 'sari@contoh.go.id',
    sendOutbound: (message) => channel.send(message),
    sentMessages: () =>
      Promise.resolve(smtp.received.map(({ text = '' }) => ({ text: wordsOf(text), buttons: [] }))),
    breakTransport: () => smtp.close(),
    secrets: () => [decodeURIComponent(new URL(settings.imapUrl).password)],
    close: () => office.close(),
  };
}

function letterFor(action: Exclude<UserAction, { kind: 'choice' }>): string {
  switch (action.kind) {
    case 'text':
      return letter({ headers: [PASS], text: action.text });
    case 'file':
    case 'refused-file':
      return letter({
        headers: [PASS],
        files: [{ name: action.name, type: 'application/octet-stream', bytes: action.bytes }],
      });
    case 'unsupported':
      return letter({
        headers: [PASS],
        files: [{ name: 'smime.p7m', type: 'application/pkcs7-mime', bytes: Buffer.from('terenkripsi') }],
      });
  }
}

/** What stands between salutation and closing. */
function wordsOf(text: string): string {
  const [, rest = ''] = text.split(`${t('email:salutation')}\n\n`);
  const [words = ''] = rest.split(`\n\n${t('email:closing', { signer: '' })}`);
  return words;
}
