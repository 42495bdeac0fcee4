import { randomBytes } from 'node:crypto';
import { encodeBigEndian, jidDecode, KEY_BUNDLE_TYPE, type BinaryNode } from '@whiskeysockets/baileys';
import type { Connection } from './connection.js';
import { codeWaits, finishCode } from './pair.js';
import { preKeyNode } from './server.js';
import { bytesOf, child, children, firstChild, node, numberIn, seconds, SERVER } from './stanza.js';

/** Answers the queries a client makes, as far as one-to-one chats need them. */
export function answerQuery(connection: Connection, query: BinaryNode): void {
  const { server } = connection;
  if (server.faults.silent) return;
  const first = firstChild(query);
  switch (query.attrs.xmlns) {
    case 'passive':
      connection.reply(query);
      if (first?.tag === 'active') connection.goLive();
      return;
    case 'encrypt':
      connection.reply(query, answerKeys(connection, query, first));
      return;
    case 'usync':
      connection.reply(query, [lookUp(connection, query)]);
      return;
    case 'abt':
    case 'w':
      connection.reply(query, [node('props', { protocol: '1', hash: 'h' }, [])]);
      return;
    case 'blocklist':
      connection.reply(query, [node('list', {}, [])]);
      return;
    case 'privacy':
      connection.reply(query, [
        node('privacy', {}, [node('category', { name: 'readreceipts', value: 'all' })]),
      ]);
      return;
    case 'w:m': {
      const attrs = { auth: 'AUTH', ttl: '300', auth_ttl: '300', max_buckets: '12' };
      const host = node('host', { hostname: server.media.host, maxContentLengthBytes: '104857600' });
      connection.reply(query, [node('media_conn', attrs, [host])]);
      return;
    }
    case 'w:sync:app:state': {
      const collections = children(child(query, 'sync'), 'collection').map(({ attrs }) =>
        node('collection', { name: attrs.name ?? '', version: attrs.version ?? '0' }),
      );
      connection.reply(query, [node('sync', {}, collections)]);
      return;
    }
    case 'md':
      answerLinking(connection, query, first);
      return;
    default:
      connection.reply(query);
  }
}

function answerLinking(connection: Connection, query: BinaryNode, first: BinaryNode | undefined): void {
  if (first?.tag === 'remove-companion-device') {
    connection.reply(query);
    if (connection.device) connection.server.unlink(connection.device);
    return;
  }
  if (first?.tag !== 'link_code_companion_reg') {
    connection.reply(query);
    return;
  }
  if (first.attrs.stage === 'companion_hello') {
    const ref = randomBytes(16);
    codeWaits(connection, first, ref);
    connection.reply(query, [node('link_code_companion_reg', {}, [node('link_code_pairing_ref', {}, ref)])]);
    return;
  }
  connection.reply(query);
  finishCode(connection, first);
}

function answerKeys(
  { server, device }: Connection,
  query: BinaryNode,
  first: BinaryNode | undefined,
): BinaryNode[] | undefined {
  if (query.attrs.type === 'get') {
    if (first?.tag === 'count') return [node('count', { value: String(device?.preKeys.size ?? 0) })];
    if (first?.tag === 'digest') return [node('digest', {}, [])];
    const t = seconds(server.clock.now());
    const bundles = children(first, 'user').flatMap(({ attrs: { jid = '' } }) => {
      const owner = server.findUser(jid) ?? server.findAccount(jid)?.phone;
      if (!owner) return [];
      const preKey = owner.takePreKey();
      const { keyPair, signature } = owner.signedPreKey;
      return [
        node('user', { jid, t }, [
          node('registration', {}, encodeBigEndian(owner.registrationId)),
          node('type', {}, KEY_BUNDLE_TYPE),
          node('identity', {}, owner.identity.public),
          preKeyNode('skey', 1, keyPair.public, signature),
          preKeyNode('key', preKey.id, preKey.key),
        ]),
      ];
    });
    return [node('list', {}, bundles)];
  }
  for (const key of children(child(query, 'list'), 'key'))
    device?.addPreKey({ id: numberIn(child(key, 'id')), key: bytesOf(child(key, 'value')) });
  return undefined;
}

/** Who is on WhatsApp, with which devices and which LID. */
function lookUp({ server }: Connection, query: BinaryNode): BinaryNode {
  const usync = child(query, 'usync');
  const wanted = child(usync, 'query')?.content;
  const wants = new Set(Array.isArray(wanted) ? wanted.map(({ tag }) => tag) : []);
  const users = children(child(usync, 'list'), 'user').map((asked) => {
    const phone = child(asked, 'contact');
    const jid = asked.attrs.jid ?? `${bytesOf(phone).toString().replace('+', '')}@${SERVER}`;
    const account = server.findAccount(jid);
    const user = server.findUser(jid);
    const who = user ?? account;
    const devices = [
      ...(user?.devices ?? [0]).map((id) => node('device', { id: String(id), 'key-index': '1' })),
      ...[...(account?.devices.values() ?? [])].map((device) =>
        node('device', { id: String(device.id), 'key-index': String(device.keyIndex) }),
      ),
    ];
    const facts = [
      ...(wants.has('contact') ? [node('contact', { type: who ? 'in' : 'out' })] : []),
      ...(who && wants.has('lid') ? [node('lid', { val: `${who.lid}@lid` })] : []),
      ...(who && wants.has('devices') ? [node('devices', {}, [node('device-list', {}, devices)])] : []),
    ];
    const { user: digits = '', server: at } = jidDecode(jid) ?? {};
    return node('user', { jid: at === 'lid' ? jid : `${digits}@${SERVER}` }, facts);
  });
  const attrs = { sid: usync?.attrs.sid ?? '', index: '0', last: 'true', mode: 'query' };
  return node('usync', { ...attrs, context: usync?.attrs.context ?? '' }, [
    node('result', {}, []),
    node('list', {}, users),
  ]);
}
