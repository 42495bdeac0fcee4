import { randomBytes } from 'node:crypto';
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  configureSuccessfulPairing,
  Curve,
  derivePairingCodeKey,
  hkdf,
  type AuthenticationCreds,
  type BinaryNode,
  type KeyPair,
} from '@whiskeysockets/baileys';
import type { Connection } from './connection.js';
import { Device } from './device.js';
import type { Account, WhatsAppServer } from './server.js';
import type { SignedCompanion } from './sim-phone.js';
import { bytesOf, child, node, seconds, SERVER } from './stanza.js';

interface CodePairing {
  connection: Connection;
  ref: Buffer;
  wrapped: Buffer;
  ephemeral?: KeyPair;
  theirs?: Buffer;
}

/** Numbers for which a client has shown a code. */
const waiting = new WeakMap<Account, CodePairing>();

/** The phone scans the code; the client is told that it is linked. */
export function scan(server: WhatsAppServer, pn: string, qr: string): void {
  const account = server.accountOf(pn);
  const signed = account.phone.signCompanion(qr);
  const connection = server.pairing.get(signed.ref);
  if (!connection) throw new Error('the code is unknown or has expired');
  link(connection, account, signed);
}

function link(connection: Connection, account: Account, signed: SignedCompanion): void {
  const { registration } = connection;
  if (!registration) throw new Error('the client did not ask to be paired');
  const uint = (bytes: Uint8Array | null | undefined): number => {
    const buffer = Buffer.from(bytes ?? []);
    return buffer.readUIntBE(0, buffer.length);
  };
  const device = newDevice(account, signed, {
    registrationId: uint(registration.eRegid),
    signedPreKey: {
      id: uint(registration.eSkeyId),
      key: Buffer.from(registration.eSkeyVal ?? []),
      signature: Buffer.from(registration.eSkeySig ?? []),
    },
  });
  connection.pairing = device;
  const attrs = { from: SERVER, type: 'set', id: connection.server.nextId(), xmlns: 'md' };
  connection.send(node('iq', attrs, [pairSuccess(account, device, signed)]));
}

function newDevice(
  account: Account,
  { identity, noise, keyIndex }: SignedCompanion,
  keys: Pick<Device['keys'], 'registrationId' | 'signedPreKey'>,
): Device {
  account.lastDevice += 1;
  return new Device(account.pn, account.lastDevice, keyIndex, { identity, noise, ...keys });
}

function pairSuccess({ pn, lid }: Account, { id }: Device, { blob }: SignedCompanion): BinaryNode {
  return node('pair-success', {}, [
    node('device-identity', {}, blob),
    node('device', { jid: `${pn}:${id}@${SERVER}`, lid: `${lid}:${id}@lid` }),
    node('platform', { name: 'android' }),
  ]);
}

/** Makes credentials look paired without pairing, and registers their public parts. */
export function seed(account: Account, creds: AuthenticationCreds): Device {
  const base64 = (key: Uint8Array): string => Buffer.from(key).toString('base64');
  const { noiseKey, signedIdentityKey, advSecretKey, signedPreKey } = creds;
  const signed = account.phone.signCompanion(
    ['', base64(noiseKey.public), base64(signedIdentityKey.public), advSecretKey].join(','),
  );
  const device = newDevice(account, signed, {
    registrationId: creds.registrationId,
    signedPreKey: {
      id: signedPreKey.keyId,
      key: Buffer.from(signedPreKey.keyPair.public),
      signature: Buffer.from(signedPreKey.signature),
    },
  });
  const stanza = node('iq', { id: 'seed' }, [pairSuccess(account, device, signed)]);
  Object.assign(creds, configureSuccessfulPairing(stanza, creds).creds, {
    accountSyncCounter: 1,
    myAppStateKeyId: 'AAAAAA==',
  });
  account.devices.set(device.id, device);
  return device;
}

/** A client shows a code and waits for somebody to type it on the phone. */
export function codeWaits(connection: Connection, hello: BinaryNode, ref: Buffer): void {
  const wrapped = bytesOf(child(hello, 'link_code_pairing_wrapped_companion_ephemeral_pub'));
  waiting.set(connection.server.accountOf(hello.attrs.jid ?? ''), { connection, ref, wrapped });
}

/** Whether the server knows of a code that a client shows. */
export function showsCode(server: WhatsAppServer, pn: string): boolean {
  return waiting.has(server.accountOf(pn));
}

/** Somebody types the eight characters on the phone. */
export async function enterCode(server: WhatsAppServer, pn: string, code: string): Promise<void> {
  const account = server.accountOf(pn);
  const pairing = waiting.get(account);
  if (!pairing) throw new Error('no client shows a code');
  const { wrapped, connection, ref } = pairing;
  const theirKey = await derivePairingCodeKey(code, wrapped.subarray(0, 32));
  pairing.theirs = aesDecryptCTR(wrapped.subarray(48, 80), theirKey, wrapped.subarray(32, 48));
  pairing.ephemeral = Curve.generateKeyPair();
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  const sealed = aesEncryptCTR(pairing.ephemeral.public, await derivePairingCodeKey(code, salt), iv);
  const attrs = { from: SERVER, type: 'link_code_companion_reg', id: server.nextId() };
  const hello = node('link_code_companion_reg', { stage: 'primary_hello' }, [
    node('link_code_pairing_ref', {}, ref),
    node('primary_identity_pub', {}, account.phone.identity.public),
    node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, Buffer.concat([salt, iv, sealed])),
  ]);
  connection.send(node('notification', { ...attrs, t: seconds(server.clock.now()) }, [hello]));
}

/** The client has proved that it knows the code. */
export function finishCode(connection: Connection, finish: BinaryNode): void {
  const { server } = connection;
  const account = server.accountOf(finish.attrs.jid ?? '');
  const pairing = waiting.get(account);
  if (!pairing?.ephemeral || !pairing.theirs) throw new Error('no code was typed');
  const bundle = bytesOf(child(finish, 'link_code_pairing_wrapped_key_bundle'));
  const shared = Curve.sharedKey(pairing.ephemeral.private, pairing.theirs);
  const info = 'link_code_pairing_key_bundle_encryption_key';
  const key = Buffer.from(hkdf(shared, 32, { salt: bundle.subarray(0, 32), info }));
  const plain = aesDecryptGCM(bundle.subarray(44), key, bundle.subarray(32, 44), Buffer.alloc(0));
  const [companion, random] = [plain.subarray(0, 32), plain.subarray(64, 96)];
  const identityShared = Curve.sharedKey(account.phone.identity.private, companion);
  const secret = hkdf(Buffer.concat([shared, identityShared, random]), 32, { info: 'adv_secret' });
  const noise = connection.noise.clientStatic;
  const qr = [
    'code',
    ...[noise, companion, Buffer.from(secret)].map((part) => Buffer.from(part).toString('base64')),
  ].join(',');
  link(connection, account, account.phone.signCompanion(qr));
}
