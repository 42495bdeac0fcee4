import type { Turn } from '../../conversation/dialog.js';
import type { Profile } from '../../models/conversation.js';

/** What is asked of a user, in this order (R-A1). */
export const SLOTS = ['name', 'position', 'agency', 'region', 'email', 'phone'] as const;
export type Slot = (typeof SLOTS)[number];

/** Who has no e-mail, no region (not from a regional government) or no phone may say so. */
export const OPTIONAL_SLOTS: ReadonlySet<Slot> = new Set(['region', 'email', 'phone']);

export function isFilled(profile: Profile, slot: Slot): boolean {
  return slot === 'region' ? profile.regionCode !== undefined : profile[slot] !== undefined;
}

/** The first thing still to be asked. */
export function nextSlot(profile: Profile, skipped: readonly Slot[]): Slot | undefined {
  return SLOTS.find((slot) => !isFilled(profile, slot) && !skipped.includes(slot));
}

/** True when nothing must be asked of this person any more; optional facts may be missing. */
export function isKnown(profile: Profile): boolean {
  return SLOTS.every((slot) => OPTIONAL_SLOTS.has(slot) || isFilled(profile, slot));
}

/** The identity as lines to confirm. */
export function identityLines(turn: Turn, profile: Profile): string {
  const shown: Record<Slot, string | undefined> = {
    name: profile.name,
    position: profile.position,
    agency: profile.agency,
    region: profile.regionName,
    email: profile.email,
    phone: profile.phone,
  };
  return SLOTS.map(
    (slot) => `• ${turn.t(`identity:labels.${slot}`)}: ${shown[slot] ?? turn.t('identity:none')}`,
  ).join('\n');
}

const MENTIONS: Readonly<Record<Slot, RegExp>> = {
  email: /\b(e-?mail\w*|surel\w*)\b/iu,
  phone: /\b(telepon\w*|telpon\w*|hp\w*|no\.? ?hp|ponsel\w*|phone|whatsapp|wa)\b/iu,
  region: /\b(daerah\w*|wilayah\w*|kabupaten\w*|kota\w*|provinsi\w*|region)\b/iu,
  agency: /\b(instansi\w*|dinas\w*|kantor\w*|agency|office)\b/iu,
  position: /\b(jabatan\w*|posisi\w*|position)\b/iu,
  name: /\b(nama\w*|name)\b/iu,
};

/** Which part of the identity a remark like "eh emailnya salah" is about. */
export function mentionedSlot(text: string): Slot | undefined {
  return SLOTS.toReversed().find((slot) => MENTIONS[slot].test(text));
}
