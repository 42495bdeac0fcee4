import type { Intent } from '../types.js';
import { plainWords } from '../text/plain-words.js';
import { INTENT_RULES } from './intent-rules.js';

export interface IntentGuess {
  intent: Intent;
  /** 0..1 */
  confidence: number;
}

/** What the user wants; `unknown` where nothing speaks clearly for one of the services. */
export function classifyIntent(text: string): IntentGuess {
  const joined = ` ${plainWords(text).join(' ')} `;
  const scores = new Map<Intent, number>();
  for (const rule of INTENT_RULES) {
    if (rule.pattern.test(joined)) scores.set(rule.intent, (scores.get(rule.intent) ?? 0) + rule.weight);
  }
  let best: IntentGuess = { intent: 'unknown', confidence: 0.3 };
  let bestScore = 0;
  for (const [intent, score] of scores) {
    if (score > bestScore) {
      bestScore = score;
      best = { intent, confidence: Math.min(0.95, 0.4 + score * 0.17) };
    }
  }
  return best;
}
