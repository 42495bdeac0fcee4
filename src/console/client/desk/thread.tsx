import type { ReactNode } from 'react';
import { escalationFiles } from '../api/escalations.js';
import type { Escalation, ThreadLine } from '../api/types/escalations.js';
import { FileCard } from '../conversation/file-card.js';
import { formatWorkingTime } from '../text/time.js';
import { t } from '../text/text.js';
import { Time } from '../ui/time.js';

/** Every step of an escalation, oldest first: who, when, after how long, and what they wrote. */
export function Thread({ escalation }: { escalation: Escalation }): ReactNode {
  const { id, question, files, thread } = escalation;
  return (
    <ol className="history thread">
      {thread.map((line) => (
        <li key={line.n}>
          <span>
            <strong>{line.byName}</strong> {t(`escalation.did.${line.step}`)}
            {line.toUnit && ` → ${line.toUnit.name}`}
          </span>
          <span className="history-meta">
            <Time at={line.at} as="short" /> · {line.unit.name}
            {line.n > 1 && ` · ${t('escalation.after', { time: formatWorkingTime(line.workingMinutes) })}`}
          </span>
          <Words line={line} id={id} {...(line.step === 'escalate' ? { question, files } : {})} />
        </li>
      ))}
    </ol>
  );
}

interface WordsProps {
  line: ThreadLine;
  id: string;
  question?: string;
  files?: ThreadLine['files'];
}

function Words({ line, id, question, files = line.files }: WordsProps): ReactNode {
  const { text, legalBasis } = line;
  return (
    <>
      {text && <p className="prose">{text}</p>}
      {question !== undefined && <p className="prose panel-question">{question}</p>}
      {legalBasis && legalBasis.length > 0 && (
        <ul className="plain-list" aria-label={t('panel.legalBasis')}>
          {legalBasis.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
      {files && files.length > 0 && (
        <ul className="files">
          {files.map((file) => (
            <li key={file.fileId}>
              <FileCard file={file} small from={escalationFiles(id)} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
