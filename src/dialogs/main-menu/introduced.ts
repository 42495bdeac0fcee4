import type { Turn } from '../../conversation/dialog.js';
import { checkEmail } from '../../language/index.js';
import { asksSomething } from '../asks-something.js';
import { toldBeside, toldSlots, withTold } from '../identity/told-facts.js';

/** "Saya Budi dari BPKAD Kota Makassar": what somebody says of themselves is noted, and true when they said nothing else. */
export function introduced(turn: Turn, text: string): boolean {
  if (asksSomething(text)) return false;
  const { email, ...rest } = toldBeside(text);
  const typed = email !== undefined && checkEmail(email).suggestion === undefined ? { email } : {};
  const told = { ...rest, ...typed };
  if (toldSlots(told).length === 0) return false;
  turn.profile = withTold(turn.profile, told);
  return true;
}
