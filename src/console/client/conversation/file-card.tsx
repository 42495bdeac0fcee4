import { useState, type ReactNode } from 'react';
import { fileUrl } from '../api/request.js';
import type { FileRef } from '../api/types.js';
import { formatSize } from '../text/format.js';
import { t } from '../text/text.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/webp']);

interface FileCardProps {
  file: FileRef;
  small?: boolean;
  /** Path of the collection that the reader gets it from. */
  from?: string;
}

/** A file with name and size; pictures show themselves (or, `small`, on demand), PDFs open beside, the rest downloads. */
export function FileCard({ file, small = false, from = '/files' }: FileCardProps): ReactNode {
  const [open, setOpen] = useState(false);
  const [broken, setBroken] = useState(false);
  const { fileId, name, mimeType, size } = file;
  const viewable = PICTURES.has(mimeType);
  const picture = viewable && !small && !broken;
  return (
    <div className="file">
      {picture && (
        <button
          type="button"
          className="file-picture"
          aria-label={t('conversation.preview', { name })}
          onClick={() => setOpen(true)}
        >
          <img
            src={fileUrl(fileId, { inline: true, from })}
            alt=""
            loading="lazy"
            onError={() => setBroken(true)}
          />
        </button>
      )}
      <div className="file-line">
        <Icon name={mimeType === 'application/pdf' ? 'document' : 'clip'} />
        <span className="file-name" title={name}>
          {name}
        </span>
        <span className="file-size">{formatSize(size)}</span>
        {viewable && small && (
          <IconButton icon="eye" label={t('conversation.preview', { name })} onClick={() => setOpen(true)} />
        )}
        {mimeType === 'application/pdf' && (
          <a
            className="icon-button"
            href={fileUrl(fileId, { inline: true, from })}
            target="_blank"
            rel="noopener"
            aria-label={t('conversation.preview', { name })}
            title={t('common.open')}
          >
            <Icon name="eye" />
          </a>
        )}
        <a
          className="icon-button"
          href={fileUrl(fileId, { from })}
          download={name}
          aria-label={`${t('common.download')} ${name}`}
          title={t('common.download')}
        >
          <Icon name="download" />
        </a>
      </div>
      {open && (
        <Dialog title={name} size="large" onClose={() => setOpen(false)}>
          <div className="picture-view">
            <img src={fileUrl(fileId, { inline: true, from })} alt={name} />
          </div>
          <DialogFoot>
            <a className="button button-plain" href={fileUrl(fileId, { from })} download={name}>
              <Icon name="download" />
              {t('common.download')}
            </a>
          </DialogFoot>
        </Dialog>
      )}
    </div>
  );
}
