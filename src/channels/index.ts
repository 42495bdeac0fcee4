export { createTerminal, type Terminal } from './terminal/index.js';
export { createWebChat, type ChatLine, type WebChat, type WebChatPorts } from './web-chat/index.js';
export * from './whatsapp/index.js';
