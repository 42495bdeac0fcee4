import { createDurableEngine, type Modules } from './durable-engine.js';

/** The names of the commands that one turn sent to the database, in order. */
export interface TurnCommands {
  /** From receiving the message to the committed turn. */
  turn: string[];
  /** From the first words handed to the channel to the end. */
  delivery: string[];
}

/** Runs the intake on a database of its own with command monitoring: exact on any machine. */
export async function countCommands(
  uri: string,
  modules: Modules,
  inputs: readonly string[],
): Promise<TurnCommands[]> {
  let seen: string[] = [];
  let sent = 0;
  const monitored = `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`;
  const engine = await createDurableEngine(monitored, modules, () => (sent ||= seen.length));
  engine.models.connection.getClient().on('commandStarted', ({ commandName }) => seen.push(commandName));
  try {
    const counted: TurnCommands[] = [];
    for (const [step, input] of inputs.entries()) {
      [seen, sent] = [[], 0];
      await engine.turn(0, `m${step}`, input);
      counted.push({ turn: seen.slice(0, sent), delivery: seen.slice(sent) });
    }
    return counted;
  } finally {
    await engine.close();
  }
}
