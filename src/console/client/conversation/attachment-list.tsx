import type { ReactNode } from 'react';
import { formatSize } from '../text/format.js';
import { t } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import type { Attachment } from './use-attachments.js';

export function AttachmentList({
  items,
  onRemove,
}: {
  items: readonly Attachment[];
  onRemove: (id: number) => void;
}): ReactNode {
  if (items.length === 0) return null;
  return (
    <ul className="attachments" aria-label={t('panel.attachments')}>
      {items.map(({ id, name, progress, file, error }) => (
        <li key={id} className={error ? 'attachment attachment-failed' : 'attachment'}>
          <Icon name={error ? 'warning' : 'clip'} />
          <span className="file-name" title={name} role={error ? 'alert' : undefined}>
            {error ? t('composer.uploadFailed', { name, reason: error }) : name}
          </span>
          {file && <span className="file-size">{formatSize(file.size)}</span>}
          {!file && !error && (
            <progress
              max={1}
              value={progress}
              aria-label={t('composer.uploading', { name, percent: Math.round(progress * 100) })}
            />
          )}
          <IconButton icon="close" label={t('composer.removeFile', { name })} onClick={() => onRemove(id)} />
        </li>
      ))}
    </ul>
  );
}
