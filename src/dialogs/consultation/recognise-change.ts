import type { Turn } from '../../conversation/dialog.js';
import { findCorrection } from '../../language/index.js';
import { asksSomething } from '../asks-something.js';
import {
  recogniseCorrection,
  recogniseNews,
  recogniseSeveral,
  type SlotCorrection,
} from '../identity/recognise-correction.js';
import { topicCalled, topicInWords } from './topic.js';

/** What a remark changes: a part of the identity, the topic, or the question, which is written anew or added to. */
export type Change =
  | { part: 'identity'; correction: SlotCorrection }
  /** Not said to be a correction: "saya sekarang Kabid". */
  | { part: 'news'; correction: SlotCorrection }
  | { part: 'topic'; code?: string }
  | { part: 'question' }
  | { part: 'add' };

const LONGEST_REMARK = 80;

/** Reads a remark; what asks, or is long, belongs to the question even if it says that something is wrong. */
export function recogniseChange(turn: Turn, text: string): Change | undefined {
  if (text.length > LONGEST_REMARK || (text.includes('?') && !POLITE_REQUEST.test(text))) return undefined;
  const topic = topicChange(turn, text);
  if (topic) return topic;
  if (MENTIONS_QUESTION.test(text) && (POLITE_REQUEST.test(text) || !asksSomething(text))) {
    if (ADDS.test(text)) return { part: 'add' };
    if (CHANGES.test(text)) return { part: 'question' };
  }
  const several = recogniseSeveral(text);
  if (several) return { part: 'news', correction: several };
  const correction = recogniseCorrection(turn, text);
  if (correction) return { part: 'identity', correction };
  const news = recogniseNews(text);
  return news && { part: 'news', correction: news };
}

/** "Lho, itu salah", "datanya belum benar", "ada yang keliru": something is wrong, and not what. */
export function saysWrong(text: string): boolean {
  return WRONG.test(text.trim());
}

const WRONG =
  /^(?:(?:eh|lho|loh|lah|maaf|oh|aduh|waduh|tunggu|wait|no)[ ,.!]+)*(?:(?:ini|itu|yang (?:ini|itu|tadi)|ada yang|masih(?: ada yang)?|datanya|data (?:saya|ini)|isinya|this is|that is|that's|it is|it's|something is|something's)\s+)*(?:masih )?(?:salah|keliru|ngaco|(?:tidak|belum|kurang|gak|ga|nggak) (?:benar|betul|tepat|sesuai|pas|cocok)|wrong|incorrect|not (?:right|correct))(?: (?:nih|itu|ini|deh|dong|pak|bu|ya|semua))*[.! ]*$/iu;

/** "Bisa saya ubah topiknya?" asks for a change and not about the matter. */
const POLITE_REQUEST =
  /\b(?:bisa|boleh|bolehkah|bisakah|can i|may i|could i)\b.*\b(?:ubah|diubah|ganti|diganti|ralat|koreksi|tambah\w*|change|correct|add)\b/iu;

const MENTIONS_QUESTION = /\b(?:pertanyaan\w*|isi (?:pesan|tiket)\w*|question)\b/iu;
const ADDS = /\b(?:tambah\w*|nambah\w*|lengkapi|dilengkapi|kurang|add)\b/iu;
const CHANGES =
  /\b(?:ganti|diganti|ubah|diubah|rubah|salah|keliru|hapus|ulang\w*|perbaiki|revisi|ralat|change|wrong|replace|edit)\b/iu;

function topicChange(turn: Turn, text: string): Change | undefined {
  const instead = takesBackTopic(turn, text);
  if (instead) return { part: 'topic', code: instead };
  const named =
    /\b(?:topik\w*|topic)\b/iu.test(text) || findCorrection(text, { now: turn.now })?.slot === 'topic';
  if (!named && !INSTEAD.test(text)) return undefined;
  const code = topicInWords(turn, NEW_VALUE.exec(text)?.[1] ?? text);
  if (code) return { part: 'topic', code };
  return named && (CHANGES.test(text) || BARE.test(text.trim())) ? { part: 'topic' } : undefined;
}

/** "Eh bukan, DAK fisik": nothing but the name of another topic. */
export function takesBackTopic(turn: Turn, text: string): string | undefined {
  const name = OTHER.exec(text.trim())?.[1];
  return name === undefined ? undefined : topicCalled(turn, name);
}

const OTHER =
  /^(?:(?:eh|oh|hmm+|ups|duh|aduh|maaf|sorry|wait)[ ,.]+)+(?:(?:bukan|salah|ga|gak|nggak|tidak|no|not that)[ ,.]+)?([^?,.]+?)(?: (?:aja|saja|deh|dong|ya|pak|bu))*[.! ]*$/iu;

const INSTEAD =
  /\b(?:maksud(?:nya| saya)|bukan .+ (?:tapi|tetapi|melainkan)|ganti ke|(?:se)?harusnya|i meant)\b/iu;
const BARE = /^(?:ganti |ubah )?(?:topik(?:nya)?|topic)[.! ]*$/iu;
const NEW_VALUE =
  /\b(?:tapi|tetapi|melainkan|maksud(?:nya| saya)?|(?:se)?harusnya|(?:men)?jadi|ke|should be|meant|to)\s+(.+)$/iu;
