export type { Device } from './device.js';
export { trustAuthority } from './noise.js';
export { enterCode, scan, seed, showsCode } from './pair.js';
export { WhatsAppServer } from './server.js';
export type { SimUser } from './sim-user.js';
