import { defineDialog, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import {
  answerUnit,
  openUnitQuestion,
  type AskedByUnit,
  type UnitQuestion,
} from '../../services/escalations/unit-question.js';
import { noteUserMessage } from '../../services/tickets/note-user-message.js';
import { explainRefusal } from '../explain-refusal.js';
import { writesLetters } from '../letter.js';
import {
  editParts,
  isFull,
  questionFiles,
  questionText,
  shownQuestion,
  toPart,
  type QuestionPart,
} from '../question-part.js';

interface State extends AskedByUnit {
  ticketId: string;
  parts: QuestionPart[];
}

/** A unit asks back: the answer is taken bubble by bubble, with files, until "selesai" or a pause, and handed over as one. */
export const unitQuestion = defineDialog<State, AskedByUnit>({
  name: 'unit-question',

  async begin(turn, { escalationId, entry }) {
    const asked = await openUnitQuestion(turn.services, { escalationId, entry });
    if (!asked) return { do: 'end' };
    ask(turn, asked);
    return { do: 'wait', state: { escalationId, entry, ticketId: asked.ticketId, parts: [] } };
  },

  async continue(turn, state, input) {
    const { parts } = state;
    const asked = await openUnitQuestion(turn.services, state);
    if (!asked) return notWanted(turn, state, input);
    if (input.kind === 'wake') return parts.length > 0 ? handOver(turn, state, asked) : stay(state);
    if (parts.length > 0 && isDone(input)) return handOver(turn, state, asked);
    if (explainRefusal(turn, input)) return stay(state);
    const part = toPart(input);
    if (!part || isDone(input)) {
      turn.say(turn.t('unit-question:empty'));
      return stay(state);
    }
    if (isFull(parts, part)) {
      turn.say(turn.t('unit-question:full'), { choices: done(turn), numbered: false });
      return stay(state);
    }
    const more: State = { ...state, parts: [...parts, part] };
    if (writesLetters(turn)) return handOver(turn, more, asked);
    if (parts.length === 0) turn.say(turn.t('unit-question:first'), { choices: done(turn), numbered: false });
    return stay(more);
  },

  async reprompt(turn, state) {
    const asked = await openUnitQuestion(turn.services, state);
    if (!asked) return;
    if (state.parts.length === 0) ask(turn, asked);
    else
      turn.say(turn.t('unit-question:noted', { noted: shownQuestion(state.parts) }), {
        choices: done(turn),
        numbered: false,
      });
  },

  wakeAfter: (turn, { parts }) => (parts.length > 0 ? turn.services.config.questionPauseSeconds : undefined),

  edited(state, edit) {
    const parts = editParts(state.parts, edit);
    return parts && { ...state, parts };
  },

  freeText: () => true,
});

function stay(state: State): Outcome {
  return { do: 'wait', state };
}

function ask(
  turn: Turn,
  { ticketNumber: number, unitName: unit, text: question, files }: UnitQuestion,
): void {
  turn.say(turn.t('unit-question:asks', { number, unit, question }));
  for (const file of files) turn.sendFile(file);
}

async function handOver(turn: Turn, state: State, { unitName: unit }: UnitQuestion): Promise<Outcome> {
  const { escalationId, entry, parts } = state;
  const taken = await answerUnit(turn.services, {
    ...{ escalationId, entry, name: turn.profile.name ?? turn.t('unit-question:user') },
    ...{ text: questionText(parts), files: questionFiles(parts), key: turn.key, now: turn.now },
  });
  turn.say(taken ? turn.t('unit-question:sent', { unit }) : turn.t('unit-question:over'));
  if (!taken) await tellAgent(turn, state);
  return { do: 'end' };
}

/** The agent has answered for the user, or the unit needs it no more: what was begun is the agent's to read. */
async function notWanted(turn: Turn, state: State, input: Input): Promise<Outcome> {
  if (state.parts.length === 0) return input.kind === 'wake' ? { do: 'end' } : { do: 'yield' };
  await tellAgent(turn, state);
  turn.say(turn.t('unit-question:over'));
  return { do: 'end' };
}

async function tellAgent(turn: Turn, { ticketId }: State): Promise<void> {
  const { _id: conversationId } = turn.conversation;
  await noteUserMessage(turn.services, {
    ...{ ticketId, conversationId, messageId: turn.messageId, now: turn.now },
  });
}

function isDone(input: Input): boolean {
  if (input.kind === 'choice') return input.choice === 'done';
  return input.kind === 'text' && recogniseCommand(input.text) === 'done';
}

function done(turn: Turn): { id: string; title: string }[] {
  return [{ id: 'done', title: turn.t('unit-question:done') }];
}
