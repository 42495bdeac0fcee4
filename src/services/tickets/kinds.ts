export { isVoice } from '../../models/ticket.js';
