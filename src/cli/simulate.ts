import { runScript } from './simulation/run-script.js';

/** `npm run -s simulate < script.jsonl`; exit code 2 when a line could not be read. */
const readable = await runScript(process.stdin, (line) => process.stdout.write(`${JSON.stringify(line)}\n`));
process.exitCode = readable ? 0 : 2;
