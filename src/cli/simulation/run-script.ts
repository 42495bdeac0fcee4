import { createInterface } from 'node:readline';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore, type Core } from '../../core.js';
import { JOBS } from '../../scheduler/jobs/index.js';
import { runUntil } from '../../scheduler/run-until.js';
import { VirtualClock } from '../../shared/clock.js';
import { readConfig } from '../../shared/config.js';
import { DomainError } from '../../shared/errors.js';
import { seededRandom } from '../../shared/ids.js';
import { silentLogger } from '../../shared/logger.js';
import { localTime, RECORDED_CHANNELS, Recording, recordingChannel, recordingMailTransport } from './recording.js';
import { parseScriptLine, type ScriptLine } from './script-line.js';
import { actAsStaff } from './staff-action.js';
import { actAsUser } from './user-action.js';

const SEED = 20_240_225;

/**
 * Runs a script of events, one JSON object a line, through the real engine, services, jobs and store on a virtual clock.
 * Only the transports are recorders. The same input gives the same output.
 * @returns false when a line could not be read
 */
export async function runScript(input: NodeJS.ReadableStream, print: (line: object) => void): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'dering-simulate-'));
  let simulation: Simulation | undefined;
  let [number, readable] = [0, true];
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      number += 1;
      if (text.trim() === '') continue;
      try {
        const line = parseScriptLine(text);
        simulation ??= await startSimulation(folder, line.at, print);
        await simulation.play(line, number);
      } catch (error) {
        if (!(error instanceof Error) || error instanceof DomainError) throw error;
        readable = false;
        print({ type: 'error', line: number, message: error.message });
      }
    }
    return readable;
  } finally {
    await simulation?.core.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Simulation {
  core: Core;
  play(line: ScriptLine, number: number): Promise<void>;
}

async function startSimulation(folder: string, start: Date, print: (line: object) => void): Promise<Simulation> {
  const clock = new VirtualClock(start);
  const recording = new Recording(clock, print);
  const core = await createCore({
    config: readConfig({ DATA_DIR: folder, ...(process.env['MONGODB_URI'] ? { MONGODB_URI: process.env['MONGODB_URI'] } : {}) }),
    clock,
    random: seededRandom(SEED),
    log: silentLogger,
    publicUrl: () => 'https://dering.example',
    channels: () => RECORDED_CHANNELS.map((name) => recordingChannel(name, recording)),
  });
  recording.watch(core.services);
  const { engine, services } = core;
  const jobs = { engine, mailTransport: recordingMailTransport(recording) };
  return {
    core,
    play: async (line, number) => {
      if (line.at < clock.now()) throw new Error('earlier than the line before it');
      await runUntil(JOBS, jobs, clock, line.at);
      await recording.flush(services);
      try {
        if (line.kind === 'user') await actAsUser(engine, line.line, number, line.at);
        if (line.kind === 'staff') await actAsStaff(engine, line.line, number, line.at);
      } catch (error) {
        if (!(error instanceof DomainError) || line.kind !== 'staff') throw error;
        const message = services.texts.for('id')(`errors:${error.code}`, error.params);
        print({ at: localTime(line.at), type: 'refusal', as: line.line.as, do: line.line.do, code: error.code, message });
      }
      await runUntil(JOBS, jobs, clock, line.at);
      await recording.flush(services);
    },
  };
}
