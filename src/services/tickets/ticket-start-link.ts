import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';
import { TELEGRAM_USERNAME } from '../settings/setting-names.js';

/** Characters of base64url: 132 bits. Telegram takes 64 of a payload, the number needs 16 or a few more. */
const SIGNATURE_LENGTH = 22;

/**
 * A link that leads to this ticket in the chat it came from; undefined for other channels, and before the bot has ever been
 * connected. It says which ticket, not whose: in the chat the ticket is shown to its own user only.
 */
export async function ticketStartLink(
  context: ServiceContext,
  { channel, number }: Pick<Ticket, 'channel' | 'number'>,
): Promise<string | undefined> {
  if (channel !== 'telegram') return undefined;
  const setting = await context.models.settings.findById(TELEGRAM_USERNAME).lean();
  if (typeof setting?.value !== 'string') return undefined;
  return `https://t.me/${setting.value}?start=${number}_${sign(context, number)}`;
}

/** The number that a `/start` payload was signed for; undefined when it is none of ours. */
export function ticketOfStart(context: ServiceContext, payload: string): string | undefined {
  const [, number, signature] = PAYLOAD.exec(payload) ?? [];
  if (number === undefined || signature === undefined) return undefined;
  const given = Buffer.from(signature);
  return timingSafeEqual(given, Buffer.from(sign(context, number))) ? number : undefined;
}

const PAYLOAD = new RegExp(`^(DJPK-\\d{4}-\\d{6,9})_([\\w-]{${SIGNATURE_LENGTH}})$`);

function sign({ signingKey }: Pick<ServiceContext, 'signingKey'>, number: string): string {
  const signature = createHmac('sha256', signingKey).update(`telegram-start:${number}`).digest('base64url');
  return signature.slice(0, SIGNATURE_LENGTH);
}
