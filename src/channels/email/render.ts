import type { OutboundMessage } from '../../conversation/channel.js';
import type { Translate } from '../../shared/i18n.js';
import { splitText } from '../split-text.js';
import { emailCapabilities } from './capabilities.js';
import type { EmailPorts } from './types.js';

type Content = OutboundMessage['content'];
type TextContent = Extract<Content, { kind: 'text' }>;
type FileContent = Extract<Content, { kind: 'file' }>;

interface Frame {
  t: Translate;
  name: string | undefined;
  contact: EmailPorts['contact'];
}

export interface RenderedLetter {
  /** Mostly one; several for a text over the limit. */
  texts: string[];
  files: FileContent[];
}

/**
 * Messages that wait together as one letter: salutation, what is said in order, choices as numbered lines, closing and
 * signature.
 */
export function render(
  messages: readonly Pick<OutboundMessage, 'author' | 'content'>[],
  { t, name, contact }: Frame,
): RenderedLetter {
  const said = messages.filter((message, at) => !isSuperseded(messages, message, at));
  const blocks = [
    ...new Set(said.flatMap(({ author, content }) => blockOf(content, author.kind === 'bot', t))),
  ];
  const staff = messages.findLast(({ author }) => author.kind === 'staff')?.author.name;
  const salutation = name === undefined ? t('email:salutation') : t('email:salutationNamed', { name });
  const closing = t('email:closing', { signer: staff === undefined ? '' : `${staff}\n` });
  const pieces = splitText(blocks.join('\n\n'), emailCapabilities.maxTextLength);
  return {
    texts: pieces.map((piece) =>
      [salutation, piece, `${closing}\n-- \n${t('email:signature', { ...contact })}`].join('\n\n'),
    ),
    files: messages.flatMap(({ content }) => (content.kind === 'file' ? [content] : [])),
  };
}

/** One letter asks one thing: only the last question can still be answered, and the same sentence is said once, last. */
function isSuperseded(
  messages: readonly Pick<OutboundMessage, 'content'>[],
  { content }: Pick<OutboundMessage, 'content'>,
  at: number,
): boolean {
  if (content.kind !== 'text') return false;
  const later = messages
    .slice(at + 1)
    .flatMap((message) => (message.content.kind === 'text' ? [message.content] : []));
  const asks = (text: TextContent): boolean => (text.choices ?? []).length > 0;
  return later.some(({ text }) => text === content.text) || (asks(content) && later.some(asks));
}

function blockOf(content: Content, isBot: boolean, t: Translate): string[] {
  switch (content.kind) {
    case 'text':
      return [`${isBot ? unmarked(content.text, t) : content.text}${choicesOf(content, t)}`];
    case 'choice':
      return [content.text];
    case 'file':
      return [
        t('email:enclosed', { name: content.name, caption: unmarked(content.caption ?? '', t) }).trim(),
      ];
    case 'refused-file':
      return [content.name];
    case 'unsupported':
    case 'event':
      return [];
  }
}

/** Where numbers would be part of an answer the choices are picked by their words. */
function choicesOf({ choices = [], numbered }: TextContent, t: Translate): string {
  if (choices.length === 0) return '';
  const lines = choices.map(({ title }, index) =>
    numbered === false ? `- ${title}` : `${index + 1}. ${title}`,
  );
  return `\n\n${lines.join('\n')}\n\n${t(numbered === false ? 'email:answerInWords' : 'email:answerByNumber')}`;
}

/** The dialogs write *bold* and "type" for chats; a plain letter has no bold, and nobody types into it. */
function unmarked(text: string, t: Translate): string {
  const reply = (_: string, type: string, word: string): string => {
    const words = t('email:replyWith', { word });
    return /^\p{Lu}/u.test(type) ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  };
  return text
    .replace(/\b(ketik|type) \*([^*\n]{1,40})\*/giu, reply)
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1');
}
