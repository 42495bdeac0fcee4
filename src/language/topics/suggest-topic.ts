import { NearWords } from '../text/near-words.js';
import { plainWords } from '../text/plain-words.js';
import { stem } from '../text/stem.js';

export interface TopicWords {
  code: string;
  keywords: readonly string[];
}

/** Words of what is done with every fund: alone they say little of which one is meant. */
const COMMON = new Set(['penyaluran', 'disbursement', 'umum', 'general', 'other'].map(stem));
/** Words one letter away from a keyword that mean something else. */
const NOT_SLIPS = new Set(['kontak', 'sakit', 'ajakan']);
const SHORTEST_MENDED = 6;

/** Which of the topics a question speaks of, to be confirmed. Keywords may be words or phrases; longer ones weigh more. */
export function suggestTopic(
  text: string,
  topics: readonly TopicWords[],
): { code: string; confidence: number } | undefined {
  const index = indexOf(topics);
  const joined = ` ${mend(plainWords(text), index).join(' ')} `;
  const scores = topics
    .map(({ code }, i) => ({ code, score: scoreOf(joined, index.phrases[i] ?? []) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  if (best === undefined) return undefined;
  const lead = best.score / (best.score + (second?.score ?? 0));
  return {
    code: best.code,
    confidence: Math.round(Math.min(0.97, 0.55 * lead + 0.15 * Math.min(best.score, 3)) * 100) / 100,
  };
}

function scoreOf(joined: string, phrases: readonly string[]): number {
  let score = 0;
  for (const phrase of phrases) {
    const isSaid = joined.includes(` ${phrase} `) || joined.includes(` ${phrase.replaceAll(' ', '')} `);
    if (isSaid) score += COMMON.has(phrase) ? 0.5 : 0.5 + 0.5 * phrase.split(' ').length;
  }
  return score;
}

interface TopicIndex {
  /** The keywords of each topic as stems, each once. */
  phrases: string[][];
  words: Set<string>;
  near: NearWords;
}

/** Topics change when an administrator edits them; until then the last index serves. */
let last: { key: string; index: TopicIndex } | undefined;

function indexOf(topics: readonly TopicWords[]): TopicIndex {
  const key = JSON.stringify(topics.map(({ keywords }) => keywords));
  if (last?.key !== key) last = { key, index: readTopics(topics) };
  return last.index;
}

function readTopics(topics: readonly TopicWords[]): TopicIndex {
  const plain = topics.map(({ keywords }) => keywords.map(plainWords).filter((words) => words.length > 0));
  const words = plain.flat(2);
  return {
    phrases: plain.map((keywords) => [...new Set(keywords.map((keyword) => stems(keyword).join(' ')))]),
    words: new Set(stems(words)),
    near: new NearWords(new Set(words.filter((word) => word.length >= SHORTEST_MENDED))),
  };
}

/** The stems of a text's words; one that is a slip or the plural of a keyword is read as that. */
function mend(said: readonly string[], { words, near }: TopicIndex): string[] {
  return said.map((word) => {
    const known = [stem(word), word.replace(/s$/, '')].find((form) => words.has(form));
    if (known !== undefined || word.length < SHORTEST_MENDED || NOT_SLIPS.has(word)) return known ?? word;
    return stem(near.find(word, 1).words[0] ?? word);
  });
}

function stems(words: readonly string[]): string[] {
  return words.map(stem);
}
