import type { ChannelCapabilities } from '../../conversation/channel.js';

/** Choices are written as a numbered list; the dialog understands the numbers. */
export const terminalCapabilities: ChannelCapabilities = {
  maxButtons: 0,
  maxTextLength: 10_000,
  knowsPhone: false,
  knowsEmail: false,
  sendsFiles: true,
};
