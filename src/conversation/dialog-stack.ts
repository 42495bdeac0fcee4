import type { DialogFrame } from '../models/conversation.js';
import { noteUserMessage } from '../services/tickets/note-user-message.js';
import { LEFT } from './dialog.js';
import type { Dialog, DialogSet, Edit, Input, Interruption, OpenDialog, Outcome, Turn } from './dialog.js';

/** The shape of the stored stack; a stack of another version is restarted politely, never misread. */
export const STACK_VERSION = 1;

/** Dialogs that begin one another without waiting would run for ever; no honest turn needs this many steps. */
const MAX_STEPS = 50;

interface StackFrame extends DialogFrame {
  /** Begun by an interruption: what lies below is asked again, not resumed. */
  digression?: true;
}

/** Seconds after which the dialog wants to be woken; undefined = only by the user. */
export interface StackResult {
  stack: DialogFrame[];
  wakeAfter: number | undefined;
}

/**
 * Runs one input through the open dialogs. Pure in the engine's terms: everything it learns comes with `turn`,
 * everything it decides is in the result and in what the turn was told to say.
 * @throws Error when a dialog names one that does not exist or never waits.
 */
export async function runStack(
  set: DialogSet,
  turn: Turn,
  stored: readonly DialogFrame[],
  input: Input,
): Promise<StackResult> {
  const run = new StackRun(set, turn, stored, input);
  const top = run.top();
  if (input.kind === 'edit') return run.edited(input);
  if (input.kind !== 'wake') {
    const interruption = await set.interrupt(turn, input, top);
    if (interruption.do !== 'pass') return run.interrupted(interruption);
  }
  if (!top) return run.settle({ do: 'begin', dialog: set.root, options: { input }, state: undefined });
  return run.settle(await top.dialog.continue(turn, top.state, input));
}

/** The complaint or suggestion that the open dialogs speak of; what lies below a digression is not spoken of (R-A8). */
export function matterOfStack(set: DialogSet, turn: Turn, stack: readonly StackFrame[]): string | null {
  for (const { dialog, state, digression } of stack.toReversed()) {
    const matter = set.dialogs.get(dialog)?.matter?.(turn, state);
    if (matter) return matter;
    if (digression) return null;
  }
  return null;
}

class StackRun {
  readonly #stack: StackFrame[];
  #steps = 0;

  constructor(
    private readonly set: DialogSet,
    private readonly turn: Turn,
    stored: readonly StackFrame[],
    private readonly input: Input,
  ) {
    this.#stack = [...stored];
  }

  top(): OpenDialog | undefined {
    const frame = this.#stack.at(-1);
    const below = this.#stack.slice(0, -1).map(({ dialog }) => dialog);
    return frame && { dialog: this.dialog(frame.dialog), state: frame.state, below };
  }

