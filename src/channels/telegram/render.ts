import type { OutboundMessage } from '../../conversation/channel.js';
import { splitText } from '../split-text.js';
import { MAX_BUTTON_DATA, MAX_CAPTION, telegramCapabilities } from './capabilities.js';
import { formatText, type FormattedText } from './format-text.js';
import type { FileReference } from './types.js';

export interface Button {
  text: string;
  callback_data: string;
}

/** One call to the platform; a message is one or several. */
export type Step =
  | { kind: 'text'; body: FormattedText; keyboard: Button[][] }
  | { kind: 'file'; file: FileReference; caption: FormattedText | undefined };

type Content = OutboundMessage['content'];

/** A message as what the platform is asked to show, in order. */
export function render({ author, content }: Pick<OutboundMessage, 'author' | 'content'>): Step[] {
  const signature = author.kind === 'staff' && author.name !== undefined ? `*${author.name}*\n` : '';
  switch (content.kind) {
    case 'text':
      return textSteps(signature, content);
    case 'choice':
      return texts(content.text);
    case 'file':
      return fileSteps(content);
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
  if (!fitOnButtons(choices)) return texts(signature + text + listOf(content));
  const steps = texts(signature + text);
  const last = steps.at(-1);
  if (last?.kind === 'text') last.keyboard = keyboardOf(choices);
  return steps;
}

function fileSteps({ caption, fileId, name, mimeType, size }: Extract<Content, { kind: 'file' }>): Step[] {
  const file = { fileId, name, mimeType, size };
  if (caption === undefined) return [{ kind: 'file', file, caption: undefined }];
  if (caption.length <= MAX_CAPTION) return [{ kind: 'file', file, caption: formatText(caption) }];
  return [{ kind: 'file', file, caption: undefined }, ...texts(caption)];
}

function texts(text: string): Step[] {
  return splitText(text, telegramCapabilities.maxTextLength)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ kind: 'text', body: formatText(part), keyboard: [] }));
}

type Choices = NonNullable<Extract<Content, { kind: 'text' }>['choices']>;

function fitOnButtons(choices: Choices): boolean {
  return (
    choices.length <= telegramCapabilities.maxButtons &&
    choices.every(({ id }) => Buffer.byteLength(id) <= MAX_BUTTON_DATA)
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

function keyboardOf(choices: Choices): Button[][] {
  const longest = Math.max(0, ...choices.map(({ title }) => title.length));
  const width = longest <= THREE_IN_A_ROW ? 3 : longest <= TWO_IN_A_ROW ? 2 : 1;
  const rows: Button[][] = [];
  for (const [index, { id, title }] of choices.entries()) {
    if (index % width === 0) rows.push([]);
    rows.at(-1)?.push({ text: title, callback_data: id });
  }
  return rows;
}
