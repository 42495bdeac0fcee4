import { defineDialog, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { rateTicket } from '../../services/tickets/rate-ticket.js';
import { matterOf } from '../../services/tickets/matter-of.js';
import { ticketOutcome } from '../../services/tickets/ticket-outcome.js';
import { tellAnswer } from '../tell-answer.js';

interface State {
  at: 'score' | 'comment';
  ticketId: string;
  score?: number;
  /** Of a complaint or suggestion. */
  matter?: string;
}

const SCORES = [1, 2, 3, 4, 5] as const;

/** The answer with its minutes (R-A6), then a score from 1 to 5 and a comment if the user likes. */
export const feedback = defineDialog<State, { ticketId: string }>({
  name: 'feedback',

  async begin(turn, { ticketId }) {
    const outcome = await ticketOutcome(turn.services, ticketId);
    const matter = matterOf(outcome.ticket);
    turn.matter = matter;
    tellAnswer(turn, outcome);
    return askScore(turn, { at: 'score', ticketId, ...(matter === null ? {} : { matter }) });
  },

  async continue(turn, state, input) {
    if (state.at === 'score') {
      const score =
        input.kind === 'choice' && input.choice.startsWith('rate:')
          ? Number(input.choice.slice('rate:'.length))
          : undefined;
      const skipped = input.kind === 'text' && ['skip', 'no'].includes(recogniseCommand(input.text) ?? '');
      if (skipped) return thank(turn, 'feedback:skipped');
      // Whoever writes something else has other business; the score can wait.
      if (score === undefined) return { do: 'yield' };
      await rateTicket(turn.services, { ticketId: state.ticketId, score, now: turn.now });
      askComment(turn);
      return { do: 'wait', state: { ...state, at: 'comment', score } };
    }
    const noComment =
      input.kind === 'choice' ||
      (input.kind === 'text' && ['skip', 'no'].includes(recogniseCommand(input.text) ?? ''));
    if (noComment) return thank(turn, 'feedback:thanks');
    if (input.kind !== 'text') return { do: 'yield' };
    await rateTicket(turn.services, {
      ticketId: state.ticketId,
      score: state.score ?? 0,
      comment: input.text.trim(),
      now: turn.now,
    });
    return thank(turn, 'feedback:thanksComment');
  },

  reprompt(turn, state) {
    if (state.at === 'score') askScore(turn, state);
    else askComment(turn);
  },

  matter: (_turn, state) => state.matter ?? null,

  // A suggestion may well ask something.
  freeText: (state) => state.at === 'comment',
});

function askScore(turn: Turn, state: State): Outcome {
  turn.say(turn.t('feedback:score'), {
    choices: SCORES.map((score) => ({ id: `rate:${score}`, title: turn.t(`feedback:scores.${score}`) })),
  });
  return { do: 'wait', state };
}

function askComment(turn: Turn): void {
  turn.say(turn.t('feedback:comment'), {
    choices: [{ id: 'rate-skip', title: turn.t('feedback:noComment') }],
    numbered: false,
  });
}

function thank(turn: Turn, key: string): Outcome {
  turn.say(turn.t(key));
  return { do: 'end' };
}
