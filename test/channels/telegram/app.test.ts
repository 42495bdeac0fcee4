import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startApp, type App } from '../../../src/app.js';
import { freePort } from '../../../src/cli/demo/free-port.js';
import { readConfig } from '../../../src/shared/config.js';
import { uniqueDatabaseUri } from '../../support/database.js';
import { startTelegramServer, type TelegramServer } from '../../support/telegram-server/index.js';
import { Person } from '../../support/telegram-server/person.js';
import { SECRET } from './bot.js';

let app: App | undefined;
let server: TelegramServer | undefined;
let folder = '';

afterEach(async () => {
  await app?.core.services.models.connection.dropDatabase();
  await app?.stop();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
  app = server = undefined;
});

async function start(settings: Record<string, string>): Promise<App> {
  folder = await mkdtemp(join(tmpdir(), 'dering-telegram-'));
  const standing = { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', MONGODB_URI: uniqueDatabaseUri() };
  app = await startApp(readConfig({ ...standing, ...settings }));
  return app;
}

describe('the product', () => {
  it('answers on Telegram once the token is set', async () => {
    server = await startTelegramServer();
    const { token, apiRoot } = server;
    await start({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot });
    const person = new Person(server, () => new Date('2026-03-02T02:00:00Z'));
    await server.push(person.text('/start'));
    await vi.waitFor(() => expect(person.seen().at(-1)?.keyboard.flat()).not.toHaveLength(0), {
      timeout: 20_000,
    });
    expect(app?.core.engine.channels.get('telegram')?.health()).toEqual({ state: 'up' });
  });

  it('starts, and serves its other channels, while Telegram cannot be reached', async () => {
    const port = await freePort('127.0.0.1');
    const { core } = await start({
      PORT: String(port),
      ...{
        TELEGRAM_BOT_TOKEN: '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw',
        TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
      },
      ...{ TELEGRAM_WEBHOOK_SECRET: SECRET, PUBLIC_URL: 'http://dering.contoh' },
    });
    const local = `http://127.0.0.1:${port}`;
    expect((await fetch(`${local}/api/chat/messages`)).status).toBe(401);
    const hook = await fetch(`${local}/channels/telegram/webhook`, { method: 'POST', body: '{}' });
    expect(hook.status).toBe(401);
    await vi.waitFor(() => expect(core.engine.channels.get('telegram')?.health().state).toBe('down'));
  });
});
