import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { letterFiles, refreshLetters, takeLetterStep, useLetter } from '../api/letters.js';
import { ApiError } from '../api/request.js';
import type { Me } from '../api/types.js';
import type { Letter, LetterStepRequest } from '../api/types/letters.js';
import { FileCard } from '../conversation/file-card.js';
import { seesTickets } from '../state/roles.js';
import { useShortcuts } from '../state/shortcuts.js';
import { t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { useChange } from '../ui/use-change.js';
import { LetterActions } from './letter-actions.js';
import { LetterEditor } from './letter-editor.js';
import { LetterSheet } from './letter-sheet.js';
import { LetterState } from './letter-state.js';
import { LetterThread, LetterWay } from './letter-way.js';

interface LetterPaneProps {
  id: string;
  me: Me;
  onBack: () => void;
}

/** One letter: as a page, where it is on its way, what the reader may do, and its papers. */
export function LetterPane({ id, me, onBack }: LetterPaneProps): ReactNode {
  const { data, error, refetch } = useLetter(id);
  useShortcuts({
    Escape: () => {
      onBack();
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-number="${id}"]`)?.focus());
    },
  });
  if (data) return <OpenLetter letter={data} me={me} onBack={onBack} />;
  return (
    <section className="pane pane-empty" aria-label={t('letters.letter')}>
      {error instanceof ApiError && (error.status === 404 || error.status === 403) ? (
        <Empty icon="search" title={t('letters.notFound')} hint={error.message}>
          <Button onClick={onBack}>{t('conversation.backToList')}</Button>
        </Empty>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={5} kind="bubble" />
      )}
    </section>
  );
}

function OpenLetter({ letter, me, onBack }: Omit<LetterPaneProps, 'id'> & { letter: Letter }): ReactNode {
  const [editing, setEditing] = useState(false);
  const client = useQueryClient();
  const step = useChange<Letter, LetterStepRequest>({
    // Refused as well as done, what stands on the screen is fetched anew.
    run: (request) => takeLetterStep(letter, request).finally(() => refreshLetters(client)),
    refresh: [],
    said: ({ step: name }) => t(`letters.done.${name}`),
    onDone: (after) => {
      // At once: the next press is made at the version that it shows.
      client.setQueryData(['letter', letter.id], after);
      setEditing(false);
    },
  });
  const latest = letter.thread.at(-1);
  const remark = letter.state === 'draft' && latest?.step !== 'edit' ? latest?.remark : undefined;
  const { id, files, allowed } = letter;
  return (
    <section className="pane" aria-label={t('letters.of', { number: letter.ticketNumber })}>
      <LetterHead letter={letter} me={me} onBack={onBack} />
      <div className="desk-body letter-body" data-scroller tabIndex={0}>
        {remark && (
          <p className="notice" role="status">
            <Icon name="note" />
            {t('letters.remarkBy', { name: latest?.byName ?? '', remark })}
          </p>
        )}
        <LetterWay letter={letter} />
        {files.length > 0 && (
          <ul className="files" aria-label={t('letters.papers')}>
            {files.map((file) => (
              <li key={file.fileId}>
                <FileCard file={file} small from={letterFiles(id)} />
              </li>
            ))}
          </ul>
        )}
        {editing && allowed.includes('edit') ? (
          <LetterEditor
            letter={letter}
            busy={step.isPending}
            error={step.error}
            onSave={(text) => step.mutate({ step: 'edit', text })}
            onClose={() => setEditing(false)}
          />
        ) : (
          <>
            <LetterActions
              letter={letter}
              busy={step.isPending}
              onEdit={() => setEditing(true)}
              onStep={(request, done) => step.mutate(request, { onSuccess: done })}
            />
            <LetterSheet letter={letter} />
          </>
        )}
        <LetterThread letter={letter} />
      </div>
    </section>
  );
}

function LetterHead({ letter, me, onBack }: { letter: Letter; me: Me; onBack: () => void }): ReactNode {
  const { kind, number, ticketNumber } = letter;
  return (
    <header className="ticket-head">
      <IconButton className="only-narrow" icon="back" label={t('conversation.backToList')} onClick={onBack} />
      <h2>{number ?? t(`letters.kind.${kind}`)}</h2>
      <p className="ticket-line">
        {seesTickets(me) ? (
          <Link className="ticket-number" to={`/inbox/all/${ticketNumber}`}>
            {ticketNumber}
          </Link>
        ) : (
          <span className="ticket-number">{ticketNumber}</span>
        )}
        <LetterState letter={letter} />
        {number !== null && <span>{t(`letters.kind.${kind}`)}</span>}
      </p>
    </header>
  );
}
