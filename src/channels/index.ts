export { createTerminal, type Terminal, type TerminalPorts } from './terminal/index.js';
export {
  createWebChat,
  type ChatLine,
  type FileReference,
  type HistoryPage,
  type WebChat,
  type WebChatPorts,
} from './web-chat/index.js';
