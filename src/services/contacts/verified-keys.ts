import type { Vouched } from '../../models/conversation.js';

/** What a platform vouches for, in the form in which a contact keeps it. */
export function verifiedKeys({ phone, email }: Vouched): string[] {
  return [...(phone ? [`phone:${phone}`] : []), ...(email ? [`email:${email.toLowerCase()}`] : [])];
}
