import type { ServiceContext } from '../service-context.js';
import { countUnscheduled } from './record-unscheduled.js';

/** What somebody without a schedule is told (R-C2): where a visit is asked for. */
export interface HowToBook {
  chatUrl: string;
  phone: string;
  whatsapp: string;
  email: string;
  /** How many came without a schedule today. */
  today: number;
}

export async function howToBook(context: ServiceContext, now: Date): Promise<HowToBook> {
  const { publicUrl } = context;
  const { contact } = context.config;
  return {
    chatUrl: `${publicUrl}/chat`,
    ...{ phone: contact.phone, whatsapp: contact.whatsapp, email: contact.email },
    today: await countUnscheduled(context, now),
  };
}
