import { mentionedSlot, OPTIONAL_SLOTS, type Slot } from './slots.js';

const NOTHING =
  /^(?:(?:saya|maaf|sorry|kami|mohon)[ ,]+)*(?:(?:tidak|tdk|ga|gak|nggak|ngga|ndak|indak|belum|blm|tak) (?:ada|ado|punya|punyo|mau|usah|perlu)|males|malas|(?:nanti|ntar) (?:saja|aja)|none|-|(?:i )?(?:don'?t|do not) have)(?: (?:an?|one|any|it|phone|number|telephone|address|e-?mail\w*|surel|hp|telepon|telpon|telp|nomor\w*|kasih|ngasih|memberi|isi|juga|saja|aja|ku|nya|bu|pak|kak))*[.! ]*$/iu;

/** "Gak usah telepon" says nothing of the e-mail that is asked for. */
export function isNothing(text: string, slot: Slot): boolean {
  const about = mentionedSlot(text) ?? slot;
  return OPTIONAL_SLOTS.has(slot) && about === slot && NOTHING.test(text.trim());
}

const NEEDED =
  /\b(?:wajib|harus|mesti|required|mandatory|optional|(?:kalau|kalo|klo|bila|jika|if)\b.* (?:tidak|tdk|ga|gak|nggak|ngga|ndak|belum|tanpa|no|not|don'?t)\b)/iu;
const WHY = /\b(?:kenapa|mengapa|knp|apa|why)\b(?! (?:wajib|harus))/iu;

/** "Emang wajib ya kasih email?", "kalau ga punya email gimana?" */
export function asksIfNeeded(text: string, slot: Slot): boolean {
  if (text.length > LONGEST_DOUBT || !text.includes('?') || mentionedSlot(text) !== slot) return false;
  return NEEDED.test(text) && !WHY.test(text);
}

const LONGEST_DOUBT = 60;
