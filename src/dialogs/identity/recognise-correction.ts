import { findCorrection } from '../../language/index.js';
import type { Turn } from '../../conversation/dialog.js';
import { asksSomething } from '../asks-something.js';
import { doubtingEmail, recogniseSlot, type Recognition } from './recognise-slot.js';
import { mentionedSlot, SLOTS, type Slot } from './slots.js';
import { regionFacts, toldFacts, toldSlots } from './told-facts.js';

/** A part of the identity that a message takes back, and what it puts in its place, if anything. */
export interface SlotCorrection {
  slot: Slot;
  answer?: Recognition;
}

/** Reads "eh emailnya salah", "ganti nama jadi Sari", "bukan Bandung tapi Bandung Barat". */
export function recogniseCorrection(turn: Turn, text: string): SlotCorrection | undefined {
  const several = recogniseSeveral(text);
  if (several) return several;
  const correction = findCorrection(text, { now: turn.now });
  const slot = SLOTS.find((name) => name === correction?.slot);
  if (!correction || !slot) return undefined;
  const { value, regions = [] } = correction;
  if (slot === 'region') {
    const [region, ...others] = regions;
    if (!region) return recogniseNews(text) ?? { slot };
    return others.length > 0
      ? { slot, answer: { kind: 'regions', regions: regions.slice(0, 9) } }
      : { slot, answer: { kind: 'filled', facts: regionFacts(region) } };
  }
  return value === undefined
    ? (recogniseNews(text) ?? { slot })
    : { slot, answer: recogniseSlot(slot, value, {}) };
}

/** "Saya sudah pindah, sekarang Kabid Akuntansi di BPKAD Kabupaten Maros": more than one part is new, and none is contrasted. */
export function recogniseSeveral(text: string): SlotCorrection | undefined {
  if (/\b(?:bukan|not)\b/iu.test(text) || toldSlots(toldFacts(text)).length < 2) return undefined;
  return recogniseNews(text);
}

/** Longer remarks are about the matter, and what they name is what they are about. */
const LONGEST_REMARK = 100;

/** So many facts in a short message tell who somebody is, in whatever words. */
const INTRODUCTION = 3;

/** An address or a number on its own. */
const BARE_WORDS = 4;

/** Words with which people speak of themselves. */
const OF_ONESELF =
  /\b(?:saya|sy|nama|namanya|jabatan\w*|instansi\w*|kantor\w*|e-?mail\w*|hp|wa|telepon|nomor\w*|pindah|sekarang|i am|i'm|my)\b/iu;

/** Reads "saya sekarang Kabid Akuntansi di BPKAD Kabupaten Maros": facts in the place of those that are known. */
export function recogniseNews(text: string): SlotCorrection | undefined {
  if (text.length > LONGEST_REMARK || asksSomething(text)) return undefined;
  const facts = toldFacts(text);
  const [slot] = toldSlots(facts);
  if (!slot) return renamed(text);
  const bare = (facts.email ?? facts.phone) !== undefined && text.trim().split(/\s+/u).length <= BARE_WORDS;
  const introduced = toldSlots(facts).length >= INTRODUCTION;
  return bare || introduced || OF_ONESELF.test(text) ? { slot, answer: doubtingEmail(facts) } : undefined;
}

/** "My position is Head of Division now": what follows the part's name is its value. */
function renamed(text: string): SlotCorrection | undefined {
  const value = IS.exec(text)?.[1]?.trim();
  const slot = value === undefined ? undefined : mentionedSlot(text);
  if (!slot || value === undefined) return undefined;
  const answer = recogniseSlot(slot, value, {});
  return answer.kind === 'miss' ? { slot } : { slot, answer };
}

const IS =
  /^(?:my|nama|jabatan|instansi|kantor)\b.{0,20}?\b(?:is|adalah|sekarang|menjadi|jadi)\s+(.{2,60}?)(?:\s+(?:now|sekarang))?[.! ]*$/iu;
