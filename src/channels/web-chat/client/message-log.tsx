/** @jsxImportSource preact */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { WireLine } from '../wire.js';
import { Bubble, Content, speaker } from './bubble.js';
import type { ChatState } from './chat-store.js';
import { Choices } from './choices.js';
import { usePage } from './context.js';
import { dayKey, formatDay } from './format-date.js';
import { Icon } from './icons.js';
import { continues, openChoicesId, pickedChoice } from './lines.js';
import { now } from './now.js';
import { Pending } from './pending.js';
import { useLogScroll } from './use-log-scroll.js';

export function MessageLog({ chat }: { chat: ChatState }): VNode {
  const { say, store } = usePage();
  const log = useRef<HTMLDivElement>(null);
  const { unseen, awayFromEnd, toEnd } = useLogScroll(log, chat, () => void store.loadOlder());
  const open = chat.outgoing.length === 0 ? openChoicesId(chat.lines) : undefined;
  const empty = chat.phase === 'open' && chat.lines.length === 0 && chat.outgoing.length === 0;

  return (
    <main class="middle">
      <div
        ref={log}
        class="log"
        role="log"
        tabIndex={0}
        aria-label={say('log')}
        aria-live={chat.phase === 'open' && !chat.loadingOlder ? 'polite' : 'off'}
        aria-busy={chat.phase === 'opening' || chat.loadingOlder}
      >
        <div class="lines">
          {chat.older !== null && (
            <button
              type="button"
              class="older"
              disabled={chat.loadingOlder}
              onClick={() => void store.loadOlder()}
            >
              {say(chat.loadingOlder ? 'loading' : 'older')}
            </button>
          )}
          {chat.phase === 'opening' && <p class="day">{say('opening')}</p>}
          {empty && <Welcome />}
          {chat.lines.map((line, index) => (
            <Line key={line.id} chat={chat} line={line} index={index} open={line.id === open} />
          ))}
          <Pending chat={chat} />
        </div>
      </div>
      {awayFromEnd && (
        <button type="button" class="to-end" onClick={toEnd} aria-label={say('toBottom')}>
          {unseen > 0 && <span>{say('unseen', { count: unseen })}</span>}
          <Icon name="down" />
        </button>
      )}
    </main>
  );
}

interface LineProps {
  chat: ChatState;
  line: WireLine;
  index: number;
  open: boolean;
}

function Line({ chat, line, index, open }: LineProps): VNode {
  const { say, language } = usePage();
  const previous = chat.lines[index - 1];
  const own = line.direction === 'in';
  const newDay = !previous || dayKey(previous.sentAt) !== dayKey(line.sentAt);
  const isNew = chat.newFrom === line.id;
  const grouped = !newDay && !isNew && continues(line, previous);
  const { content } = line;
  return (
    <>
      {newDay && (
        <p class="day">
          <span>{formatDay(line.sentAt, new Date(now()), language, say)}</span>
        </p>
      )}
      {isNew && (
        <p class="day new">
          <span>{say('newMessages')}</span>
        </p>
      )}
      <div
        data-id={line.id}
        class={`row ${own ? 'row-own' : 'row-other'} row-${line.author.kind}${grouped ? ' row-grouped' : ''}`}
      >
        <span class={own || grouped ? 'hidden' : 'speaker'}>{speaker(line, say)}</span>
        <Bubble own={own} sentAt={line.sentAt} state={line.state}>
          <Content content={content} />
        </Bubble>
        {content.kind === 'text' && content.choices && (
          <Choices
            choices={content.choices}
            numbered={content.numbered !== false}
            open={open}
            picked={pickedChoice(chat.lines, index)}
          />
        )}
      </div>
    </>
  );
}

function Welcome(): VNode {
  const { say, store } = usePage();
  return (
    <section class="welcome">
      <span class="mark mark-large">
        <Icon name="bubble" />
      </span>
      <h2>{say('welcomeTitle')}</h2>
      <p>{say('welcome')}</p>
      <button type="button" class="primary" onClick={() => store.send({ text: say('beginText') })}>
        {say('begin')}
      </button>
    </section>
  );
}
