import { cpus } from 'node:os';
import { runArm } from './arm.js';
import { coldSection } from './cold/cold-section.js';
import { memorySection } from './memory/memory-section.js';
import { durableSection } from './durable/durable-section.js';
import { builtState } from './harness/built.js';
import { print } from './harness/report.js';
import { sessionsSection } from './sessions/sessions-section.js';
import { storeSection } from './store/store-section.js';
import { turnSection } from './turn/turn-section.js';

/** `npm run bench [-- turn durable memory cold store sessions]`; docs/performance.md says what is measured and how. */
const SECTIONS: Readonly<Record<string, () => Promise<void>>> = {
  turn: turnSection,
  durable: durableSection,
  memory: memorySection,
  cold: coldSection,
  store: storeSection,
  sessions: sessionsSection,
};

const [first, section = '', arm = ''] = process.argv.slice(2);
if (first === '--arm') await runArm(section, arm);
else await runSections(process.argv.slice(2));

async function runSections(wanted: readonly string[]): Promise<void> {
  const names = wanted.length > 0 ? wanted : Object.keys(SECTIONS);
  const unknown = names.filter((name) => !(name in SECTIONS));
  const build = builtState();
  if (unknown.length > 0) {
    fail(`no section named ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`);
  } else if (build === 'missing') fail('the compiled product is measured: npm run build');
  else {
    const [cpu] = cpus();
    print(`node ${process.version}, ${cpus().length} cores, ${cpu?.model.trim() ?? 'unknown processor'}`);
    print('median [min-max] of rounds in fresh processes; ratios are formed within each round');
    if (build === 'outdated')
      print('WARNING: dist is older than src, so these are figures of an older build');
    for (const name of names) await SECTIONS[name]?.();
  }
}

/** A missed goal is a result; only wrong answers and failures end the bench with an error. */
function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
