import type { WireAccepted } from '../wire.js';
import { HEADERS, pageLanguage, toApiError } from './api.js';

export interface RunningUpload {
  done: Promise<WireAccepted>;
  abort(): void;
}

/** Sends one file; XMLHttpRequest, because fetch cannot tell how far an upload has come. */
export function uploadFile(id: string, file: File, progress: (share: number) => void): RunningUpload {
  const request = new XMLHttpRequest();
  const form = new FormData();
  // The server reads the fields before the file.
  form.append('id', id);
  form.append('file', file, file.name);
  const answer = new Promise<string>((resolve, reject) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.responseText);
      else reject(toApiError(request.status, request.responseText));
    };
    request.onerror = () => reject(new Error('network'));
    request.onabort = () => reject(new Error('aborted'));
  });
  request.open('POST', '/api/chat/files');
  for (const [name, value] of Object.entries(HEADERS)) request.setRequestHeader(name, value);
  request.setRequestHeader('accept-language', pageLanguage());
  request.send(form);
  const done = answer.then((text) => JSON.parse(text) as WireAccepted);
  return { done, abort: () => request.abort() };
}
