import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';

/** Somebody on the live chat without a browser: for tests that look at what the office does with it. */
export interface Visitor {
  /** The visitor's cookie, to go on in a browser. */
  readonly cookie: { name: string; value: string };
  say(text: string): Promise<void>;
  /** Waits until a line from the office matches. */
  hears(pattern: RegExp): Promise<string>;
}

interface Line {
  direction: string;
  content: { kind: string; text?: string; name?: string };
}

export async function openVisitor(url: string): Promise<Visitor> {
  const headers = {
    'x-requested-with': 'dering',
    'content-type': 'application/json',
    'accept-language': 'id',
  };
  const opened = await fetch(`${url}/api/chat/session`, { method: 'POST', headers, body: '{}' });
  const [name = '', value = ''] = (opened.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? [];
  const signed = { ...headers, cookie: `${name}=${value}` };
  const heard = async (): Promise<string> => {
    const answer = await fetch(`${url}/api/chat/messages?limit=100`, { headers: signed });
    const { items } = (await answer.json()) as { items: Line[] };
    return items
      .filter(({ direction }) => direction === 'out')
      .map(({ content }) => content.text ?? content.name ?? '')
      .join('\n');
  };
  return {
    cookie: { name, value },
    say: async (text) => {
      const body = JSON.stringify({ id: randomUUID(), text });
      const answer = await fetch(`${url}/api/chat/messages`, { method: 'POST', headers: signed, body });
      expect(answer.status, text).toBe(201);
    },
    hears: async (pattern) => {
      await expect.poll(heard, { timeout: 15_000 }).toMatch(pattern);
      return pattern.exec(await heard())?.[0] ?? '';
    },
  };
}

/** From "halo" to a ticket. @returns its number */
export async function askQuestion(visitor: Visitor, name: string, question: string): Promise<string> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@contoh.go.id`;
  const who = `Saya ${name}, Kabid Anggaran BPKAD Kabupaten Gowa, email ${email}, hp 081234567890`;
  for (const text of ['halo', 'setuju', 'konsultasi', who, 'DAK Fisik', question, 'selesai'])
    await visitor.say(text);
  await visitor.hears(/Kirim sekarang\?/u);
  await visitor.say('kirim');
  return visitor.hears(/DJPK-\d{4}-\d{6}/u);
}
