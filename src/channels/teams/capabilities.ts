import type { ChannelCapabilities } from '../../conversation/channel.js';

/** Largest file that is sent, in bytes: one PUT to the user's own OneDrive takes up to 60 MiB. */
export const MAX_UPLOAD = 60 * 1024 * 1024;

/** Bytes of the id behind a button; ours are far shorter. */
export const MAX_CHOICE_ID = 200;

export const teamsCapabilities: ChannelCapabilities = {
  // Rows of buttons on one card; more are easier to read as a numbered list.
  maxButtons: 12,
  // Teams takes about 28 KB with all marks; escaped, a character can become five.
  maxTextLength: 4_000,
  knowsPhone: false,
  // The directory of the office's own tenant says which address is whose; guests are not vouched for.
  knowsEmail: true,
  sendsFiles: true,
};
