import type { OutboundMessage } from '../../conversation/channel.js';
import { splitText } from '../split-text.js';
import { whatsappCapabilities } from './capabilities.js';

type Content = OutboundMessage['content'];

/** One bubble. */
export type Bubble = { kind: 'text'; text: string } | { kind: 'file'; fileId: string; caption?: string };

/** The bubbles of one message; none for what only the office sees. Bold is written as WhatsApp writes it. */
export function render(content: Content): Bubble[] {
  switch (content.kind) {
    case 'text':
      return texts(content.text + listOf(content));
    case 'choice':
      return texts(content.text);
    case 'file': {
      const { fileId, caption } = content;
      return [{ kind: 'file', fileId, ...(caption === undefined ? {} : { caption }) }];
    }
    case 'refused-file':
      return texts(content.name);
    case 'unsupported':
    case 'event':
      return [];
  }
}

function texts(text: string): Bubble[] {
  const pieces = splitText(text, whatsappCapabilities.maxTextLength);
  return pieces.filter((piece) => piece !== '').map((piece) => ({ kind: 'text', text: piece }));
}

/** Where numbers would be part of an answer the choices are picked by their words. */
function listOf({ choices = [], numbered }: Extract<Content, { kind: 'text' }>): string {
  if (choices.length === 0) return '';
  const mark = (index: number): string => (numbered === false ? '•' : `${index + 1}.`);
  return `\n\n${choices.map(({ title }, index) => `${mark(index)} ${title}`).join('\n')}`;
}
