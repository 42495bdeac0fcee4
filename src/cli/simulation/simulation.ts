import { createCore, type Core } from '../../core.js';
import { JOBS } from '../../scheduler/jobs/index.js';
import { runUntil } from '../../scheduler/run-until.js';
import type { MailTransport } from '../../services/mail/mail-transport.js';
import { VirtualClock } from '../../shared/clock.js';
import type { Config } from '../../shared/config.js';
import { seededRandom } from '../../shared/ids.js';
import { silentLogger } from '../../shared/logger.js';
import { RECORDED_CHANNELS, recordingChannel, type Recording } from './recording.js';
import type { ScriptLine } from './script-line.js';
import { actAsStaff } from './staff-action.js';
import { actAsUser } from './user-action.js';

const SEED = 20_240_225;

/** The core on a virtual clock, its channels recorded. */
export interface Simulation {
  readonly core: Core;
  readonly clock: VirtualClock;
  /** Lets time pass, with everything that falls due on the way. */
  waitUntil(at: Date): Promise<void>;
  /**
   * Does what a line says, and what follows from it at the same moment.
   * @throws DomainError when staff are refused
   */
  play(line: ScriptLine, number: number): Promise<void>;
}

interface SimulationOptions {
  config: Config;
  start: Date;
  publicUrl: string;
  /** The channels speak into this. */
  record: (clock: VirtualClock) => Recording;
  /** Default: the one the settings name. */
  mailTransport?: (recording: Recording) => MailTransport;
}

export async function createSimulation(options: SimulationOptions): Promise<Simulation> {
  const { config, start, publicUrl } = options;
  const clock = new VirtualClock(start);
  const recording = options.record(clock);
  const core = await createCore({
    config,
    clock,
    random: seededRandom(SEED),
    log: silentLogger,
    publicUrl: () => publicUrl,
    channels: () => RECORDED_CHANNELS.map((name) => recordingChannel(name, recording)),
  });
  recording.watch(core.services);
  const { engine } = core;
  const context = { engine, mailTransport: options.mailTransport?.(recording) ?? core.mailTransport };
  const waitUntil = (at: Date): Promise<void> => runUntil(JOBS, context, clock, at);
  return {
    core,
    clock,
    waitUntil,
    play: async (line, number) => {
      await waitUntil(line.at);
      if (line.kind === 'user') await actAsUser(engine, line.line, number, line.at);
      if (line.kind === 'staff') await actAsStaff(engine, line.line, number, line.at);
      await waitUntil(line.at);
    },
  };
}
