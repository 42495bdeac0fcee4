import type { Transporter } from 'nodemailer';
import { messageOf } from './compose-mail.js';
import type { MailTransport } from './mail-transport.js';

/** All waits together stay well below the pause before another worker would try the same mail (`send-queued-mails`). */
const TIMEOUTS = {
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  socketTimeout: 60_000,
  dnsTimeout: 10_000,
};

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Sends over SMTP. @param url smtp:// (STARTTLS where offered) or smtps:// */
export function createSmtpTransport(url: string): MailTransport {
  const { hostname } = new URL(url);
  // A relay on this very machine shows a certificate nobody signed, and nobody can stand in between.
  const tls = LOOPBACK.test(hostname) ? { rejectUnauthorized: false } : {};
  let transport: Transporter | undefined;
  return {
    mode: 'smtp',
    send: async (mail) => {
      const { createTransport } = await import('nodemailer');
      transport ??= createTransport({ url, ...TIMEOUTS, tls });
      await transport.sendMail(messageOf(mail));
    },
  };
}
