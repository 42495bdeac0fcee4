import { defineDialog, type Dialog, type DialogSet, type Turn } from '../../src/conversation/dialog.js';
import { openTicket } from '../../src/services/tickets/open-ticket.js';

interface State {
  said: string[];
}

/** One dialog that keeps every text it was given, in order, and answers each; "tiket" opens a ticket. */
export function recordingDialogs(
  onText: (turn: Turn, text: string) => void | Promise<void> = () => undefined,
): DialogSet {
  const dialog: Dialog = defineDialog<State, { input?: { kind: string; text?: string } } | undefined>({
    name: 'recording',
    begin: async (turn, options) => take(turn, { said: [] }, options?.input?.text ?? ''),
    continue: async (turn, state, input) =>
      take(turn, state, input.kind === 'text' ? input.text : input.kind),
    reprompt: () => undefined,
  });
  const take = async (turn: Turn, { said }: State, text: string): Promise<{ do: 'wait'; state: State }> => {
    await onText(turn, text);
    const ticket = text === 'tiket' ? ` ${await openFor(turn)}` : '';
    turn.say(`${said.length + 1}: ${text}${ticket}`);
    return { do: 'wait', state: { said: [...said, text] } };
  };
  return {
    dialogs: new Map([[dialog.name, dialog]]),
    root: dialog.name,
    interrupt: () => ({ do: 'pass' }),
  };
}

async function openFor(turn: Turn): Promise<string> {
  const ticket = await openTicket(turn.services, {
    ...{ key: turn.key, kind: 'consultation', profile: {}, language: 'id', topicCode: 'dau' },
    conversation: { ...turn.conversation, contactId: null },
    ...{ question: 'Contoh?', attachments: [], receivedAt: turn.receivedAt, now: turn.now },
  });
  return ticket.number;
}

/** What the dialog took in, from the stored stack. */
export function saidIn(stack: readonly { state: unknown }[]): string[] {
  return (stack[0]?.state as State | undefined)?.said ?? [];
}
