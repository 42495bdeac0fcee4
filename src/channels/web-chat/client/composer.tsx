/** @jsxImportSource preact */
import type { TargetedKeyboardEvent, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { splitText } from '../../split-text.js';
import { isTouch } from './browser.js';
import { usePage } from './context.js';
import { onEditDraft, rememberDraft, rememberedDraft } from './draft.js';
import { Icon } from './icons.js';

/** The counter appears when this share of the limit is used up. */
const NEAR_LIMIT = 0.9;

export function Composer({ limit }: { limit: number }): VNode {
  const { say, store } = usePage();
  const [draft, setDraft] = useState(rememberedDraft);
  const field = useRef<HTMLTextAreaElement>(null);
  const text = draft.trim();
  const tooLong = text.length > limit;

  useEffect(
    () =>
      onEditDraft((edited) => {
        setDraft(edited);
        field.current?.focus();
      }),
    [],
  );
  useLayoutEffect(() => {
    grow(field.current);
    rememberDraft(draft);
  }, [draft]);

  const send = (texts: string[]): void => {
    texts.forEach((one) => store.send({ text: one }));
    setDraft('');
    field.current?.focus();
  };
  const submit = (): void => {
    if (text !== '' && !tooLong) send([text]);
  };
  const keyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    const newLine = event.shiftKey || event.isComposing || isTouch();
    if (event.key !== 'Enter' || newLine) return;
    event.preventDefault();
    submit();
  };

  return (
    <form
      class="composer"
      aria-label={say('write')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {text.length > limit * NEAR_LIMIT && <LengthHelp text={text} limit={limit} send={send} />}
      <div class="composer-bar">
        <FileButtons writing={draft !== ''} />
        <textarea
          ref={field}
          rows={1}
          value={draft}
          aria-label={say('write')}
          placeholder={say('write')}
          aria-invalid={tooLong}
          aria-describedby={text.length > limit * NEAR_LIMIT ? 'length' : undefined}
          enterkeyhint={isTouch() ? 'enter' : 'send'}
          onInput={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={keyDown}
        />
        <button type="submit" class="send" aria-label={say('send')} disabled={text === '' || tooLong}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function LengthHelp(props: { text: string; limit: number; send: (texts: string[]) => void }): VNode {
  const { say, store, language } = usePage();
  const { text, limit, send } = props;
  const number = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB');
  const counts = { count: number.format(text.length), limit: number.format(limit) };
  if (text.length <= limit)
    return (
      <p class="length" id="length">
        {say('counter', counts)}
      </p>
    );
  const parts = splitText(text, limit);
  const sendAsFile = (): void => {
    store.attach([new File([text], say('textFileName'), { type: 'text/plain' })]);
    send([]);
  };
  return (
    <p class="length length-over" id="length" role="alert">
      {say('tooLong', counts)}{' '}
      <button type="button" onClick={() => send(parts)}>
        {say('split', { count: parts.length })}
      </button>{' '}
      <button type="button" onClick={sendAsFile}>
        {say('asFile')}
      </button>
    </p>
  );
}

/** While a text is being written the camera makes room for it. */
function FileButtons({ writing }: { writing: boolean }): VNode {
  const { say } = usePage();
  const any = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label={say('attach')}
        title={say('attach')}
        onClick={() => any.current?.click()}
      >
        <Icon name="attach" />
      </button>
      {isTouch() && !writing && (
        <button type="button" class="tool" aria-label={say('camera')} onClick={() => camera.current?.click()}>
          <Icon name="camera" />
        </button>
      )}
      <HiddenPicker input={any} multiple />
      <HiddenPicker input={camera} accept="image/*" capture="environment" />
    </>
  );
}

interface HiddenPickerProps {
  input: { current: HTMLInputElement | null };
  multiple?: boolean;
  accept?: string;
  capture?: 'environment';
}

function HiddenPicker({ input, ...attributes }: HiddenPickerProps): VNode {
  const { store } = usePage();
  return (
    <input
      ref={input}
      type="file"
      hidden
      tabIndex={-1}
      {...attributes}
      onChange={(event) => {
        store.attach(Array.from(event.currentTarget.files ?? []));
        // The same file can be picked again.
        event.currentTarget.value = '';
      }}
    />
  );
}

/** As high as its text; the style sheet sets the most. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}
