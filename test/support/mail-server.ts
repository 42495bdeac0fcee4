import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  url: string;
  /** What arrived, in order. */
  received: ParsedMail[];
  /** Answers the next mails, one entry each: a refusal for now or for good, taken but the connection is cut, or fine. */
  next: ('refuse' | 'bounce' | 'cut' | 'take')[];
  close(): Promise<void>;
}

/** A real SMTP server on a free port that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const received: ParsedMail[] = [];
  const next: MailServer['next'] = [];
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onData(stream, session, callback) {
      const does = next.shift() ?? 'take';
      void simpleParser(stream).then((mail) => {
        if (does === 'refuse') {
          callback(Object.assign(new Error('4.3.0 kotak surat sedang penuh'), { responseCode: 451 }));
          return;
        }
        if (does === 'bounce') {
          callback(Object.assign(new Error('5.1.1 alamat tidak dikenal'), { responseCode: 550 }));
          return;
        }
        received.push(mail);
        if (does === 'take') callback();
        else for (const connection of server.connections) connection.close();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    ...{ received, next },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
