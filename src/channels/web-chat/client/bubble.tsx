/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';
import type { WireContent, WireLine, WireState } from '../wire.js';
import { fileUrl } from './api.js';
import { usePage } from './context.js';
import { formatSize, formatTime } from './format-date.js';
import { Icon, type IconName } from './icons.js';
import { RichText } from './rich-text.js';

export type BubbleState = WireState | 'waiting';

const STATE_ICONS: Record<BubbleState, IconName> = {
  waiting: 'clock',
  sent: 'check',
  delivered: 'checks',
  read: 'checks',
  failed: 'alert',
};

interface BubbleProps {
  own: boolean;
  sentAt: string;
  /** Shown on the visitor's own bubbles. */
  state: BubbleState;
  children: ComponentChildren;
}

export function Bubble({ own, sentAt, state, children }: BubbleProps): VNode {
  const { language } = usePage();
  return (
    <div class={own ? 'bubble bubble-own' : 'bubble'}>
      {children}
      <span class="meta">
        <time dateTime={sentAt}>{formatTime(sentAt, language)}</time>
        {own && <Ticks state={state} />}
      </span>
    </div>
  );
}

export function Content({ content }: { content: WireContent }): VNode {
  const { say } = usePage();
  switch (content.kind) {
    case 'text':
    case 'choice':
      return <RichText text={content.text} />;
    case 'file':
      return <FileCard content={content} />;
    case 'refused-file':
      return (
        <p class="text muted">
          {say('refusedFile', { name: content.name, reason: say(`reason-${content.reason}`) })}
        </p>
      );
    case 'unsupported':
      return <p class="text muted">{say('unsupported')}</p>;
  }
}

/** Who speaks, above the first bubble of a run. */
export function speaker(line: WireLine, say: ReturnType<typeof usePage>['say']): string {
  if (line.direction === 'in') return say('you');
  if (line.author.kind !== 'staff') return say('bot');
  return line.author.name === undefined ? say('staff') : `${line.author.name} · ${say('staff')}`;
}

function Ticks({ state }: { state: BubbleState }): VNode {
  const { say } = usePage();
  return (
    <span class={`ticks ticks-${state}`}>
      <Icon name={STATE_ICONS[state]} />
      <span class="hidden">{say(`state-${state}`)}</span>
    </span>
  );
}

const PICTURES = ['image/png', 'image/jpeg', 'image/webp'];

function FileCard({ content }: { content: Extract<WireContent, { kind: 'file' }> }): VNode {
  const { say, language } = usePage();
  const { name, mimeType, fileId } = content;
  const size = formatSize(content.size, language);
  const url = fileUrl(fileId);
  return (
    <div class="file">
      {PICTURES.includes(mimeType) ? (
        <a class="picture" href={url} target="_blank" rel="noopener">
          <img src={url} alt={say('picture', { name })} loading="lazy" />
        </a>
      ) : (
        <a class="file-card" href={url} download={name}>
          <span class="hidden">{`${say('download')} `}</span>
          <span class="file-icon" aria-hidden="true">
            <Icon name="file" />
            <span>{extensionOf(name)}</span>
          </span>
          <span class="file-names">
            <strong>{name}</strong>
            <span>{size}</span>
          </span>
          <Icon name="down" />
        </a>
      )}
      {content.caption !== undefined && <RichText text={content.caption} />}
    </div>
  );
}

function extensionOf(name: string): string {
  const match = /\.([A-Za-z0-9]{1,4})$/.exec(name);
  return match?.[1]?.toUpperCase() ?? '';
}
