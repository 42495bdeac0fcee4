import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../app.js';
import { explainStart } from '../explain-start.js';
import { systemClock } from '../shared/clock.js';
import { readConfig } from '../shared/config.js';
import { DEMO_PASSWORD, DEMO_STAFF } from './demo/demo-staff.js';
import { fillDemo } from './demo/fill-demo.js';
import { freePort } from './demo/free-port.js';

/** The whole product on a scratch folder filled with invented people and tickets in every state. */
const folder = await mkdtemp(join(tmpdir(), 'dering-demo-'));
try {
  const given = readConfig({ LOG_LEVEL: 'warn', ...process.env });
  const port = given.port === 0 ? await freePort(given.host) : given.port;
  // Invented people must never get real mail.
  const config = { ...given, port, dataDir: folder, mongodbUri: undefined, smtpUrl: undefined };
  const url = config.publicUrl ?? `http://localhost:${config.port}`;
  process.stdout.write('Filling the demo with invented conversations …\n');
  await fillDemo(config, url, systemClock.now());
  const app = await startApp(config);
  process.stdout.write(welcome(app.url));
  await Promise.race([stopSignal(), app.core.storeFailed]);
  await app.stop();
} catch (error) {
  process.stderr.write(`${explainStart(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit();

function welcome(url: string): string {
  const people = DEMO_STAFF.map(({ username, position }) => `  ${username.padEnd(8)} ${position}`);
  return [
    '',
    `Live chat  ${url}/chat`,
    `Console    ${url}/console`,
    '',
    `Sign in with one of these names and the password ${DEMO_PASSWORD}`,
    ...people,
    '',
    'Everything lies in a scratch folder and is gone when you stop with Ctrl-C.',
    '',
  ].join('\n');
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
