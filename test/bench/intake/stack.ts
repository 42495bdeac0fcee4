import { INPUTS, REPLIES } from './steps.js';

/** Something that answers messages of many conversations, one turn at a time. */
export interface Stack {
  /** @returns the reply; undefined for a message that was handled before. */
  turn(
    conversation: number,
    messageId: string,
    text: string,
  ): string | undefined | Promise<string | undefined>;
  /** Lets go of what grows without end (handled ids, log), where the stack keeps any. */
  forgetHistory?(): void;
  /** Lets go of the conversations as well. */
  startOver?(): void;
  /** True for stacks that recognise a message they have handled. */
  readonly idempotent?: boolean;
  close?(): Promise<void>;
}

/**
 * Takes one conversation through the intake and compares every reply.
 * @throws Error at the first wrong answer.
 */
export async function checkAnswers(
  stack: Stack,
  conversation: number,
  inputs = INPUTS,
  replies: readonly (string | RegExp)[] = REPLIES,
): Promise<void> {
  for (const [step, input] of inputs.entries()) {
    const id = `check-${conversation}-${step}`;
    const [reply, expected] = [await stack.turn(conversation, id, input), replies[step]];
    const right = expected instanceof RegExp ? expected.test(reply ?? '') : reply === expected;
    if (!right)
      throw new Error(`wrong answer to "${input}": "${reply ?? ''}" instead of "${String(expected)}"`);
    if (stack.idempotent && (await stack.turn(conversation, id, input)) !== undefined)
      throw new Error(`"${input}" was handled twice`);
  }
}
