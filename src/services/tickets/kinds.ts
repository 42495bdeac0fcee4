export { isBooking, isVoice } from '../../models/ticket.js';
