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
      return splitText(content.text + listOf(content.choices ?? []), terminalCapabilities.maxTextLength);
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

function listOf(choices: readonly { title: string }[]): string {
  return choices.map(({ title }, index) => `\n  ${index + 1}. ${title}`).join('');
}

/** A text cannot move the cursor or colour the screen. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '');
}
