/** @jsxImportSource preact */
import type { VNode } from 'preact';
import type { ChatState, Outgoing, Upload } from './chat-store.js';
import { Bubble } from './bubble.js';
import { usePage } from './context.js';
import { formatSize } from './format-date.js';
import { Icon } from './icons.js';
import { RichText } from './rich-text.js';
import { editDraft } from './draft.js';

/** What the visitor has sent and the server has not yet shown back. */
export function Pending({ chat }: { chat: ChatState }): VNode {
  return (
    <>
      {chat.outgoing.map((message) => (
        <OutgoingBubble key={message.id} message={message} />
      ))}
      {chat.uploads.map((upload) => (
        <UploadBubble key={upload.id} upload={upload} limit={chat.session?.maxFileBytes ?? 0} />
      ))}
    </>
  );
}

function OutgoingBubble({ message }: { message: Outgoing }): VNode | null {
  const { say, store } = usePage();
  const { body, refused } = message;
  if ('tooLargeFile' in body) return null;
  const sent = message.messageId !== undefined;
  return (
    <div class="row row-own">
      <Bubble
        own
        sentAt={new Date(message.at).toISOString()}
        state={refused === undefined ? (sent ? 'sent' : 'waiting') : 'failed'}
      >
        <RichText text={body.text} />
      </Bubble>
      {refused !== undefined && (
        <p class="problem" role="alert">
          {say('notSent', { reason: refused })}{' '}
          <button
            type="button"
            onClick={() => {
              editDraft(body.text);
              store.discard(message.id);
            }}
          >
            {say('edit')}
          </button>{' '}
          <button type="button" onClick={() => store.discard(message.id)}>
            {say('remove')}
          </button>
        </p>
      )}
    </div>
  );
}

function UploadBubble({ upload, limit }: { upload: Upload; limit: number }): VNode {
  const { say, store, language } = usePage();
  const { id, file, state, progress } = upload;
  const percent = Math.round(progress * 100);
  const problem =
    upload.error === 'file-too-large'
      ? say('tooLarge', { megabytes: Math.floor(limit / 1e6) })
      : (upload.error ?? say('interrupted'));
  return (
    <div class="row row-own">
      <div class="bubble bubble-own">
        <div class="file-card">
          <span class="file-icon">
            <Icon name="file" />
          </span>
          <span class="file-names">
            <strong>{file.name}</strong>
            <span>{formatSize(file.size, language)}</span>
          </span>
        </div>
        {state === 'uploading' && (
          <progress max={100} value={percent} aria-label={say('uploading', { name: file.name, percent })} />
        )}
      </div>
      {state !== 'done' && (
        <p class={state === 'uploading' ? 'problem problem-calm' : 'problem'}>
          {state === 'uploading' ? `${percent}%` : <span role="alert">{problem}</span>}{' '}
          {state === 'interrupted' && (
            <button type="button" onClick={() => store.retryUpload(id)}>
              {say('retry')}
            </button>
          )}{' '}
          <button type="button" onClick={() => store.cancelUpload(id)}>
            {say(state === 'uploading' ? 'cancel' : 'remove')}
          </button>
        </p>
      )}
    </div>
  );
}
