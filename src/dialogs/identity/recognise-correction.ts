import { findCorrection } from '../../language/index.js';
import type { Turn } from '../../conversation/dialog.js';
import { recogniseSlot, regionFacts, type Recognition } from './recognise-slot.js';
import { SLOTS, type Slot } from './slots.js';

/** A part of the identity that a message takes back, and what it puts in its place, if anything. */
export interface SlotCorrection {
  slot: Slot;
  answer?: Recognition;
}

/** Reads "eh emailnya salah", "ganti nama jadi Sari", "bukan Bandung tapi Bandung Barat". */
export function recogniseCorrection(turn: Turn, text: string): SlotCorrection | undefined {
  const correction = findCorrection(text, { now: turn.now });
  const slot = SLOTS.find((name) => name === correction?.slot);
  if (!correction || !slot) return undefined;
  const { value, regions = [] } = correction;
  if (slot === 'region') {
    const [region, ...others] = regions;
    if (!region) return { slot };
    return others.length > 0
      ? { slot, answer: { kind: 'regions', regions: regions.slice(0, 9) } }
      : { slot, answer: { kind: 'filled', facts: regionFacts(region) } };
  }
  return value === undefined ? { slot } : { slot, answer: recogniseSlot(slot, value, {}) };
}
