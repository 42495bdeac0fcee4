/** Every door a service user can come through. */
export const CHANNEL_NAMES = ['web-chat', 'terminal', 'whatsapp', 'telegram', 'teams', 'email'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];
