import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { addMessages } from '../api/apply-changes.js';
import type { Ticket } from '../api/types.js';
import { readDraft, writeDraft } from '../state/drafts.js';
import { send } from '../state/outbox.js';
import { preferences, prefer } from '../state/preferences.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { Segmented } from '../ui/field.js';
import { AttachmentList } from './attachment-list.js';
import { useAwaitAnswer } from './await-answer.js';
import { ComposerBlocked } from './composer-blocked.js';
import { useAttachments, type Attachments } from './use-attachments.js';
import { useFileDrop } from './use-file-drop.js';

export type ComposerMode = 'reply' | 'note';

/** Longest text the server takes in one message. */
const LONGEST = 10_000;
/** Most files the server takes in one message. */
const MOST_FILES = 10;

interface ComposerProps {
  ticket: Ticket;
  mode: ComposerMode;
  onMode: (mode: ComposerMode) => void;
  textRef: RefObject<HTMLTextAreaElement | null>;
  onTakeOver: () => void;
}

/** Where replies and notes are written. Offers only what the ticket allows. */
export function Composer({ ticket, mode, onMode, textRef, onTakeOver }: ComposerProps): ReactNode {
  const modes = (['reply', 'note'] as const).filter((known) => ticket.allowed.includes(known));
  const used = modes.includes(mode) ? mode : modes[0];
  const attachments = useAttachments();
  return (
    <div className={used === 'note' ? 'composer composer-note' : 'composer'}>
      {!ticket.allowed.includes('reply') && <ComposerBlocked ticket={ticket} onTakeOver={onTakeOver} />}
      {used && (
        <ComposerForm
          key={used}
          ticket={ticket}
          mode={used}
          modes={modes}
          attachments={attachments}
          onMode={onMode}
          textRef={textRef}
        />
      )}
    </div>
  );
}

interface ComposerFormProps extends Omit<ComposerProps, 'onTakeOver'> {
  modes: readonly ComposerMode[];
  /** Kept over a look at the other tab. */
  attachments: Attachments;
}

function ComposerForm({ ticket, mode, modes, attachments, onMode, textRef }: ComposerFormProps): ReactNode {
  const { number, profile, holder } = ticket;
  const client = useQueryClient();
  const { sendWith } = useStore(preferences);
  const [text, setText] = useState(() => readDraft(number, mode));
  const picker = useRef<HTMLInputElement>(null);
  const mayAttach = mode === 'reply';
  const dropping = useFileDrop(mayAttach, attachments.add);
  const carried = mayAttach ? attachments.items : [];
  const files = carried.map(({ file }) => file).filter((file) => file !== null);
  const settled = carried.every(({ file }) => file !== null);
  const ready =
    settled &&
    carried.length <= MOST_FILES &&
    text.length <= LONGEST &&
    (text.trim() !== '' || files.length > 0);
  const answer = useAwaitAnswer(text);
  useGrowing(textRef, text);

  const write = (next: string): void => {
    setText(next);
    writeDraft(number, mode, next);
  };
  const submit = (): void => {
    if (!ready) return;
    const awaitsAnswer = mode === 'reply' && answer.awaits;
    void send({ number, kind: mode, text: text.trim(), files, awaitsAnswer }, (pending, messages) => {
      addMessages(client, pending.number, messages);
      void client.invalidateQueries({ queryKey: ['ticket', pending.number] });
      void client.invalidateQueries({ queryKey: ['tickets'] });
    });
    write('');
    answer.forget();
    if (mayAttach) attachments.clear();
    textRef.current?.focus();
  };

  return (
    <form
      aria-label={t('composer.label')}
      className={dropping ? 'composer-form composer-over' : 'composer-form'}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="composer-head">
        {modes.length > 1 ? (
          <Segmented
            legend={t('composer.mode')}
            hideLegend
            name="composer-mode"
            value={mode}
            options={modes.map((value) => ({ value, label: t(`composer.${value}`) }))}
            onChange={onMode}
          />
        ) : (
          <span className="composer-only">{t(`composer.${mode}`)}</span>
        )}
        {mode === 'reply' && holder === 'bot' && <p className="composer-hint">{t('composer.botHolds')}</p>}
      </div>
      <textarea
        ref={textRef}
        rows={2}
        aria-label={t(`composer.${mode}`)}
        placeholder={
          mode === 'note'
            ? t('composer.notePlaceholder')
            : t('composer.replyPlaceholder', { name: profile.name ?? t('conversation.user').toLowerCase() })
        }
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          const withCtrl = event.ctrlKey || event.metaKey;
          if (withCtrl || (sendWith === 'enter' && !event.shiftKey)) {
            event.preventDefault();
            submit();
          }
        }}
        onPaste={(event) => {
          if (!mayAttach || event.clipboardData.files.length === 0) return;
          event.preventDefault();
          attachments.add(event.clipboardData.files);
        }}
      />
      <AttachmentList items={attachments.items} onRemove={attachments.remove} />
      <AttachmentNote count={attachments.items.length} mayAttach={mayAttach} />
      {mode === 'reply' && answer.toggle}
      <div className="composer-foot">
        {mayAttach && (
          <>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                attachments.add(event.target.files ?? []);
                event.target.value = '';
              }}
            />
            <IconButton icon="clip" label={t('composer.attach')} onClick={() => picker.current?.click()} />
          </>
        )}
        {text.length > LONGEST * 0.9 && (
          <span className={text.length > LONGEST ? 'field-error' : 'muted'} role="status">
            {t('composer.tooLong', { count: text.length, max: LONGEST })}
          </span>
        )}
        <SendKeyButton sendWith={sendWith} />
        <Button look="primary" type="submit" icon={mode === 'note' ? 'note' : 'send'} disabled={!ready}>
          {mode === 'note' ? t('composer.saveNote') : t('composer.send')}
        </Button>
      </div>
      {dropping && <p className="composer-drop">{t('composer.drop')}</p>}
    </form>
  );
}

function AttachmentNote({ count, mayAttach }: { count: number; mayAttach: boolean }): ReactNode {
  if (!mayAttach && count > 0) return <p className="field-hint">{t('composer.filesOnReply')}</p>;
  if (count > MOST_FILES) {
    return (
      <p className="field-error" role="status">
        {t('composer.tooManyFiles', { max: MOST_FILES })}
      </p>
    );
  }
  return null;
}

function SendKeyButton({ sendWith }: { sendWith: 'enter' | 'ctrl-enter' }): ReactNode {
  const mode = sendWith === 'enter' ? t('composer.enterSends') : t('composer.ctrlEnterSends');
  return (
    <button
      type="button"
      className="send-key"
      title={t('composer.sendKey', { mode })}
      onClick={() => prefer('sendWith', sendWith === 'enter' ? 'ctrl-enter' : 'enter')}
    >
      {mode}
    </button>
  );
}

/** The box is as high as its text, up to what the style sheet allows. */
function useGrowing(ref: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + 2}px`;
  }, [ref, text]);
}
