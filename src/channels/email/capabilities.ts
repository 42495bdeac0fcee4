import type { ChannelCapabilities } from '../../conversation/channel.js';

/** Choices are numbered lines. What one letter brought is answered by one letter, also when it is taken in piece by piece. */
export const emailCapabilities: ChannelCapabilities = {
  maxButtons: 0,
  maxTextLength: 50_000,
  knowsPhone: false,
  knowsEmail: true,
  sendsFiles: true,
  letters: { gatherSeconds: 15 },
};
