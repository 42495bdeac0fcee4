import { z } from 'zod';
import type { InboundContent } from '../../conversation/channel.js';
import { cleanText } from '../clean-text.js';
import type { Attachment } from './activity.js';

/** A file as Teams announces it. */
export interface AnnouncedFile {
  kind: 'announced-file';
  /** A link that opens for some minutes; never logged or stored. */
  url: string;
  name: string;
  caption?: string;
}

/** What cannot be read is at least called what it is. */
type Others = Extract<InboundContent, { kind: 'unsupported' }>['what'];

const DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';
const MAX_NAME = 255;
/** More than this in one message is no letter any more. */
const MAX_FILES = 20;

/** Sorts what hangs on a message: files to fetch, names of files that lie out of reach, and what else there was. */
export function announcedFiles(
  attachments: readonly Attachment[],
  isFileAddress: (url: string) => boolean,
): { files: AnnouncedFile[]; missing: string[]; others: Others } {
  const files: AnnouncedFile[] = [];
  const missing: string[] = [];
  let others: Others = 'other';
  for (const one of attachments) {
    const file = fileOf(one, files.length + 1);
    if (!file) {
      if (one.contentType.startsWith('image/')) others = 'sticker';
      continue;
    }
    if (isFileAddress(file.url) && files.length < MAX_FILES) files.push(file);
    else if (one.contentType.startsWith('image/')) others = 'sticker';
    else missing.push(file.name);
  }
  return { files, missing, others };
}

const info = z.looseObject({ downloadUrl: z.string().min(1) });

function fileOf(
  { contentType, contentUrl, content, name }: Attachment,
  number: number,
): AnnouncedFile | undefined {
  if (contentType === DOWNLOAD) {
    const read = info.safeParse(content);
    const url = read.success ? read.data.downloadUrl : '';
    return { kind: 'announced-file', url, name: nameOf(name, `berkas-${number}`) };
  }
  if (contentType === 'reference' && name !== undefined)
    // A file of a team lies in its SharePoint, which opens to people and not to bots.
    return { kind: 'announced-file', url: '', name: nameOf(name, `berkas-${number}`) };
  if (!contentType.startsWith('image/') || contentUrl === undefined) return undefined;
  const ending = contentType === 'image/*' ? 'png' : contentType.slice('image/'.length).replace(/\W.*$/, '');
  return {
    kind: 'announced-file',
    url: contentUrl,
    name: nameOf(name, `foto-${number}.${ending === 'jpeg' ? 'jpg' : ending}`),
  };
}

function nameOf(name: string | undefined, fallback: string): string {
  return cleanText(name ?? '').slice(0, MAX_NAME) || fallback;
}
