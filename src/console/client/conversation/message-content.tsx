import type { ReactNode } from 'react';
import type { Content } from '../api/types.js';
import { splitRichText } from '../text/rich-text.js';
import { t, tKnown } from '../text/text.js';
import { Icon } from '../ui/icon.js';
import { FileCard } from './file-card.js';

/** What a message says, each kind in its own way. Text is text: nothing a user writes becomes markup. */
export function MessageContent({ content }: { content: Content }): ReactNode {
  switch (content.kind) {
    case 'text':
      return (
        <>
          <p className="bubble-text">
            <RichText text={content.text} />
          </p>
          {content.choices && content.choices.length > 0 && (
            <ul className="choices" aria-label={t('conversation.choicesOffered')}>
              {content.choices.map(({ id, title }) => (
                <li key={id}>{title}</li>
              ))}
            </ul>
          )}
        </>
      );
    case 'choice':
      return (
        <p className="bubble-text bubble-choice">
          <Icon name="check" />
          <span className="visually-hidden">{t('conversation.picked')} </span>
          {content.text}
        </p>
      );
    case 'file':
      return (
        <>
          <FileCard file={content} />
          {content.caption && (
            <p className="bubble-text">
              <RichText text={content.caption} />
            </p>
          )}
        </>
      );
    case 'refused-file':
      return (
        <p className="bubble-odd">
          <Icon name="warning" />
          <span>
            {t('conversation.refused', { name: content.name })} ({tKnown('refused', content.reason)})
          </span>
        </p>
      );
    case 'unsupported':
      return (
        <p className="bubble-odd">
          <Icon name="info" />
          <span>
            {t('conversation.unsupported')}: {tKnown('unsupported', content.what)}
          </span>
        </p>
      );
  }
}

export function RichText({ text }: { text: string }): ReactNode {
  return splitRichText(text).map((part, index) => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'strong') return <strong key={index}>{part.text}</strong>;
    return (
      <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    );
  });
}
