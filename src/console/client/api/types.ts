/** Shapes of the console's REST API (`/api/v1/openapi.json`). Times are ISO 8601 in UTC. */
export * from './types/account.js';
export * from './types/channels.js';
export * from './types/common.js';
export * from './types/messages.js';
export * from './types/person.js';
export * from './types/records.js';
export * from './types/settings.js';
export * from './types/tickets.js';
