import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readConfig } from '../../shared/config.js';
import { DomainError } from '../../shared/errors.js';
import { localTime, Recording, recordingMailTransport } from './recording.js';
import { parseScriptLine, type ScriptLine } from './script-line.js';
import { createSimulation, type Simulation } from './simulation.js';

type Print = (line: object) => void;

/**
 * Runs a script of events, one JSON object a line, through the real engine, services, jobs and store on a virtual clock.
 * Only the transports are recorders. The same input gives the same output.
 * @returns false when a line could not be read
 */
export async function runScript(input: NodeJS.ReadableStream, print: Print): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'dering-simulate-'));
  const runner = new ScriptRunner(folder, print);
  let [number, readable] = [0, true];
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      number += 1;
      if (text.trim() !== '' && !(await runner.run(text, number))) readable = false;
    }
    return readable;
  } finally {
    await runner.close();
    await rm(folder, { recursive: true, force: true });
  }
}

class ScriptRunner {
  #simulation: Simulation | undefined;
  #recording: Recording | undefined;

  constructor(
    private readonly folder: string,
    private readonly print: Print,
  ) {}

  async run(text: string, number: number): Promise<boolean> {
    const line = this.read(text, number);
    if (!line) return false;
    const simulation = await this.simulation(line.at);
    const { services } = simulation.core;
    await simulation.waitUntil(line.at);
    await this.#recording?.flush(services);
    try {
      await simulation.play(line, number);
    } catch (error) {
      if (!(error instanceof DomainError) || line.kind !== 'staff') throw error;
      const { as, do: action } = line.line;
      const message = services.texts.for('id')(`errors:${error.code}`, error.params);
      this.print({ at: localTime(line.at), type: 'refusal', as, do: action, code: error.code, message });
    }
    await this.#recording?.flush(services);
    return true;
  }

  async close(): Promise<void> {
    await this.#simulation?.core.close();
  }

  private read(text: string, number: number): ScriptLine | undefined {
    try {
      const line = parseScriptLine(text);
      if (this.#simulation && line.at < this.#simulation.clock.now())
        throw new Error('earlier than the line before it');
      return line;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.print({ type: 'error', line: number, message: error.message });
      return undefined;
    }
  }

  private async simulation(start: Date): Promise<Simulation> {
    const { MONGODB_URI } = process.env;
    this.#simulation ??= await createSimulation({
      config: readConfig({ DATA_DIR: this.folder, MONGODB_URI }),
      start,
      publicUrl: 'https://dering.example',
      record: (clock) => (this.#recording = new Recording(clock, this.print)),
      mailTransport: recordingMailTransport,
    });
    return this.#simulation;
  }
}
