/** A type people may send, and the endings its files go by; the first is the one we give. */
export interface FileType {
  readonly mimeType: string;
  readonly extensions: readonly [string, ...string[]];
}

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

const PDF: FileType = { mimeType: 'application/pdf', extensions: ['pdf'] };
const HEIC: FileType = { mimeType: 'image/heic', extensions: ['heic', 'heif'] };
const OGG: FileType = { mimeType: 'audio/ogg', extensions: ['ogg', 'oga', 'opus'] };
const M4A: FileType = { mimeType: 'audio/mp4', extensions: ['m4a', 'm4b'] };

export const WORD: FileType = { mimeType: 'application/msword', extensions: ['doc'] };
export const EXCEL: FileType = { mimeType: 'application/vnd.ms-excel', extensions: ['xls'] };
export const POWERPOINT: FileType = { mimeType: 'application/vnd.ms-powerpoint', extensions: ['ppt'] };
export const PLAIN_TEXT: FileType = { mimeType: 'text/plain', extensions: ['txt'] };
export const CSV: FileType = { mimeType: 'text/csv', extensions: ['csv'] };

/** What the sniffer says -> what we take it for. Whatever is missing here is refused; macros and archives are. */
export const BY_SNIFFED: ReadonlyMap<string, FileType> = new Map([
  ['application/pdf', PDF],
  ['image/png', { mimeType: 'image/png', extensions: ['png'] }],
  ['image/jpeg', { mimeType: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] }],
  ['image/webp', { mimeType: 'image/webp', extensions: ['webp'] }],
  ['image/heic', HEIC],
  ['image/heif', HEIC],
  ['image/heic-sequence', HEIC],
  ['image/heif-sequence', HEIC],
  [
    `${OPEN_XML}.wordprocessingml.document`,
    { mimeType: `${OPEN_XML}.wordprocessingml.document`, extensions: ['docx'] },
  ],
  [`${OPEN_XML}.spreadsheetml.sheet`, { mimeType: `${OPEN_XML}.spreadsheetml.sheet`, extensions: ['xlsx'] }],
  [
    `${OPEN_XML}.presentationml.presentation`,
    { mimeType: `${OPEN_XML}.presentationml.presentation`, extensions: ['pptx'] },
  ],
  ['audio/mpeg', { mimeType: 'audio/mpeg', extensions: ['mp3'] }],
  ['audio/ogg', OGG],
  ['audio/ogg; codecs=opus', OGG],
  ['audio/x-m4a', M4A],
  ['audio/mp4', M4A],
  ['audio/wav', { mimeType: 'audio/wav', extensions: ['wav'] }],
  ['text/calendar', { mimeType: 'text/calendar', extensions: ['ics'] }],
  ['video/mp4', { mimeType: 'video/mp4', extensions: ['mp4', 'm4v'] }],
]);

/** Endings that promise a type people may send. */
export const ALLOWED_EXTENSIONS: ReadonlySet<string> = new Set(
  [...BY_SNIFFED.values(), WORD, EXCEL, POWERPOINT, PLAIN_TEXT, CSV].flatMap(({ extensions }) => [
    ...extensions,
  ]),
);
