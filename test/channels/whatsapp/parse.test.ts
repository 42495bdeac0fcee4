import { proto } from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/channels/whatsapp/parse.js';
import { render } from '../../../src/channels/whatsapp/render.js';
import { whoWrote } from '../../../src/channels/whatsapp/verify.js';

const AT = new Date('2026-03-02T18:00:00Z');
const parsed = (message: proto.IMessage) => parse(proto.Message.encode(message).finish(), AT);
const place = {
  directPath: '/v/x.enc',
  mediaKey: Buffer.alloc(32, 1),
  fileSha256: Buffer.alloc(32, 2),
  fileLength: 5,
};

describe('a message of the protocol', () => {
  it.each<[string, proto.IMessage, unknown]>([
    ['text', { conversation: 'Halo' }, { kind: 'text', text: 'Halo' }],
    ['quoting text', { extendedTextMessage: { text: '1' } }, { kind: 'text', text: '1' }],
    [
      'disappearing text',
      { ephemeralMessage: { message: { conversation: 'Halo' } } },
      { kind: 'text', text: 'Halo' },
    ],
    [
      'an edit',
      {
        protocolMessage: {
          type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
          editedMessage: { conversation: 'Betul' },
        },
      },
      { kind: 'text', text: 'Betul' },
    ],
    [
      'a copy of the phone',
      { deviceSentMessage: { message: { conversation: 'Ya' } } },
      { kind: 'text', text: 'Ya' },
    ],
    ['a sticker', { stickerMessage: {} }, { kind: 'unsupported', what: 'sticker' }],
    ['a place', { locationMessage: { degreesLatitude: 1 } }, { kind: 'unsupported', what: 'location' }],
    ['a contact', { contactMessage: { displayName: 'x' } }, { kind: 'unsupported', what: 'contact' }],
    ['a poll', { pollCreationMessageV3: { name: 'x' } }, { kind: 'unsupported', what: 'poll' }],
    ['an order', { orderMessage: { orderId: '1' } }, { kind: 'unsupported', what: 'other' }],
    ['a reaction', { reactionMessage: { text: '👍' } }, { kind: 'nothing' }],
    [
      'a deletion',
      { protocolMessage: { type: proto.Message.ProtocolMessage.Type.REVOKE } },
      { kind: 'nothing' },
    ],
    ['nothing', {}, { kind: 'nothing' }],
    [
      'a document with caption',
      {
        documentWithCaptionMessage: {
          message: { documentMessage: { ...place, fileName: 'a.pdf', caption: ' Cek ' } },
        },
      },
      { kind: 'media', name: 'a.pdf', caption: 'Cek' },
    ],
    [
      'a voice message, named by its day in Jakarta',
      { audioMessage: { ...place, mimetype: 'audio/ogg; codecs=opus' } },
      { kind: 'media', name: 'AUD-20260303.ogg' },
    ],
  ])('%s', (_name, message, expected) => {
    expect(parsed(message)).toMatchObject(expected as object);
  });

  it('of any bytes is taken for something', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['text', 'media', 'unsupported', 'nothing']).toContain(parse(bytes, AT).kind);
      }),
    );
  });

  it('never leads a download anywhere but to a path', () => {
    fc.assert(
      fc.property(fc.string(), (directPath) => {
        const media = parsed({ imageMessage: { ...place, directPath } });
        const kept = media.kind === 'media' ? media.place?.directPath : undefined;
        expect(new URL(`https://mmg.whatsapp.net${kept ?? '/'}`).host).toBe('mmg.whatsapp.net');
      }),
    );
  });
});

describe('who wrote', () => {
  const self = { id: '6281100000001:5@s.whatsapp.net', lid: '9000:5@lid' };
  const origin = (attrs: Record<string, string>) => whoWrote({ tag: 'message', attrs }, self);

  it.each<[Record<string, string>, unknown]>([
    [
      { from: '62812:3@s.whatsapp.net', sender_lid: '700@lid' },
      { from: 'user', who: { pn: '62812', lid: '700', replyTo: '62812@s.whatsapp.net' } },
    ],
    [
      { from: '700@lid', sender_pn: '62812@s.whatsapp.net' },
      { from: 'user', who: { pn: '62812', lid: '700', replyTo: '700@lid' } },
    ],
    [{ from: '700@lid' }, { from: 'user', who: { lid: '700', replyTo: '700@lid' } }],
    [
      { from: '6281100000001@s.whatsapp.net', recipient: '62812@s.whatsapp.net' },
      { from: 'owner', who: { pn: '62812' } },
    ],
    [
      { from: '9000@lid', recipient: '700@lid', recipient_pn: '62812@s.whatsapp.net' },
      { from: 'owner', who: { pn: '62812', lid: '700' } },
    ],
    [{ from: '6281100000001@s.whatsapp.net', category: 'peer' }, { from: 'nobody' }],
    [{ from: '6281100000001@s.whatsapp.net' }, { from: 'nobody' }],
    [{ from: '1-2@g.us', participant: '62812@s.whatsapp.net' }, { from: 'nobody' }],
    [{ from: 'status@broadcast', participant: '62812@s.whatsapp.net' }, { from: 'nobody' }],
    [{ from: '1@newsletter' }, { from: 'nobody' }],
    [{}, { from: 'nobody' }],
  ])('%j', (attrs, expected) => {
    expect(origin(attrs)).toEqual(expected);
  });
});

describe('a message of the office', () => {
  it('writes choices as numbered lines, or as points where numbers could be an answer', () => {
    const choices = [
      { id: 'a', title: 'Ya' },
      { id: 'b', title: 'Tidak' },
    ];
    expect(render({ kind: 'text', text: 'Setuju?', choices })).toEqual([
      { kind: 'text', text: 'Setuju?\n\n1. Ya\n2. Tidak' },
    ]);
    expect(render({ kind: 'text', text: 'Setuju?', choices, numbered: false })).toEqual([
      { kind: 'text', text: 'Setuju?\n\n• Ya\n• Tidak' },
    ]);
  });

  it('that only the office sees has no bubble', () => {
    expect(render({ kind: 'event', event: { name: 'taken-over', ticketId: 'T' } })).toEqual([]);
  });
});
