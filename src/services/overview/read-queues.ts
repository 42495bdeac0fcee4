import { OFFICE_CLOSED } from '../messages/office-closed.js';
import type { ServiceContext } from '../service-context.js';

export interface QueueState {
  name: 'inbox' | 'outbox' | 'mail';
  /** Counted up to 1,000. */
  waiting: number;
  /** 0 when nothing waits. */
  oldestSeconds: number;
}

const MOST_COUNTED = 1_000;

/** What waits to be taken in, to be delivered and to be mailed; what waits for the office to open is not late. */
export async function readQueues({ models }: ServiceContext, { now }: { now: Date }): Promise<QueueState[]> {
  const [inbox, outbox, mail] = await Promise.all([
    models.messages.find({ pending: true }, { receivedAt: 1 }).limit(MOST_COUNTED).lean(),
    models.messages
      .find({ 'delivery.state': 'queued', 'delivery.reason': { $ne: OFFICE_CLOSED } }, { receivedAt: 1 })
      .limit(MOST_COUNTED)
      .lean(),
    models.mails.find({ state: 'queued' }, { createdAt: 1 }).limit(MOST_COUNTED).lean(),
  ]);
  const ages = (dates: readonly Date[]): Pick<QueueState, 'waiting' | 'oldestSeconds'> => ({
    waiting: dates.length,
    oldestSeconds: Math.max(0, ...dates.map((date) => (now.getTime() - date.getTime()) / 1000)),
  });
  return [
    { name: 'inbox', ...ages(inbox.map(({ receivedAt }) => receivedAt)) },
    { name: 'outbox', ...ages(outbox.map(({ receivedAt }) => receivedAt)) },
    { name: 'mail', ...ages(mail.map(({ createdAt }) => createdAt)) },
  ];
}
