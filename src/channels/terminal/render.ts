import type { OutboundMessage } from '../../conversation/channel.js';
import { splitText } from '../split-text.js';
import { terminalCapabilities } from './capabilities.js';

type Content = OutboundMessage['content'];

/** A message as blocks of text; choices become a numbered list under the last one. */
export function render({ author, content }: Pick<OutboundMessage, 'author' | 'content'>): string[] {
  const who = author.kind === 'staff' ? (author.name ?? 'Petugas') : 'Dering';
  const blocks = blocksOf(content).map(printable);
  return blocks.map((block) => `${who}: ${block}\n`);
}

function blocksOf(content: Content): string[] {
  switch (content.kind) {
    case 'text':
      return splitText(content.text + listOf(content), terminalCapabilities.maxTextLength);
    case 'choice':
      return [content.text];
    case 'file':
      return [
        `[${content.name}, ${content.size} B]${content.caption === undefined ? '' : `\n${content.caption}`}`,
      ];
    case 'refused-file':
      return [`[${content.name}: ${content.reason}]`];
    case 'unsupported':
      return [`[${content.what}]`];
    case 'event':
      return [];
  }
}

/** Where numbers would be part of an answer the choices are picked by their words. */
function listOf({ choices = [], numbered }: Extract<Content, { kind: 'text' }>): string {
  const mark = (index: number): string => (numbered === false ? '-' : `${index + 1}.`);
  return choices.map(({ title }, index) => `\n  ${mark(index)} ${title}`).join('');
}

/** A text cannot move the cursor or colour the screen. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '');
}
