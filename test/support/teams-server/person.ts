import { APP_ID, TENANT_ID, type Json, type Shown, type TeamsServer } from './index.js';

/** An invented user of Teams, and an invented team. */
export const SARI = {
  userId: '29:1sari-contoh',
  aadObjectId: '00000000-1111-4222-8333-444444444444',
  chat: 'a:1percakapan-sari-contoh',
};
export const BUDI = { userId: '29:1budi-contoh', aadObjectId: '00000000-1111-4222-8333-555555555555' };
export const TEAM = { id: '19:umum-contoh@thread.tacv2', name: 'Direktorat Contoh' };
export const CHANNEL = { id: '19:kanal-dtk-contoh@thread.tacv2', name: 'Kanal Unit Contoh' };

export const BOT_ID = `28:${APP_ID}`;

export interface Button {
  title: string;
  data: Json;
}

/** Makes activities as Teams does. */
export class Person {
  #ids = 1_772_400_000_000;

  constructor(
    private readonly server: TeamsServer,
    private readonly now: () => Date,
  ) {}

  #envelope(fields: Json): Json & { id: string } {
    this.#ids += 1;
    return {
      id: String(this.#ids),
      timestamp: this.now().toISOString(),
      localTimestamp: this.now().toISOString(),
      channelId: 'msteams',
      serviceUrl: this.server.serviceUrl,
      recipient: { id: BOT_ID, name: 'Dering' },
      locale: 'id-ID',
      ...fields,
    };
  }

  /** In the chat of Sari with the bot. */
  personal(fields: Json): Json & { id: string } {
    return this.#envelope({
      from: { id: SARI.userId, name: 'Sari Contoh', aadObjectId: SARI.aadObjectId },
      conversation: { conversationType: 'personal', tenantId: TENANT_ID, id: SARI.chat },
      channelData: { tenant: { id: TENANT_ID } },
      ...fields,
    });
  }

  text(text: string, more: Json = {}): Json & { id: string } {
    const html = { contentType: 'text/html', content: `<p>${text}</p>` };
    return this.personal({ type: 'message', textFormat: 'plain', text, attachments: [html], ...more });
  }

  file(name: string, bytes: Buffer, more: Json = {}): Json & { id: string } {
    const downloadUrl = this.server.addFile(bytes);
    const attachment = {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      contentUrl: `https://contoh-my.sharepoint.com/personal/sari/Documents/${encodeURIComponent(name)}`,
      content: { downloadUrl, uniqueId: 'B14B1E6C', fileType: name.split('.').pop() },
      name,
    };
    return this.personal({ type: 'message', attachments: [attachment], ...more });
  }

  /** Presses a button of the latest card with this title. */
  press(title: string): Json & { id: string } {
    const card = this.server
      .of(SARI.chat)
      .findLast((one) => buttonsOf(one).some((button) => button.title === title));
    const button = card && buttonsOf(card).find((one) => one.title === title);
    if (!card || !button) throw new Error(`no button "${title}"`);
    return this.submit(button.data, card.id);
  }

  submit(value: unknown, replyToId: string): Json & { id: string } {
    return this.personal({ type: 'message', value, replyToId });
  }

  /** Budi in a thread of the unit's channel. */
  inThread(root: string, fields: Json): Json & { id: string } {
    return this.#envelope({
      from: { id: BUDI.userId, name: 'Budi Contoh', aadObjectId: BUDI.aadObjectId },
      conversation: {
        ...{ isGroup: true, conversationType: 'channel', tenantId: TENANT_ID },
        id: `${CHANNEL.id};messageid=${root}`,
      },
      channelData: { team: TEAM, channel: CHANNEL, tenant: { id: TENANT_ID } },
      ...fields,
    });
  }

  reply(root: string, text: string, more: Json = {}): Json & { id: string } {
    const mark = '<at>Dering</at>';
    const entities = [{ type: 'mention', text: mark, mentioned: { id: BOT_ID, name: 'Dering' } }];
    return this.inThread(root, { type: 'message', text: `${mark} ${text}`, entities, ...more });
  }

  execute(root: string, data: unknown): Json & { id: string } {
    return this.inThread(root, {
      ...{ type: 'invoke', name: 'adaptiveCard/action', replyToId: root },
      value: { action: { type: 'Action.Execute', verb: 'x', data }, trigger: 'manual' },
    });
  }

  /** The bot is installed in the team, as Teams tells it. */
  installedInTeam(): (Json & { id: string })[] {
    const conversation = { isGroup: true, conversationType: 'channel', tenantId: TENANT_ID, id: TEAM.id };
    const from = { id: BUDI.userId, aadObjectId: BUDI.aadObjectId };
    const channelData = { team: TEAM, tenant: { id: TENANT_ID } };
    return [
      this.#envelope({
        ...{ type: 'conversationUpdate', from, conversation, membersAdded: [{ id: BOT_ID }] },
        channelData: { ...channelData, eventType: 'teamMemberAdded' },
      }),
      this.#envelope({ type: 'installationUpdate', action: 'add', from, conversation, channelData }),
    ];
  }
}

interface Card {
  content?: { body?: { actions?: Button[] }[] };
}

export function buttonsOf({ attachments }: Shown): Button[] {
  const cards = (attachments ?? []) as Card[];
  return cards.flatMap(({ content }) => content?.body?.flatMap(({ actions = [] }) => actions) ?? []);
}

/** The words as a client shows them. */
export function wordsOf({ text = '' }: Shown & { text?: string }): string {
  return text
    .replace(/<br\/>/g, '\n')
    .replace(/<\/?b>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
