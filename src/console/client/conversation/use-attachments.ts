import { useCallback, useRef, useState } from 'react';
import { ApiError } from '../api/request.js';
import type { FileRef } from '../api/types.js';
import { uploadFile } from '../api/upload-file.js';

/** A file beside the composer: on its way up, there, or refused. */
export interface Attachment {
  id: number;
  name: string;
  /** 0–1 */
  progress: number;
  file: FileRef | null;
  error: string | null;
}

export interface Attachments {
  items: readonly Attachment[];
  add: (files: Iterable<File>) => void;
  remove: (id: number) => void;
  clear: () => void;
}

/** Uploads files as soon as they are picked, so that sending waits for nothing. */
export function useAttachments(): Attachments {
  const [items, setItems] = useState<readonly Attachment[]>([]);
  const stops = useRef(new Map<number, AbortController>());
  const counter = useRef(0);

  const change = useCallback((id: number, next: Partial<Attachment>) => {
    setItems((all) => all.map((item) => (item.id === id ? { ...item, ...next } : item)));
  }, []);

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        counter.current += 1;
        const id = counter.current;
        const stop = new AbortController();
        stops.current.set(id, stop);
        setItems((all) => [...all, { id, name: file.name, progress: 0, file: null, error: null }]);
        uploadFile(file, (progress) => change(id, { progress }), stop.signal).then(
          (stored) => change(id, { progress: 1, file: stored }),
          (error: unknown) =>
            change(id, { error: error instanceof ApiError ? error.message : String(error) }),
        );
      }
    },
    [change],
  );

  const remove = useCallback((id: number) => {
    stops.current.get(id)?.abort();
    stops.current.delete(id);
    setItems((all) => all.filter((item) => item.id !== id));
  }, []);

  const clear = useCallback(() => setItems([]), []);

  return { items, add, remove, clear };
}
