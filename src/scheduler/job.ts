import type { Engine } from '../conversation/engine.js';
import type { MailTransport } from '../services/mail/mail-transport.js';
import type { MeetingMaker } from '../services/meetings/meeting-maker.js';

/** What a job may use. */
export interface JobContext {
  readonly engine: Engine;
  readonly mailTransport: MailTransport;
  /** Undefined where staff enter the links of conferences. */
  readonly meetings?: MeetingMaker | undefined;
}

/**
 * Recurring work that finds what is due in the data, never in the job list: a run that comes twice, late or after a crash does
 * no harm.
 */
export interface Job {
  readonly name: string;
  /** Seconds from one run to the next. */
  readonly every: number;
  run(context: JobContext, now: Date): Promise<void>;
  /** When there is something to do next; undefined when nothing is waiting. Lets a virtual clock jump there. */
  nextDue(context: JobContext): Promise<Date | undefined>;
}
