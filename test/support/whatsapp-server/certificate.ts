import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import tls from 'node:tls';

/** A certificate for `localhost` that signs itself, made on the spot: no key lies in the repository. */
export function makeCertificate(now: Date): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid('550403'), utf8('localhost'))));
  const day = 24 * 60 * 60 * 1000;
  const validity = sequence(utcTime(new Date(now.getTime() - day)), utcTime(new Date(now.getTime() + day)));
  const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), tagged(0x04, value));
  const extensions = sequence(
    extension('551d11', sequence(tagged(0x82, Buffer.from('localhost')))),
    extension('551d13', sequence(tagged(0x01, Buffer.from([0xff])))),
  );
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const body = sequence(
    ...[tagged(0xa0, tagged(0x02, Buffer.from([2]))), tagged(0x02, Buffer.from([1, ...randomBytes(8)]))],
    ...[ecdsaWithSha256, name, validity, name],
    ...[publicKey.export({ type: 'spki', format: 'der' }), tagged(0xa3, extensions)],
  );
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const signature = sign('sha256', body, createPrivateKey(key));
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString('base64').replace(/(.{64})/g, '$1\n');
  return { key, cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n` };
}

/** Lets this process trust one more authority; Node reads NODE_EXTRA_CA_CERTS only when it starts. */
export function trustCertificate(cert: string): () => void {
  const create = tls.createSecureContext;
  tls.createSecureContext = (options) => {
    const made = create(options);
    (made.context as { addCACert(pem: string): void }).addCACert(cert);
    return made;
  };
  return () => {
    tls.createSecureContext = create;
  };
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function set(content: Buffer): Buffer {
  return tagged(0x31, content);
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function utf8(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text));
}

function utcTime(at: Date): Buffer {
  return tagged(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));
}
