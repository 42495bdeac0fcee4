import type { ChannelCapabilities } from '../../conversation/channel.js';

/** Longest text a visitor may send in one message, in UTF-16 units; the page offers to split a longer one. */
export const MAX_TEXT_LENGTH = 10_000;

export const webChatCapabilities: ChannelCapabilities = {
  maxButtons: 40,
  maxTextLength: MAX_TEXT_LENGTH,
  knowsPhone: false,
  knowsEmail: false,
  sendsFiles: true,
};
