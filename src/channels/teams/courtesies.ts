import type { Language } from '../../shared/i18n.js';
import type { Activity } from './activity.js';
import type { BotConnector, OutgoingActivity, Target } from './connector.js';
import { formatText } from './format-text.js';
import { messageAnswer, type InvokeAnswer } from './invoke-answer.js';
import { textActivity } from './render.js';
import type { TeamsPorts } from './types.js';

/** Milliseconds for one of them. */
const DEADLINE = 20_000;

/** Sentences that the channel itself says: `chat:teams.*` of the texts. */
export type CourtesyText =
  | 'buttonGone'
  | 'cardUnknown'
  | 'notNow'
  | 'onlyPrivate'
  | 'onlyCards'
  | 'welcome'
  | 'welcomeTeam'
  | 'working'
  | 'recorded'
  | 'fileFailed'
  | 'fileDeclined';

/** What no acknowledgement waits for, and whose failure costs nobody a message. */
export interface Courtesies {
  sentence(text: CourtesyText, locale: string | undefined): string;
  say(target: Target, text: CourtesyText, locale: string | undefined): void;
  /** To whoever pressed something: above the card where Teams can show it there, else as a message. */
  answer(
    text: CourtesyText,
    activity: Pick<Activity, 'type' | 'locale'>,
    target: Target,
  ): InvokeAnswer | undefined;
  show(target: Target, activityId: string, activity: OutgoingActivity): void;
  /** Any other work that goes on after the acknowledgement. */
  run(task: (signal: AbortSignal) => Promise<unknown>): void;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

export function createCourtesies(
  connector: BotConnector,
  { texts, log, deadline }: Pick<TeamsPorts, 'texts' | 'log' | 'deadline'>,
): Courtesies {
  const running = new Set<Promise<unknown>>();

  const run: Courtesies['run'] = (task) => {
    const one = task(deadline(DEADLINE))
      .catch((error: unknown) => {
        log.debug({ err: error, channel: 'teams' }, 'a courtesy failed');
      })
      .finally(() => running.delete(one));
    running.add(one);
  };

  const sentence: Courtesies['sentence'] = (text, locale) => {
    const language: Language = locale?.toLowerCase().startsWith('en') ? 'en' : 'id';
    return texts.for(language)(`chat:teams.${text}`);
  };

  const say: Courtesies['say'] = (target, text, locale) =>
    run((signal) => connector.send(target, textActivity(formatText(sentence(text, locale))), signal));

  return {
    sentence,
    run,
    say,
    answer: (text, { type, locale }, target) => {
      if (type === 'invoke') return messageAnswer(sentence(text, locale));
      say(target, text, locale);
      return undefined;
    },
    show: (target, activityId, activity) =>
      run((signal) => connector.update(target, activityId, activity, signal)),
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
