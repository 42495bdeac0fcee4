import { t } from '../text/text.js';
import { ApiError, errorFrom } from './request.js';
import type { FileRef } from './types.js';

/**
 * Uploads one file. XMLHttpRequest, because fetch tells nothing of the progress of an upload.
 * @param onProgress share sent, 0–1
 * @throws ApiError
 */
export function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<FileRef> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', '/api/v1/files');
    call.setRequestHeader('x-requested-with', 'dering');
    call.setRequestHeader('accept', 'application/json');
    call.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    call.onload = () => {
      if (call.status >= 200 && call.status < 300) resolve(JSON.parse(call.responseText) as FileRef);
      else reject(errorFrom(call.status, call.responseText, call.getResponseHeader('retry-after')));
    };
    call.onerror = () => reject(new ApiError(0, 'offline', t('error.offline')));
    signal.addEventListener('abort', () => call.abort());
    const form = new FormData();
    form.append('file', file);
    call.send(form);
  });
}
