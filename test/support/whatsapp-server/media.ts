import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encryptedStream, type MediaType } from '@whiskeysockets/baileys';
import { readFile, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { systemClock } from '../../../src/shared/clock.js';
import { makeCertificate, trustCertificate } from './certificate.js';

/** What a message says about a file: where it lies and how it is opened. */
export interface MediaReference {
  url: string;
  directPath: string;
  mediaKey: Buffer;
  fileEncSha256: Buffer;
  fileSha256: Buffer;
  fileLength: number;
}

/** The host where WhatsApp keeps encrypted files: HTTPS, like the real one. */
export class MediaHost {
  /** Encrypted files by path. */
  readonly blobs = new Map<string, Buffer>();
  /** So many of the next uploads fail. */
  failUploads = 0;
  /** Downloads are answered by this status. */
  downloadStatus = 200;
  uploads = 0;
  downloads = 0;
  /** The line breaks in the middle of so many of the next downloads. */
  cutDownloads = 0;
  /** So many of the next downloads stop in the middle. */
  stallDownloads = 0;
  /** Downloads that the client did not want to the end. */
  abandoned = 0;
  #server: Server | undefined;
  #distrust: () => void = () => undefined;

  get host(): string {
    return `localhost:${(this.#server?.address() as AddressInfo).port}`;
  }

  certificate = '';

  /** @param touch something has happened that a test may wait for */
  constructor(private readonly touch: () => void) {}

  async listen(): Promise<void> {
    const { key, cert } = makeCertificate(systemClock.now());
    this.certificate = cert;
    this.#distrust = trustCertificate(cert);
    const server = createServer({ key, cert }, (request, response) => {
      if (request.method === 'POST') void this.#keep(request, response);
      else this.#give(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
  }

  async close(): Promise<void> {
    this.#distrust();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** A user's phone encrypts a file and puts it here. */
  async put(bytes: Buffer, type: MediaType): Promise<MediaReference> {
    const sealed = await encryptedStream({ stream: Readable.from([bytes]) }, type);
    const body = await readFile(sealed.encFilePath);
    await rm(sealed.encFilePath);
    const directPath = this.#store(body);
    const { mediaKey, fileEncSha256, fileSha256 } = sealed;
    return {
      ...{ url: `https://${this.host}${directPath}`, directPath, mediaKey: Buffer.from(mediaKey) },
      ...{ fileEncSha256: Buffer.from(fileEncSha256), fileSha256: Buffer.from(fileSha256) },
      fileLength: bytes.length,
    };
  }

  #store(body: Buffer): string {
    const path = `/v/t62/${randomBytes(8).toString('hex')}.enc`;
    this.blobs.set(path, body);
    return path;
  }

  async #keep(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.uploads += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (this.failUploads > 0) {
      this.failUploads -= 1;
      response.writeHead(500).end('{}');
      return;
    }
    const path = this.#store(body);
    response.end(
      JSON.stringify({
        ...{ url: `https://${this.host}${path}`, direct_path: path },
        sha256: createHash('sha256').update(body).digest('base64'),
      }),
    );
  }

  #give(request: IncomingMessage, response: ServerResponse): void {
    this.downloads += 1;
    const blob = this.blobs.get(new URL(request.url ?? '/', 'https://localhost').pathname);
    if (!blob || this.downloadStatus !== 200) response.writeHead(blob ? this.downloadStatus : 404).end();
    else {
      response.on('close', () => {
        if (response.writableFinished) return;
        this.abandoned += 1;
        this.touch();
      });
      if (this.cutDownloads > 0) {
        this.cutDownloads -= 1;
        response.writeHead(200, { 'content-length': blob.length });
        response.write(blob.subarray(0, blob.length / 2), () => response.destroy());
      } else if (this.stallDownloads > 0) {
        this.stallDownloads -= 1;
        response.write(blob.subarray(0, blob.length / 2));
      } else response.end(blob);
    }
  }
}
