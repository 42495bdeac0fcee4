import type { ChannelCapabilities } from '../../conversation/channel.js';

/** WhatsApp has dropped buttons and lists for clients like ours, so choices are numbered lines; longer bubbles are hard to read. */
export const whatsappCapabilities: ChannelCapabilities = {
  maxButtons: 0,
  maxTextLength: 4_000,
  knowsPhone: true,
  knowsEmail: false,
  sendsFiles: true,
};
