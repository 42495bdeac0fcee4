import type { OutboundMessage } from '../../conversation/channel.js';
import { splitText } from '../split-text.js';
import { MAX_CHOICE_ID, teamsCapabilities } from './capabilities.js';
import { choiceData } from './card-data.js';
import type { OutgoingActivity, OutgoingAttachment } from './connector.js';
import { formatText } from './format-text.js';
import type { FileReference } from './types.js';

/** One call to the platform; a message is one or several. */
export type Step =
  | { kind: 'text'; xml: string; activity: OutgoingActivity }
  | { kind: 'file'; file: FileReference; activity: OutgoingActivity };

type Content = OutboundMessage['content'];

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** A message as what the platform is asked to show, in order. */
export function render({ author, content }: Pick<OutboundMessage, 'author' | 'content'>): Step[] {
  const signature = author.kind === 'staff' && author.name !== undefined ? `*${author.name}*\n` : '';
  switch (content.kind) {
    case 'text':
      return textSteps(signature, content);
    case 'choice':
      return texts(content.text);
    case 'file':
      return fileSteps(signature, content);
    case 'refused-file':
      return texts(`[${content.name}: ${content.reason}]`);
    case 'unsupported':
      return texts(`[${content.what}]`);
    case 'event':
      return [];
  }
}

/** The buttons stand under the last part, where the reader arrives. */
function textSteps(signature: string, content: Extract<Content, { kind: 'text' }>): Step[] {
  const { text, choices = [] } = content;
  if (choices.length === 0) return texts(signature + text);
  if (!fitOnButtons(choices)) return texts(signature + text + listOf(content));
  const steps = texts(signature + text);
  const last = steps.at(-1);
  if (last) last.activity = { ...last.activity, attachments: [buttons(choices)] };
  return steps;
}

/** A bot may not put a file into a chat: its user is asked, and then lets us put it into their OneDrive. */
function fileSteps(
  signature: string,
  { caption, fileId, name, mimeType, size }: Extract<Content, { kind: 'file' }>,
): Step[] {
  const consent = {
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name,
    content: {
      sizeInBytes: size,
      acceptContext: { v: 1, fileId },
      declineContext: { v: 1, fileId },
    },
  };
  const file = { fileId, name, mimeType, size };
  const words = caption === undefined ? [] : texts(signature + caption);
  return [...words, { kind: 'file', file, activity: { type: 'message', attachments: [consent] } }];
}

function texts(text: string): Step[] {
  return splitText(text, teamsCapabilities.maxTextLength)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const xml = formatText(part);
      return { kind: 'text', xml, activity: textActivity(xml) };
    });
}

/** Words as the platform shows them. */
export function textActivity(xml: string): OutgoingActivity {
  return { type: 'message', textFormat: 'xml', text: xml };
}

type Choices = NonNullable<Extract<Content, { kind: 'text' }>['choices']>;

function fitOnButtons(choices: Choices): boolean {
  return (
    choices.length <= teamsCapabilities.maxButtons && choices.every(({ id }) => id.length <= MAX_CHOICE_ID)
  );
}

/** Where numbers would be part of an answer the choices are picked by their words. */
function listOf({ choices = [], numbered }: Extract<Content, { kind: 'text' }>): string {
  const mark = (index: number): string => (numbered === false ? '-' : `${index + 1}.`);
  return `\n${choices.map(({ title }, index) => `\n${mark(index)} ${title}`).join('')}`;
}

/** What fits side by side on a narrow phone, in characters of the longest title. */
const THREE_IN_A_ROW = 8;
const TWO_IN_A_ROW = 16;

/** A card of nothing but buttons: the words stay in the message, where they can be read aloud, quoted and found. */
function buttons(choices: Choices): OutgoingAttachment {
  const longest = Math.max(0, ...choices.map(({ title }) => title.length));
  const width = longest <= THREE_IN_A_ROW ? 3 : longest <= TWO_IN_A_ROW ? 2 : 1;
  const rows: { type: 'ActionSet'; actions: object[] }[] = [];
  for (const [index, { id, title }] of choices.entries()) {
    if (index % width === 0) rows.push({ type: 'ActionSet', actions: [] });
    rows.at(-1)?.actions.push({ type: 'Action.Submit', title, data: choiceData(id, title) });
  }
  return {
    contentType: ADAPTIVE_CARD,
    content: {
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
      body: rows,
    },
  };
}
