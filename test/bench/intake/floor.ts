import { closing, STEPS, type Answers } from './steps.js';
import type { Stack } from './stack.js';

/** Written by hand with as little as possible: what no engine can undercut by much. */
export interface FloorState {
  step: number;
  answers: Answers;
}

/** State as JSON text in a map, nothing else. */
export function createFloorJson(): Stack {
  const states = new Map<number, string>();
  return { turn: (conversation, _messageId, text) => jsonTurn(states, conversation, text) };
}

/** The same with what a contact centre cannot do without: handled ids and a log of both sides. */
export function createFloorPipe(): Stack {
  const states = new Map<number, string>();
  const handled = new Set<string>();
  let log: object[] = [];
  const forgetHistory = (): void => {
    handled.clear();
    log = [];
  };
  return {
    idempotent: true,
    turn(conversation, messageId, text) {
      if (handled.has(messageId)) return undefined;
      const reply = jsonTurn(states, conversation, text);
      handled.add(messageId);
      const at = Date.now();
      log.push({ id: messageId, conversation, direction: 'in', text, at });
      log.push({ id: `${messageId}-reply`, conversation, direction: 'out', text: reply, at });
      return reply;
    },
    forgetHistory,
    startOver: forgetHistory,
  };
}

function jsonTurn(states: Map<number, string>, conversation: number, text: string): string {
  const stored = states.get(conversation);
  const state = stored === undefined ? { step: 0, answers: {} } : (JSON.parse(stored) as FloorState);
  const reply = answer(state, text);
  if (state.step > STEPS.length) states.delete(conversation);
  else states.set(conversation, JSON.stringify(state));
  return reply;
}

/** Changes `state`; step 0 is the greeting, step n the answer to question n. */
export function answer(state: FloorState, text: string): string {
  switch (state.step) {
    case 0:
      break;
    case 1:
      state.answers.name = text;
      break;
    case 2:
      state.answers.position = text;
      break;
    case 3:
      state.answers.agency = text;
      break;
    case 4:
      state.answers.region = text;
      break;
    case 5:
      if (!EMAIL.test(text)) return RETRY;
      state.answers.email = text;
      break;
    case 6:
      state.answers.phone = text;
      break;
    case 7:
      state.answers.topic = text;
      break;
    default:
      state.answers.question = text;
  }
  state.step += 1;
  return STEPS[state.step - 1]?.ask ?? closing(state.answers);
}

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const RETRY = 'Alamat e-mail itu belum lengkap. Contoh: nama@contoh.go.id';
