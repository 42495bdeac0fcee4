import { readFileSync } from 'node:fs';

const FOLDER = new URL('../../fixtures/email/', import.meta.url);

/** A letter of test/fixtures/email; `<balasan@dering.example>` stands for a letter of the office. */
export function fixture(name: string, answered = '<balasan@dering.example>'): Buffer {
  const source = readFileSync(new URL(`${name}.eml`, FOLDER)).toString('latin1');
  return Buffer.from(source.replaceAll('<balasan@dering.example>', answered), 'latin1');
}
