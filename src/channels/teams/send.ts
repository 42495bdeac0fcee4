import { ChannelError, type OutboundMessage } from '../../conversation/channel.js';
import { forgetOldest } from '../forget-oldest.js';
import type { Pulse } from '../pulse.js';
import { isAllowedService } from './allowed-url.js';
import { MAX_UPLOAD } from './capabilities.js';
import type { BotConnector, Target } from './connector.js';
import { toChannelError } from './failure.js';
import { render } from './render.js';
import type { Place, TeamsPorts } from './types.js';

/** Milliseconds for all of a message: the engine gives an attempt a minute, and then lets another process try. */
const DEADLINE = 50_000;

/** Half-sent messages, waits and shown texts that are remembered; the oldest are forgotten. */
const MOST_REMEMBERED = 1_000;

interface SenderParts {
  connector: BotConnector;
  ports: Pick<TeamsPorts, 'clock' | 'deadline' | 'endpoints' | 'log' | 'noteReachable' | 'places'>;
  pulse: Pulse;
}

export interface Sender {
  /** @throws ChannelError */
  send: (message: OutboundMessage) => Promise<'sent'>;
  /** The words of a message of this process that has buttons. */
  wordsOf: (activityId: string) => string | undefined;
}

/**
 * Sends messages step by step. A message that failed half-way goes on where it stopped; while Microsoft asks to wait for a
 * chat nothing is sent there, since every further call prolongs the wait.
 */
export function createSender({ connector, ports, pulse }: SenderParts): Sender {
  const sentSteps = new Map<string, number>();
  const pausedUntil = new Map<string, number>();
  const words = new Map<string, string>();

  return {
    wordsOf: (activityId) => words.get(activityId),
    async send(message) {
      const { address } = message;
      const pause = (pausedUntil.get(address) ?? 0) - ports.clock.now().getTime();
      if (pause > 0) throw new ChannelError('rate-limited', false, pause);
      pausedUntil.delete(address);
      try {
        await pulse.sending(() => sendSteps(message));
        sentSteps.delete(message.id);
        return 'sent';
      } catch (error) {
        throw await noteFailure(message, toChannelError(error));
      }
    },
  };

  async function sendSteps(message: OutboundMessage): Promise<void> {
    const place = await ports.places.find(message.address);
    if (!place) throw new ChannelError('recipient-unknown', true);
    const target = targetOf(place, ports.endpoints.serviceUrls);
    const steps = render(message);
    const signal = ports.deadline(DEADLINE);
    for (const [index, step] of steps.entries()) {
      if (index < (sentSteps.get(message.id) ?? 0)) continue;
      if (step.kind === 'file' && step.file.size > MAX_UPLOAD) throw new ChannelError('file-too-large', true);
      const id = await connector.send(target, step.activity, signal);
      if (step.kind === 'text' && step.activity.attachments) remember(words, id, step.xml);
      if (steps.length > 1) remember(sentSteps, message.id, index + 1);
    }
  }

  async function noteFailure({ id, address }: OutboundMessage, failure: ChannelError): Promise<ChannelError> {
    if (failure.reason === 'rate-limited')
      remember(pausedUntil, address, ports.clock.now().getTime() + (failure.retryAfter ?? 0));
    if (failure.permanent) sentSteps.delete(id);
    if (failure.permanent && failure.reason.startsWith('recipient-'))
      await noteGone(address).catch((error: unknown) => {
        ports.log.warn({ err: error, channel: 'teams' }, 'an unreachable user could not be noted');
      });
    return failure;
  }

  /** Teams tells nobody that a user has blocked the bot; it shows when something is sent. */
  async function noteGone(address: string): Promise<void> {
    await ports.noteReachable(address, false);
    const place = await ports.places.find(address);
    const now = ports.clock.now();
    if (place) await ports.places.save({ ...place, goneAt: now }, now);
  }
}

/** @throws ChannelError when the settings do not (any longer) allow its service URL */
export function targetOf(place: Pick<Place, 'id' | 'serviceUrl'>, allowed: readonly string[]): Target {
  if (!isAllowedService(place.serviceUrl, allowed)) throw new ChannelError('service-url-refused', true);
  return { serviceUrl: place.serviceUrl, conversationId: place.id };
}

function remember<T>(memory: Map<string, T>, key: string, value: T): void {
  memory.set(key, value);
  forgetOldest(memory, MOST_REMEMBERED);
}
