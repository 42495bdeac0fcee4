import { KINDS, intentTable, measure, type Part } from './measure.js';

/** `npm run language:report`: accuracy per kind and part, and what the intents are taken for. */
const PARTS: readonly Part[] = ['dev', 'heldout'];

export function report(): string {
  const lines = ['kind         part     right/total   accuracy  wrong with confidence'];
  let total = 0;
  for (const kind of KINDS) {
    for (const part of PARTS) {
      const m = measure(kind, part);
      total += m.total;
      const share = `${((m.right / m.total) * 100).toFixed(1)} %`;
      lines.push(
        `${kind.padEnd(12)} ${part.padEnd(8)} ${`${m.right}/${m.total}`.padStart(11)}  ${share.padStart(8)}  ${m.wronglyAsserted}`,
      );
    }
  }
  lines.push(`labels: ${total}`, '');
  for (const part of PARTS) {
    const { accuracy, confusions } = intentTable(part);
    lines.push(
      `intents, ${part}`,
      ...accuracy.map((line) => `  ${line}`),
      ...confusions.map((line) => `  ${line}`),
      '',
    );
  }
  return lines.join('\n');
}

if (process.argv[1]?.endsWith('print-report.ts') === true) process.stdout.write(`${report()}\n`);
