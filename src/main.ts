import { existsSync } from 'node:fs';
import { startApp, type App } from './app.js';
import { explainStart } from './explain-start.js';
import { readConfig } from './shared/config.js';

/** Starts the product, says where it is, and stops it cleanly on SIGINT and SIGTERM. */
try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const app = await startApp(readConfig(process.env));
  process.stdout.write(greeting(app));
  stopOnSignal(app);
  await app.core.storeFailed;
} catch (error) {
  process.stderr.write(`${explainStart(error)}\n`);
  process.exit(1);
}

function greeting({ url, setupUrl }: App): string {
  const lines = [
    `Live chat        ${url}/chat`,
    `Console          ${url}/console`,
    `API description  ${url}/api/v1/openapi.json`,
    `Health           ${url}/healthz  ${url}/readyz  ${url}/metrics`,
  ];
  if (setupUrl)
    lines.push('', `First administrator: set a password here, once:`, `                 ${setupUrl}`);
  return `${lines.join('\n')}\n`;
}

function stopOnSignal(app: App): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal means that whoever stops us will not wait.
      if (stopping) process.exit(1);
      stopping = true;
      app.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${explainStart(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}
