import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApp, type App } from '../../../src/app.js';
import { readConfig } from '../../../src/shared/config.js';
import { uniqueDatabaseUri } from '../../support/database.js';
import { APP_ID, PASSWORD, TENANT_ID } from '../../support/teams-server/index.js';

let app: App | undefined;
let folder = '';

const reach = globalThis.fetch;
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const { host } = new URL(input instanceof Request ? input.url : input);
    if (host.startsWith('localhost:')) return reach(input, init);
    asked.push(host);
    return Promise.reject(new TypeError('no network'));
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await app?.core.services.models.connection.dropDatabase();
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
  app = undefined;
});

async function start(settings: Record<string, string>): Promise<App> {
  folder = await mkdtemp(join(tmpdir(), 'dering-teams-'));
  const standing = { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', MONGODB_URI: uniqueDatabaseUri() };
  app = await startApp(readConfig({ ...standing, ...settings }));
  return app;
}

const post = async (url: string): Promise<number> =>
  (await fetch(`${url}/channels/teams/messages`, { method: 'POST', body: '{}' })).status;

describe('the product', () => {
  it('has a messaging endpoint for Teams once it is set, and serves its other channels while Microsoft is away', async () => {
    const { url, core } = await start({
      ...{ TEAMS_APP_ID: APP_ID, TEAMS_APP_PASSWORD: PASSWORD, TEAMS_TENANT_ID: TENANT_ID },
    });
    expect(await post(url)).toBe(401);
    expect((await fetch(`${url}/api/chat/messages`)).status).toBe(401);
    const teams = core.engine.channels.get('teams');
    await vi.waitFor(() =>
      expect(teams?.health()).toEqual({ state: 'down', reason: 'Microsoft does not answer' }),
    );
    expect(new Set(asked)).toEqual(new Set(['login.microsoftonline.com']));
  });

  it('has none while Teams is off', async () => {
    const { url, core } = await start({});
    expect(await post(url)).toBe(404);
    expect(core.engine.channels.has('teams')).toBe(false);
    expect(asked).toEqual([]);
  });
});
