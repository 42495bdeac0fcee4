import type { Conversation, DialogFrame, OutboxEntry } from '../models/conversation.js';
import type { Author, Content, Message } from '../models/message.js';
import type { Language } from '../shared/i18n.js';
import type { ChannelCapabilities } from './channel.js';
import { confineMessages } from '../services/messages/confine-messages.js';
import { matterOfStack, runStack, STACK_VERSION } from './dialog-stack.js';
import type { DialogSet, Input, Turn } from './dialog.js';
import { offeredChoice } from './offered-choice.js';
import type { ServiceContext } from '../services/service-context.js';

/** A message this much older than its arrival was held up on the way, and the user has been waiting. */
const LATE_MILLISECONDS = 15 * 60_000;

/** Longest text a message keeps; the rest is cut off and the user is told. */
const MAX_TEXT = 20_000;

/** The part of a conversation that a turn reads and writes. */
export type TurnState = Pick<
  Conversation,
  | 'stack'
  | 'stackVersion'
  | 'offered'
  | 'misses'
  | 'profile'
  | 'contactId'
  | 'language'
  | 'consentAt'
  | 'openTicketId'
  | 'wakeAt'
>;

/** What a turn is about: a message or event, or the end of a pause. */
export type Trigger =
  Pick<Message, '_id' | 'content' | 'receivedAt' | 'sentAt'> | { _id: string; wake: true; receivedAt: Date };

export interface TurnResult {
  state: TurnState;
  outgoing: OutboxEntry[];
}

/**
 * One turn: (state, message, now) -> (state, outgoing messages, calls to services). Nothing is stored here; a turn may be
 * run again, and then its service calls, made under `turn.key`, change nothing twice.
 */
export async function decideTurn(
  dialogs: DialogSet,
  services: ServiceContext,
  conversation: Pick<Conversation, '_id' | 'channel' | 'account' | 'address' | 'vouched' | 'lastInboundAt'> &
    TurnState,
  trigger: Trigger,
  capabilities: ChannelCapabilities,
  now: Date,
): Promise<TurnResult> {
  const turn = new RunningTurn(services, conversation, trigger, capabilities, now);
  const outdated = conversation.stackVersion !== STACK_VERSION && conversation.stack.length > 0;
  if (outdated) turn.say(turn.t('common:restarted'));
  if (isLate(trigger, conversation.lastInboundAt)) turn.say(turn.t('common:lateAnswer'));
  if (isCut(trigger)) turn.say(turn.t('common:textCut', { limit: MAX_TEXT.toLocaleString(turn.language) }));
  const stack = outdated ? [] : conversation.stack;
  const { stack: next, wakeAfter } = await runStack(
    dialogs,
    turn,
    stack,
    (await toEdit(services, conversation, trigger)) ??
      toInput(trigger, conversation, dialogs, capabilities.letters !== undefined),
  );
  // What the office makes known is about a ticket of its own, whatever is open.
  const ofDialogs = isEvent(trigger) ? [] : [stack, next];
  const open = ofDialogs.map((frames) => matterOfStack(dialogs, turn, frames));
  const matter = turn.matter ?? open.find((found) => found !== null);
  return { state: turn.state(next, wakeAfter), outgoing: await confine(turn, trigger, matter) };
}

/** R-A8: what is said of a complaint or suggestion is kept apart, the user's message before anybody can look. */
async function confine(
  { outgoing, services }: RunningTurn,
  trigger: Trigger,
  matter: string | undefined,
): Promise<OutboxEntry[]> {
  if (matter === undefined) return outgoing;
  if ('content' in trigger) await confineMessages(services, { messageIds: [trigger._id], matter });
  return outgoing.map((entry) => ({ ...entry, matter }));
}

function isEvent(trigger: Trigger): boolean {
  return 'content' in trigger && trigger.content.kind === 'event';
}

function toInput(
  trigger: Trigger,
  { offered }: TurnState,
  { standingChoices }: DialogSet,
  letters: boolean,
): Input {
  if ('wake' in trigger) return { kind: 'wake' };
  const { content } = trigger;
  switch (content.kind) {
    case 'text':
      return (letters ? toLetterAnswer(content.text, offered) : undefined) ?? toAnswer(content.text, offered);
    case 'choice': {
      const { choice, text } = content;
      const standing = standingChoices?.has(choice) === true;
      const valid = standing || offered?.choices.some(({ id }) => id === choice) === true;
      // A button of an earlier question, or an invented one: only its words may still mean something.
      return valid ? { kind: 'choice', choice } : toAnswer(text, offered);
    }
    case 'file': {
      const { kind, caption, ...file } = content;
      return caption === undefined ? { kind, file } : { kind, file, caption };
    }
    case 'refused-file':
    case 'unsupported':
    case 'event':
      return content;
  }
}

