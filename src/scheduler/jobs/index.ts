import type { Job } from '../job.js';
import { finishClosingsJob } from './finish-closings.js';
import { finishHandBacksJob } from './finish-hand-backs.js';
import { makeMeetingsJob } from './make-meetings.js';
import { recoverInboxJob } from './recover-inbox.js';
import { refreshReferenceDataJob } from './refresh-reference-data.js';
import { retryOutboxJob } from './retry-outbox.js';
import { sendMailsJob } from './send-mails.js';
import { settleAppointmentsJob } from './settle-appointments.js';
import { settleEscalationsJob } from './settle-escalations.js';
import { settleLettersJob } from './settle-letters.js';
import { settleMergesJob } from './settle-merges.js';
import { showUnitCardsJob } from './show-unit-cards.js';
import { wakeConversationsJob } from './wake-conversations.js';
import { watchDeadlinesJob } from './watch-deadlines.js';

/** Every recurring job. */
export const JOBS: readonly Job[] = [
  recoverInboxJob,
  wakeConversationsJob,
  retryOutboxJob,
  finishClosingsJob,
  finishHandBacksJob,
  sendMailsJob,
  watchDeadlinesJob,
  settleEscalationsJob,
  settleAppointmentsJob,
  settleLettersJob,
  makeMeetingsJob,
  showUnitCardsJob,
  settleMergesJob,
  refreshReferenceDataJob,
];
