export { ServerDiedError, StoreDamagedError, StoreLockedError } from './errors.js';
export { type EmbeddedServer, type ServerOptions, startEmbeddedServer } from './start-server.js';
