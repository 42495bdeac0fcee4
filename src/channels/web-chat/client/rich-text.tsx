/** @jsxImportSource preact */
import type { VNode } from 'preact';
import { formatText } from './format-text.js';

export function RichText({ text }: { text: string }): VNode {
  return (
    <p class="text">
      {formatText(text).map((token, index) => {
        if (token.kind === 'bold') return <strong key={index}>{token.text}</strong>;
        if (token.kind === 'plain') return token.text;
        return (
          <a key={index} href={token.href} target="_blank" rel="noopener noreferrer nofollow">
            {token.text}
          </a>
        );
      })}
    </p>
  );
}
