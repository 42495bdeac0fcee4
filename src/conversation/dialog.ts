import type {
  Choice,
  ConversationEvent,
  FileReference,
  RefusedFileReason,
  UnsupportedKind,
} from '../models/message.js';
import type { Profile, Vouched } from '../models/conversation.js';
import type { ServiceContext } from '../services/service-context.js';
import type { ChannelName } from '../shared/channel-name.js';
import type { Language, Translate } from '../shared/i18n.js';
import type { ChannelCapabilities } from './channel.js';

/** What a dialog is asked to take in. Numbers and words of an offered choice arrive as that choice. */
export type Input =
  | { kind: 'text'; text: string }
  /** `more`: what a letter says below the choice. */
  | { kind: 'choice'; choice: string; more?: string }
  | { kind: 'file'; file: FileReference; caption?: string }
  | { kind: 'refused-file'; name: string; reason: RefusedFileReason }
  | { kind: 'unsupported'; what: UnsupportedKind }
  | { kind: 'event'; event: ConversationEvent }
  /** The user has changed the words of an earlier message. */
  | ({ kind: 'edit' } & Edit)
  /** Nobody wrote; the pause that the dialog asked for is over. */
  | { kind: 'wake' };

/** An earlier message before and after the user changed it. */
export interface Edit {
  /** As it was last known; undefined when it never arrived. */
  before: string | undefined;
  text: string;
}

/** The result of a dialog that the user left before its end. */
export const LEFT = 'left';

/** What a dialog wants to happen next. Its state is plain data: it is stored and read by other versions. */
export type Outcome =
  /** Ask nothing more until the user writes, or until the dialog wants to be woken. */
  | { do: 'wait'; state: unknown }
  /** Begin a child; its result comes back to `resume`. */
  | { do: 'begin'; dialog: string; options?: unknown; state: unknown }
  | { do: 'replace'; dialog: string; options?: unknown }
  | { do: 'end'; result?: unknown }
  /** The input is not for this dialog: end it and hand the input to the one below. */
  | { do: 'yield' }
  /** End everything that is open and begin this. */
  | { do: 'restart'; dialog: string; options?: unknown };

/** One turn as a dialog sees it: what is known, a way to speak, and the services. */
export interface Turn {
  readonly now: Date;
  /** When the message being handled was received. */
  readonly receivedAt: Date;
  /** When the user wrote before that; null = never. */
  readonly lastInboundAt: Date | null;
  /** The message being handled. */
  readonly messageId: string;
  /** Idempotency key of this turn: service calls made under it take effect once, however often it is run. */
  readonly key: string;
  readonly conversation: {
    readonly _id: string;
    readonly channel: ChannelName;
    readonly account: string;
    readonly address: string;
    readonly vouched?: Vouched | undefined;
  };
  readonly capabilities: ChannelCapabilities;
  readonly services: ServiceContext;
  profile: Profile;
  contactId: string | null;
  consentAt: Date | null;
  openTicketId: string | null;
  /** Consecutive messages that were not understood; the third offers a person. A turn that counts none ends the row. */
  misses: number;
  language: Language;
  /** R-A8: set where the turn speaks of one complaint or suggestion: what is said in it is shown on that ticket only. */
  matter: string | null;
  /** Text in the conversation's language, e.g. `t('menu:title')`. */
  readonly t: Translate;
  say(text: string, options?: { choices?: readonly Choice[]; numbered?: boolean }): void;
  sendFile(file: FileReference, caption?: string): void;
}

/** A conversation's part with a beginning, questions and an end. */
export interface Dialog<State = unknown, Options = unknown> {
  readonly name: string;
  begin(turn: Turn, options: Options): Outcome | Promise<Outcome>;
  /** The user wrote while this dialog was waiting. */
  continue(turn: Turn, state: State, input: Input): Outcome | Promise<Outcome>;
  /** A child ended with `result`. */
  resume?(turn: Turn, state: State, result: unknown): Outcome | Promise<Outcome>;
  /** A digression above this dialog ended with `result`: what of it belongs here, as this dialog's new state. */
  takeAlong?(turn: Turn, state: State, result: unknown): State;
  /** Ask the open question again: after a digression, or when a person hands the conversation back. */
  reprompt(turn: Turn, state: State): void | Promise<void>;
  /** One step back; undefined when there is none, and then the dialog ends. */
  back?(turn: Turn, state: State): Outcome | undefined | Promise<Outcome | undefined>;
  /** Seconds of silence after which the waiting dialog wants to be woken; undefined = only by the user. */
  wakeAfter?(turn: Turn, state: State): number | undefined;
  /** True when what the dialog waited for has happened: it ends instead of asking again. */
  isOver?(turn: Turn, state: State): boolean;
  /** The state with the change in it when the dialog still holds the words that were changed; undefined when it does not. */
  edited?(state: State, edit: Edit): State | undefined;
  /** R-A8: the complaint or suggestion that is spoken of while this dialog, or one it has begun, is open. */
  matter?(turn: Turn, state: State): string | null;
  /** True where the user is writing freely and only plain commands may interrupt. */
  freeText?(state: State): boolean;
  /** True for words that are an answer here, although they are a command elsewhere ("Staf" to the question for a post). */
  expects?(state: State, text: string): boolean;
}

/** What an interruption (a word like "menu" in the middle of a form) does to the open dialogs. */
export type Interruption =
  | { do: 'pass' }
  /** Something was said; what is open waits as it is. */
  | { do: 'wait' }
  /** Something was said; ask the open question again. */
  | { do: 'reprompt' }
  | { do: 'back' }
  /** End everything that is open and begin this. */
  | { do: 'restart'; dialog: string; options?: unknown }
  /** Begin this above what is open, which goes on afterwards. */
  | { do: 'digress'; dialog: string; options?: unknown }
  /** Begin this above the topmost open dialog of `above`, ending what lies higher; a restart where none of them is open. */
  | { do: 'aside'; dialog: string; above: ReadonlySet<string>; options?: unknown };

/** All dialogs, and the words that work anywhere. */
export interface DialogSet {
  readonly dialogs: ReadonlyMap<string, Dialog>;
  /** Begun, with the first message as options, when nothing is open. */
  readonly root: string;
  /** Choices that mean the same whenever they are pressed; any other counts only while it is offered. */
  readonly standingChoices?: ReadonlySet<string>;
  interrupt(turn: Turn, input: Input, top: OpenDialog | undefined): Interruption | Promise<Interruption>;
}

/** The dialog that is asking, and the names of those below it. */
export interface OpenDialog {
  dialog: Dialog;
  state: unknown;
  below: readonly string[];
}

/** Keeps a dialog's types for its author and forgets them for the stack. */
export function defineDialog<State, Options = undefined>(dialog: Dialog<State, Options>): Dialog {
  return dialog;
}
