import { shortenElongation, tokenise } from '../text/tokens.js';
import { stem } from '../text/stem.js';

export interface TopicWords {
  code: string;
  keywords: readonly string[];
}

/** Which of the topics a question speaks of, to be confirmed. Keywords may be words or phrases; longer ones weigh more. */
export function suggestTopic(
  text: string,
  topics: readonly TopicWords[],
): { code: string; confidence: number } | undefined {
  const words = stems(text);
  const joined = ` ${words.join(' ')} `;
  const scores = topics
    .map(({ code, keywords }) => ({ code, score: scoreOf(joined, keywords) }))
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

function scoreOf(joined: string, keywords: readonly string[]): number {
  let score = 0;
  for (const keyword of keywords) {
    const phrase = keywordStems(keyword);
    if (phrase !== '' && joined.includes(` ${phrase} `)) score += 0.5 + 0.5 * phrase.split(' ').length;
  }
  return score;
}

const known = new Map<string, string>();

function keywordStems(keyword: string): string {
  let phrase = known.get(keyword);
  if (phrase === undefined) {
    phrase = stems(keyword).join(' ');
    if (known.size < 5000) known.set(keyword, phrase);
  }
  return phrase;
}

function stems(text: string): string[] {
  return tokenise(text.slice(0, 4000)).map(({ norm }) => stem(shortenElongation(norm)));
}
