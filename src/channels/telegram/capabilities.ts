import type { ChannelCapabilities } from '../../conversation/channel.js';

/** Bytes of the data behind a button: the Bot API's limit. */
export const MAX_BUTTON_DATA = 64;

/** Longest text under a file, in UTF-16 units. */
export const MAX_CAPTION = 1_024;

/** Largest file that the Bot API hands out, in bytes. */
export const MAX_DOWNLOAD = 20 * 1024 * 1024;

/** Largest file that the Bot API takes, in bytes; larger pictures go as documents. */
export const MAX_UPLOAD = 50 * 1024 * 1024;
export const MAX_PHOTO = 10 * 1024 * 1024;

export const telegramCapabilities: ChannelCapabilities = {
  // The platform takes a hundred; more than these are easier to read as a numbered list.
  maxButtons: 20,
  maxTextLength: 4_096,
  // A shared contact is the user's own word, not the platform's.
  knowsPhone: false,
  knowsEmail: false,
  sendsFiles: true,
};
