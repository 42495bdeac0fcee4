export { createTelegram, WEBHOOK_PATH, type TelegramPorts } from './telegram/index.js';
export { createEmail, type EmailPorts, type EmailSettings, type StoredLetter } from './email/index.js';
export { createTeams, type TeamsPorts } from './teams/index.js';
export { createTerminal, type Terminal } from './terminal/index.js';
export { createWebChat, type ChatLine, type WebChat, type WebChatPorts } from './web-chat/index.js';
export * from './whatsapp/index.js';
