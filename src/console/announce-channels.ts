import type { ConsoleDeps } from './api-server.js';

/** Milliseconds between two looks at how the channels do: they say it when asked, and asking costs nothing. */
const LOOK_EVERY = 1_000;

/**
 * Tells the screens when a channel goes up or down, or its pairing changes: which channel, never what.
 * @returns the way to stop
 */
export function announceChannels({ engine, services }: ConsoleDeps): () => void {
  const announce = (id: string): void => services.changes.publish({ topic: 'channel', id });
  const channels = [...engine.channels.values()];
  const said = new Map(channels.map((channel) => [channel, JSON.stringify(channel.health())]));
  const timer = setInterval(() => {
    for (const channel of channels) {
      const health = JSON.stringify(channel.health());
      if (said.get(channel) === health) continue;
      said.set(channel, health);
      announce(channel.name);
    }
  }, LOOK_EVERY);
  timer.unref();
  const stops = channels.map(({ name, pairing }) => pairing?.onChange(() => announce(name)));
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop?.();
  };
}
