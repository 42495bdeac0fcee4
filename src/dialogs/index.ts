import type { DialogSet } from '../conversation/dialog.js';
import { booking } from './booking/booking.js';
import { complaint } from './complaint/complaint.js';
import { consultation } from './consultation/consultation.js';
import { feedback } from './feedback/feedback.js';
import { identity } from './identity/identity.js';
import { interrupt } from './interruptions.js';
import { mainMenu } from './main-menu/main-menu.js';
import { myBookings } from './my-bookings/my-bookings.js';
import { serviceInfo } from './service-info/service-info.js';
import { talkToAgent } from './talk-to-agent/talk-to-agent.js';
import { ticketStatus } from './ticket-status/ticket-status.js';
import { unitQuestion } from './unit-question/unit-question.js';

/** Everything the bot can talk about. A new dialog is one more name in this list. */
const DIALOGS = [
  ...[mainMenu, consultation, booking, myBookings, complaint, identity, feedback],
  ...[serviceInfo, talkToAgent, ticketStatus, unitQuestion],
];

export const dialogSet: DialogSet = {
  dialogs: new Map(DIALOGS.map((dialog) => [dialog.name, dialog])),
  root: mainMenu.name,
  // The menu's own buttons, and those that lead to it or to a person, stay in sight long after they were offered.
  standingChoices: new Set([
    ...['command:menu', 'command:agent'],
    ...[
      'menu:consult',
      'menu:booking',
      'menu:status',
      'menu:info',
      'menu:agent',
      'menu:complaint',
      'menu:language',
    ],
  ]),
  interrupt,
};
export { FALLBACK_TOPIC } from './talk-to-agent/fallback-topic.js';