/** A change is told with the words before it: those of the message, or of its latest change. */
async function toEdit(
  { models }: ServiceContext,
  { _id: conversationId }: { _id: string },
  trigger: Trigger,
): Promise<Input | undefined> {
  if ('wake' in trigger || trigger.content.kind !== 'text' || trigger.content.replaces === undefined)
    return undefined;
  const { text, replaces } = trigger.content;
  const earlier = await models.messages
    .findOne({
      conversationId,
      _id: { $lt: trigger._id },
      $or: [{ providerId: { $type: 'string', $eq: replaces } }, { 'content.replaces': replaces }],
    })
    .sort({ _id: -1 })
    .lean();
  // A change that overtook its message stands for it.
  if (!earlier) return undefined;
  const { content } = earlier;
  const before =
    content.kind === 'text' ? content.text : content.kind === 'file' ? content.caption : undefined;
  return { kind: 'edit', before, text: text.slice(0, MAX_TEXT) };
}

function toAnswer(text: string, offered: TurnState['offered']): Input {
  const choice = offered && offeredChoice(text, offered.choices, offered.numbered);
  return choice ? { kind: 'choice', choice } : { kind: 'text', text: text.slice(0, MAX_TEXT) };
}

/** Whoever answers a letter picks in the first line and may go on below it. */
function toLetterAnswer(text: string, offered: TurnState['offered']): Input | undefined {
  const [, first = '', more = ''] = /^\s*([^\n]+)\n+([^]*)$/.exec(text) ?? [];
  const choice = offered && offeredChoice(first, offered.choices, offered.numbered);
  if (!choice) return undefined;
  return more.trim() === ''
    ? { kind: 'choice', choice }
    : { kind: 'choice', choice, more: more.slice(0, MAX_TEXT) };
}

function isCut(trigger: Trigger): boolean {
  return 'content' in trigger && trigger.content.kind === 'text' && trigger.content.text.length > MAX_TEXT;
}

/** Told once: the first of several held-up messages finds no earlier arrival close by. */
function isLate(trigger: Trigger, lastInboundAt: Date | null): boolean {
  if ('wake' in trigger || trigger.content.kind === 'event') return false;
  const received = trigger.receivedAt.getTime();
  const quiet = lastInboundAt === null || received - lastInboundAt.getTime() > LATE_MILLISECONDS;
  return quiet && received - trigger.sentAt.getTime() > LATE_MILLISECONDS;
}

const BOT: Author = { kind: 'bot' };

class RunningTurn implements Turn {
  readonly outgoing: OutboxEntry[] = [];
  readonly key: string;
  readonly messageId: string;
  readonly receivedAt: Date;
  readonly lastInboundAt: Date | null;
  readonly conversation: Turn['conversation'];
  profile: Turn['profile'];
  contactId: Turn['contactId'];
  consentAt: Turn['consentAt'];
  openTicketId: Turn['openTicketId'];
  misses: number;
  language: Language;
  matter: string | null = null;
  #offered: TurnState['offered'];

  constructor(
    readonly services: ServiceContext,
    private readonly before: Turn['conversation'] & TurnState & Pick<Conversation, 'lastInboundAt'>,
    private readonly trigger: Trigger,
    readonly capabilities: ChannelCapabilities,
    readonly now: Date,
  ) {
    const conversation = before;
    this.conversation = conversation;
    this.lastInboundAt = conversation.lastInboundAt;
    this.key = `${conversation._id}:${trigger._id}`;
    this.messageId = trigger._id;
    this.receivedAt = trigger.receivedAt;
    this.profile = conversation.profile;
    this.contactId = conversation.contactId;
    this.consentAt = conversation.consentAt;
    this.openTicketId = conversation.openTicketId;
    this.misses = conversation.misses;
    this.language = conversation.language;
    this.#offered = conversation.offered;
  }

  readonly t: Turn['t'] = (key, params) => this.services.texts.for(this.language)(key, params);

  readonly say: Turn['say'] = (text, options) => {
    const choices = options?.choices ?? [];
    const numbered = options?.numbered ?? true;
    if (this.outgoing.length === 0) this.#offered = null;
    if (choices.length === 0) {
      this.#push({ kind: 'text', text });
      return;
    }
    this.#offered = { choices: [...choices], numbered };
    this.#push({ kind: 'text', text, choices: [...choices], ...(numbered ? {} : { numbered }) });
  };

  readonly sendFile: Turn['sendFile'] = (file, caption) => {
    this.#push({ kind: 'file', ...file, ...(caption === undefined ? {} : { caption }) });
  };

  state(stack: DialogFrame[], wakeAfter: number | undefined): TurnState {
    return {
      stack,
      stackVersion: STACK_VERSION,
      offered: this.#offered,
      misses: this.#understood() ? 0 : this.misses,
      profile: this.profile,
      contactId: this.contactId,
      language: this.language,
      consentAt: this.consentAt,
      openTicketId: this.openTicketId,
      wakeAt: wakeAfter === undefined ? null : new Date(this.now.getTime() + wakeAfter * 1000),
    };
  }

  #understood(): boolean {
    const written = 'content' in this.trigger && this.trigger.content.kind !== 'event';
    return written && this.misses <= this.before.misses;
  }

  #push(content: Content): void {
    this.outgoing.push({ _id: this.services.newId(), author: BOT, content, at: this.now });
  }
}
