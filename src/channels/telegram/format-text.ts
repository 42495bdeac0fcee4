import type { MessageEntity } from 'telegraf/types';

/** A text without its marks, and where they stood. */
export interface FormattedText {
  text: string;
  entities: MessageEntity[];
}

/** A link is left as it is; the star of bold touches the word inside and no word outside, as in the live chat. */
const MARK = /https?:\/\/[^\s<>"]+|(?<![\p{L}\p{N}*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}*])/gu;

/**
 * `*bold*` as an entity beside the text. Entities instead of HTML: nothing has to be escaped, so nothing that a person wrote
 * can become a mark or make the platform refuse the message.
 */
export function formatText(marked: string): FormattedText {
  const entities: MessageEntity[] = [];
  let text = '';
  let from = 0;
  for (const match of marked.matchAll(MARK)) {
    const [, bold] = match;
    if (bold === undefined) continue;
    text += marked.slice(from, match.index);
    entities.push({ type: 'bold', offset: text.length, length: bold.length });
    text += bold;
    from = match.index + match[0].length;
  }
  return { text: text + marked.slice(from), entities };
}
