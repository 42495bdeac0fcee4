import type { SentMessage, TelegramServer } from './index.js';

/** An invented user of Telegram. */
export const SARI_ID = 700_100_200;

type Fields = Record<string, unknown>;

let updates = 500_000;

/** Makes updates as Telegram does: ids that grow, times in whole seconds. */
export function nextUpdate(fields: Fields): Fields & { update_id: number } {
  updates += 1;
  return { update_id: updates, ...fields };
}

/** A person at Telegram: what they do becomes updates. */
export class Person {
  #messages = 10;

  constructor(
    private readonly server: TelegramServer,
    private readonly now: () => Date,
    readonly id = SARI_ID,
  ) {}

  /** Of an update with a message of this person. */
  message(fields: Fields): Fields & { update_id: number } {
    this.#messages += 1;
    return nextUpdate({ message: this.#body(this.#messages, fields) });
  }

  text(text: string): Fields & { update_id: number } {
    return this.message({ text });
  }

  document(name: string, bytes: Buffer, more: Fields = {}): Fields & { update_id: number } {
    const file_id = this.server.addFile(bytes);
    return this.message({ document: { file_id, file_name: name, file_size: bytes.length }, ...more });
  }

  /** A message of this person with other words: the latest, or one so many messages before it. */
  edit(text: string, before = 0): Fields & { update_id: number } {
    const edit_date = seconds(this.now());
    return nextUpdate({ edited_message: { ...this.#body(this.#messages - before, { text }), edit_date } });
  }

  /** A press on the button of this title under the latest message that has it. */
  press(title: string): Fields & { update_id: number } {
    const message = this.seen().findLast(({ keyboard }) =>
      keyboard.flat().some(({ text }) => text === title),
    );
    const button = message?.keyboard.flat().find(({ text }) => text === title);
    if (!message || !button)
      throw new Error(`no button "${title}": ${JSON.stringify(this.seen().slice(-2))}`);
    return this.pressOf(button.callback_data, message);
  }

  pressOf(
    data: string,
    message: Pick<SentMessage, 'id' | 'keyboard'> | undefined,
  ): Fields & { update_id: number } {
    return nextUpdate({
      callback_query: {
        id: `query-${updates}`,
        from: this.#from(),
        data,
        ...(message && {
          message: {
            message_id: message.id,
            date: 0,
            chat: this.#chat(),
            reply_markup: { inline_keyboard: message.keyboard },
          },
        }),
      },
    });
  }

  membership(status: string): Fields & { update_id: number } {
    return nextUpdate({
      my_chat_member: {
        chat: this.#chat(),
        from: this.#from(),
        date: seconds(this.now()),
        new_chat_member: { status },
      },
    });
  }

  /** What the bot has sent to this person. */
  seen(): SentMessage[] {
    return this.server.sentTo(this.id);
  }

  #body(messageId: number, fields: Fields): Fields {
    return {
      message_id: messageId,
      from: this.#from(),
      chat: this.#chat(),
      date: seconds(this.now()),
      ...fields,
    };
  }

  #from(): Fields {
    return { id: this.id, is_bot: false, first_name: 'Sari', last_name: 'Contoh', language_code: 'id' };
  }

  #chat(): Fields {
    return { id: this.id, type: 'private', first_name: 'Sari', last_name: 'Contoh' };
  }
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
