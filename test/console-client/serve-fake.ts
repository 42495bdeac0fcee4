import { startFakeApi } from './fake-api.js';

// `npx tsx test/console-client/serve-fake.ts` shows the built page against the pretended server, for work on its looks.
const fake = await startFakeApi({ now: new Date(), port: Number(process.env.PORT ?? 3900) });
process.stdout.write(`${fake.url}/console/ (admin, sari, agus)\n`);