  /**
   * Words that an open dialog still holds are changed there, and it shows what it has now; a change that comes too late is an
   * ordinary line of the log, and the user is told so.
   */
  async edited(edit: Edit): Promise<StackResult> {
    for (const frame of [...this.#stack].reverse()) {
      const state = this.dialog(frame.dialog).edited?.(frame.state, edit);
      if (state === undefined) continue;
      frame.state = state;
      this.turn.say(this.turn.t('common:edit.taken'));
      return this.reprompt();
    }
    const { openTicketId: ticketId, messageId, now, services } = this.turn;
    const conversationId = this.turn.conversation._id;
    if (ticketId) await noteUserMessage(services, { ticketId, conversationId, messageId, now });
    this.turn.say(this.turn.t('common:edit.noted'));
    return this.result();
  }

  async interrupted(interruption: Exclude<Interruption, { do: 'pass' }>): Promise<StackResult> {
    switch (interruption.do) {
      case 'wait':
        return this.result();
      case 'reprompt':
        return this.reprompt();
      case 'back':
        return this.back();
      case 'restart':
        return this.settle(interruption);
      case 'digress':
        return this.digress(interruption);
      case 'aside': {
        const kept = this.#stack.findLastIndex(({ dialog }) => interruption.above.has(dialog)) + 1;
        if (kept === 0) return this.settle({ do: 'restart', dialog: interruption.dialog });
        this.#stack.length = kept;
        return this.digress(interruption);
      }
    }
  }

  private async digress(to: { dialog: string; options?: unknown }): Promise<StackResult> {
    return this.settle({ do: 'begin', ...pick(to), state: this.#stack.at(-1)?.state }, true);
  }

  /** Carries outcomes out until a dialog waits or nothing is open. */
  async settle(first: Outcome, digression = false): Promise<StackResult> {
    let outcome = first;
    let digress = digression;
    for (;;) {
      this.#steps += 1;
      if (this.#steps > MAX_STEPS)
        throw new Error(`dialogs never wait: ${this.#stack.map((frame) => frame.dialog).join(' > ')}`);
      const frame = this.#stack.at(-1);
      switch (outcome.do) {
        case 'wait':
          if (frame) frame.state = outcome.state;
          return this.result();
        case 'begin': {
          if (frame && !digress) frame.state = outcome.state;
          outcome = await this.begin(outcome.dialog, outcome.options, digress);
          digress = false;
          break;
        }
        case 'replace':
          this.#stack.pop();
          outcome = await this.begin(outcome.dialog, outcome.options, frame?.digression === true);
          break;
        case 'end': {
          this.#stack.pop();
          const below = this.top();
          if (!below) return this.result();
          if (frame?.digression) return this.comeBack(outcome.result);
          if (!below.dialog.resume) throw new Error(`${below.dialog.name} began a child but cannot resume`);
          outcome = await below.dialog.resume(this.turn, below.state, outcome.result);
          break;
        }
        case 'yield': {
          this.#stack.pop();
          const below = this.top();
          if (below) outcome = await below.dialog.continue(this.turn, below.state, this.input);
          else outcome = await this.begin(this.set.root, { input: this.input }, false);
          break;
        }
        case 'restart':
          this.#stack.length = 0;
          outcome = await this.begin(outcome.dialog, outcome.options, false);
      }
    }
  }

  /** What a digression was above goes on where it was. */
  private async comeBack(result: unknown): Promise<StackResult> {
    const frame = this.#stack.at(-1);
    if (frame && result !== undefined && result !== LEFT) {
      const below = this.dialog(frame.dialog);
      if (below.takeAlong) frame.state = below.takeAlong(this.turn, frame.state, result);
    }
    return this.reprompt();
  }

  private async begin(name: string, options: unknown, digression: boolean): Promise<Outcome> {
    const dialog = this.dialog(name);
    this.#stack.push(
      digression ? { dialog: name, state: null, digression: true } : { dialog: name, state: null },
    );
    return dialog.begin(this.turn, options);
  }

  private async back(): Promise<StackResult> {
    const top = this.top();
    if (!top) return this.result();
    const outcome = await top.dialog.back?.(this.turn, top.state);
    return this.settle(outcome ?? { do: 'end', result: LEFT });
  }

  private async reprompt(): Promise<StackResult> {
    const top = this.top();
    if (top?.dialog.isOver?.(this.turn, top.state)) return this.settle({ do: 'end', result: LEFT });
    await top?.dialog.reprompt(this.turn, top.state);
    return this.result();
  }

  private result(): StackResult {
    const top = this.top();
    return { stack: this.#stack, wakeAfter: top?.dialog.wakeAfter?.(this.turn, top.state) };
  }

  private dialog(name: string): Dialog {
    const dialog = this.set.dialogs.get(name);
    if (!dialog) throw new Error(`no dialog named ${name}`);
    return dialog;
  }
}

function pick(interruption: { dialog: string; options?: unknown }): { dialog: string; options?: unknown } {
  return { dialog: interruption.dialog, options: interruption.options };
}
