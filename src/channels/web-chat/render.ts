import { splitText } from '../split-text.js';
import { webChatCapabilities } from './capabilities.js';
import { clientIdOf } from './parse.js';
import type { ChatLine } from './types.js';
import type { WireContent, WireLine } from './wire.js';

/** The bubbles of one message: none for what only the office sees, several for a text over the limit. */
export function render(line: ChatLine): WireLine[] {
  const contents = contentsOf(line.content);
  const shared = {
    direction: line.direction,
    author: {
      kind: line.author.kind,
      ...(line.author.name === undefined ? {} : { name: line.author.name }),
    },
    sentAt: line.sentAt.toISOString(),
    state: line.state,
    ...(line.providerId === undefined ? {} : { clientId: clientIdOf(line.providerId) }),
  };
  return contents.map((content, index) => ({ ...shared, id: idOfPart(line.id, index), content }));
}

function contentsOf(content: ChatLine['content']): WireContent[] {
  switch (content.kind) {
    case 'event':
      return [];
    case 'text':
      return textParts(content);
    case 'choice':
      return [{ kind: 'choice', choice: content.choice, text: content.text }];
    case 'file':
      return [
        {
          kind: 'file',
          fileId: content.fileId,
          name: content.name,
          mimeType: content.mimeType,
          size: content.size,
          ...(content.caption === undefined ? {} : { caption: content.caption }),
        },
      ];
    case 'refused-file':
      return [{ kind: 'refused-file', name: content.name, reason: content.reason }];
    case 'unsupported':
      return [{ kind: 'unsupported', what: content.what }];
  }
}

/** The choices belong under the last part, where the reader arrives. */
function textParts(content: Extract<ChatLine['content'], { kind: 'text' }>): WireContent[] {
  const parts = splitText(content.text, webChatCapabilities.maxTextLength);
  return parts.map((text, index) => ({
    kind: 'text',
    text,
    ...(index === parts.length - 1 && content.choices?.length
      ? {
          choices: content.choices.map(({ id, title }) => ({ id, title })),
          ...(content.numbered === undefined ? {} : { numbered: content.numbered }),
        }
      : {}),
  }));
}

function idOfPart(id: string, index: number): string {
  return index === 0 ? id : `${id}~${index + 1}`;
}
