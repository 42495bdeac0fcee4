import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { understand, type Region, type Understanding } from '../language/index.js';
import { systemClock } from '../shared/clock.js';

/** Below this the bot would ask, so the command does not assert it either. */
const ASSERTED = 0.5;

/** One line of the command's answer: plain values, keys always in this order. */
export function describeUnderstanding({ text, intent, entities }: Understanding): string {
  const sure = <T>(found: { value: T; confidence: number } | undefined): T | undefined =>
    found !== undefined && found.confidence >= ASSERTED ? found.value : undefined;
  const region = sure(entities.region);
  return JSON.stringify({
    text,
    intent,
    entities: {
      date: sure(entities.date),
      time: sure(entities.time),
      zone: sure(entities.zone),
      region: region && plainRegion(region),
      regions: entities.regions?.value.map(plainRegion),
      email: sure(entities.email),
      phone: sure(entities.phone),
      ticket: sure(entities.ticket),
      person: sure(entities.person),
      position: sure(entities.position),
    },
  });
}

function plainRegion({ code, name, level }: Region): Pick<Region, 'code' | 'name' | 'level'> {
  return { code, name, level };
}

/** Prints what the bot understands of each line of standard input. Returns the exit code. */
async function run(): Promise<number> {
  const now = readNow();
  if (now === undefined) {
    process.stderr.write(
      'understand: --now must be a date with an offset, such as 2026-03-02T09:00:00+07:00\n',
    );
    return 2;
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    process.stdout.write(`${describeUnderstanding(understand(line, { now }))}\n`);
  }
  return 0;
}

function readNow(): Date | undefined {
  const { values } = parseArgs({ options: { now: { type: 'string' } } });
  if (values.now === undefined) return systemClock.now();
  const now = new Date(values.now);
  return Number.isNaN(now.getTime()) ? undefined : now;
}

const isCommand = process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isCommand) process.exitCode = await run();
